#!/bin/sh
# SPDX-License-Identifier: MIT
# What readers said goes into the text, each as a commit of its own, and
# nothing else changes.
. "${0%/*}/lib.sh"
. "$project/tests/handbook.sh"

# collected NAME: the book with the comments of $mail, in a folder
collected() {
	cp -R "$made" "$1" && cd "$1" &&
		galley-collect "$directory/work/mail" >/dev/null
}
# of NAME: the id of the reader's comment
of() {
	galley-list -aq --from="$1"
}
# snapshot: all files, and all that git knows
snapshot() {
	find . -type f -exec cksum {} + | sort
}
handbook first
(
	cd first
	patch_by Moved round/1 01-water/pond.md s/trouble/nuisance/
	patch_by Wrapped round/1 foreword.md 's/carry its own/take its own/'
	patch_by Renamed round/1 02-stones/dressing.md 's/go dull/go blunt/'
	patch_by Gone round/1 foreword.md 's/kept for a while/kept awhile/'
	patch_by Already round/1 01-water/gates.md 's/ Nobody works it\.//'
	patch_by Several round/1 colophon.md 's/the gate;/their gate;/' \
		foreword.md 's/simplest/plainest/; s/out of respect/from respect/'
) >mail

check 'what fits is applied, each as a commit by its reader' '
	collected clean
	exits 1 galley-apply --clean >out
	cat out
	[ "$(tail -n 1 out)" = "3 applied, 1 already there, 2 left" ]
	git log --reverse --format="%an <%ae> %ad %cn" round/2..HEAD^0 >log
	sed 1d log | sort >sorted
	for name in Moved Renamed Wrapped; do
		echo "$name <$(echo $name | tr A-Z a-z)@example.net>" \
			"Sat Feb 14 09:00:00 2026 +0100 Ada Author"
	done | diff - sorted
	grep "nuisance" 01-water/gates.md && ! grep nuisance 01-water/pond.md
	grep "take its own" foreword.md && grep "go blunt" 02-stones/dress.md
	grep "^[0-9a-f]* does not fit: Gone: I read it so$" out
	grep "^    foreword.md:18: the sentence has been rewritten" out
	grep "^[0-9a-f]* already there: Already: I read it so$" out
	for name in Moved Renamed Wrapped; do
		git log -1 --author=$name --format=%B >message
		grep "^Comment: $(of $name)$" message
	done
	[ -z "$(git status --porcelain -uno)" ] && git fsck --strict
	# what is left is still open, and only that
	galley-list -oq | sort >open
	{ of Gone; of Several; } | sort | diff - open
	exits 1 galley-apply --clean >out
	[ "$(tail -n 1 out)" = "0 applied, 2 left" ]'
check 'a dry run says the same and changes nothing' '
	collected dry
	snapshot >../before
	exits 1 galley-apply -n --clean >../out
	[ "$(tail -n 1 ../out)" = \
		"3 would be applied, 1 already there, 2 left" ]
	snapshot | diff ../before -'
check 'in any order it is the same text' '
	collected forth && galley-list -oq >../ids
	exits 1 galley-apply --stdin <../ids
	collected ../back
	exits 1 galley-apply $(tac ../ids)
	[ $(git rev-parse HEAD^{tree}) = \
		$(git -C ../forth rev-parse HEAD^{tree}) ]'
check 'the lists of ids are what --stdin reads' '
	collected stdin
	galley-list -oq --from=Moved | galley-apply --stdin >out
	[ "$(tail -n 1 out)" = "1 applied" ]
	exits 128 galley-apply --stdin </dev/null 2>err ||
		galley-apply --stdin </dev/null'
check 'a passage is applied, or declined, by itself' '
	collected passage && id=$(of Several)
	galley-apply $id.1 >out
	grep "^$(echo $id | cut -c1-8).1 applied: Several" out
	grep "their gate;" colophon.md && ! grep plainest foreword.md
	git log -1 --format=%B | grep "^Comment: $id\.1/3$"
	galley-apply $id.1
	exits 1 galley-apply $id.3 && exits 128 galley-apply $id.4 2>err
	grep "has 3 passages, not 4" err
	galley-list -oq | grep $id
	galley-decline -m "it was not respect" $id.3
	galley-apply $id && grep plainest foreword.md
	! grep "from respect" foreword.md
	[ "$(galley-list --state=applied -q)" = $id ]
	git revert --no-edit HEAD && galley-list -oq | grep $id
	galley-apply $id && ! galley-list -oq | grep $id'
check 'a passage that is there already is noted by itself' '
	collected there && id=$(of Several)
	galley-apply $id.1 >log && git reset -q --soft HEAD^ &&
		git commit -qm "found it myself"
	galley-apply -n $id.1 | grep "^0 would be applied, 1 already there$"
	galley-apply $id.1 >out && cat out
	grep "^$(echo $id | cut -c1-8).1 already there: Several" out
	git notes --ref=comments show $id | grep "already.1/3"
	git notes --ref=comments show $id >before
	galley-apply $id.1 && git notes --ref=comments show $id | diff before -
	galley-decline -m "it was not respect" $id.3
	galley-apply $id.2 && ! galley-list -oq | grep $id'
check 'what is not committed of the chunk is not touched' '
	collected dirty
	echo >>foreword.md
	snapshot >../before
	exits 128 galley-apply --clean >../out 2>../err
	[ ! -s ../out ] && cat ../err
	grep "^fatal: .*foreword.md" ../err
	snapshot | diff ../before -
	# the others are of no concern
	galley-apply $(of Moved)
	# nor is it when it is staged
	git add foreword.md
	snapshot >../before
	exits 128 galley-apply $(of Wrapped)
	snapshot | diff ../before -'
check 'all other work is left as it is' '
	collected other
	echo unfinished >>colophon.md
	echo staged >>glossary.md && git add glossary.md && echo more >>glossary.md
	echo new >note.txt && echo added >added.md && git add added.md
	git rm -q --cached 03-keeping/log.md && git mv images/dress.svg d.svg
	git status --porcelain >../before && git diff >../diff
	git diff --cached >../staged
	galley-apply $(of Moved) $(of Wrapped)
	git status --porcelain | diff ../before - && git diff | diff ../diff -
	git diff --cached | diff ../staged -
	git show --stat --format= HEAD HEAD^ >stat
	! grep -v -e pond -e gates -e foreword -e "changed" stat'
check 'a marked one stands in the text, for the author to settle' '
	collected mark
	galley-apply --mark $(of Gone) $(of Wrapped) >out
	grep "^[0-9a-f]* marked: Gone" out && grep "applied: Wrapped" out
	grep -F "{>>Gone: " foreword.md
	[ $(galley-list --state=marked -q) = $(of Gone) ]
	git log -1 --author=Gone --format=%B | grep "^Comment-Marked: "
	exits 1 galley-check >found && grep "^foreword.md:18:" found
	galley-export -o ../draft.md && galley-export -o ../draft.epub
	! grep -e "[{]>>" -e "<<[}]" -e "[{]~~" -e Gone ../draft.md
	git revert --no-edit HEAD~1 && [ -z "$(galley-list --state=marked -q)" ]'
check 'until a mark is settled, drafts have the words of the author' '
	collected unsettled
	galley-export -t md -o before.md HEAD
	galley-apply --mark $(of Gone)
	printf "\n\nMine is {--not --}{++really ++}done, {~~so~>thus~~}{>>Ann<<} it
stands{++ still++}{>>Ben: no<<}.[^n]\n\n[^n]: {~~Old~>New~~}{>>Cat<<} note.\n" \
		>>foreword.md
	galley-export -t html -o out.html
	perl -0pi -e "s/<[^>]*>//g; s/\s+/ /g" out.html
	grep "Mine is really done, so it stands\." out.html
	grep "Old note\." out.html && ! grep "New note" out.html
	grep "A rule whose reason nobody knows is soon a rule that nobody keeps" \
		out.html && ! grep "kept awhile" out.html
	# and who reads that draft can quote it
	git add foreword.md && git commit -qm marks
	galley-round open --no-drafts
	cat >mail <<-END
		From: Ann <ann@example.net>
		Date: Thu, 5 Mar 2026 10:00:00 +0000
		Message-ID: <ann@example.net>
		Subject: Re: round 3

		> Mine is really done, so it stands.

		Is it?
	END
	galley-collect mail | grep "^1 remark$"'
check 'a remark is marked at its passage' '
	cp -R "$made" remark && cd remark
	patch_by Rem round/1 foreword.md \
		"s/the simplest engine/{==the simplest engine==}{>>is it?<<}/" |
		galley-collect >out
	grep "^1 remark$" out && id=$(galley-list -q)
	exits 1 galley-apply $id >out && grep "a remark: Rem" out
	galley-apply --clean >out && grep "^nothing to apply$" out
	galley-apply --mark $id
	grep -F "{==the simplest engine==}{>>is it?<<}" foreword.md
	[ "$(galley-list --state=marked -q)" = $id ]'
check 'a comment is on the branch that is checked out, or on none' '
	collected detached
	git checkout -q --detach
	galley-apply $(of Moved)
	[ $(git rev-parse main) = $(git rev-parse HEAD^) ]
	git log -1 --format=%an | grep Moved'
check 'line ends, a missing last one and modes stay' '
	cp -R "$made" bytes && cd bytes
	for f in foreword.md colophon.md glossary.md; do
		perl -pi -e "s/\n/\r\n/" $f
	done
	perl -0pi -e "s/\s+\z//" 01-water/wheel.md
	chmod +x 01-water/wheel.md
	git -c core.autocrlf=false commit -qam bytes
	galley-round open --no-drafts 3
	{
		patch_by Crlf round/3 foreword.md s/simplest/plainest/
		patch_by Old round/1 colophon.md "s/the gate;/a gate;/"
		patch_by End round/3 01-water/wheel.md \
			"s/(\w+)(\W*)\z/END\$2/" | sed s/100755/100644/
	} >mail
	galley-collect mail && galley-apply --clean >out && cat out
	[ "$(tail -n 1 out)" = "3 applied" ]
	git diff round/3 >diff
	for f in foreword.md colophon.md; do
		[ $(grep -c . $f) = $(grep -c "$(printf "\r")$" $f) ] ||
			[ "$(tr -cd "\r" <$f | wc -c)" = \
				"$(tr -cd "\n" <$f | wc -c)" ]
	done
	[ -n "$(tail -c 1 01-water/wheel.md)" ] && grep END 01-water/wheel.md
	[ -x 01-water/wheel.md ]
	git ls-tree HEAD 01-water/wheel.md | grep ^100755
	[ $(git diff --numstat round/3 | cut -f1 | sort -u) = 1 ]'
check 'a bare repository is applied to just so' '
	git clone -q --bare "$made.git" bare && cd bare
	galley-collect ../mail && exits 1 galley-apply --clean
	git fsck --strict && git show HEAD:foreword.md | grep "take its own"
	collected ../unbare && exits 1 galley-apply --clean
	[ $(git rev-parse HEAD^{tree}) = \
		$(git -C ../bare rev-parse HEAD^{tree}) ]'
check 'a commit of the author can be the answer, while it is in the text' '
	collected with && gone=$(of Gone)
	perl -0pi -e "s/a rule that nobody keeps/a rule soon dropped/" \
		foreword.md && git commit -qam "Shorter" || exit
	git rev-parse HEAD >../head
	galley-apply -n --with=HEAD $gone >out
	grep "^$(echo $gone | cut -c1-8) would be answered by commit " out
	[ -z "$(git for-each-ref refs/notes)" ]
	galley-apply --with=HEAD $gone $(of Several).2
	git rev-parse HEAD | diff ../head -
	galley-show $gone | grep "^State:    applied by commit $(cut -c1-8 ../head)"
	galley-list -oq | grep $(of Several) && ! galley-list -oq | grep $gone
	galley-show $(of Several) | grep "passage 2: applied by commit"
	git rev-parse refs/notes/comments >../notes
	galley-apply --with=HEAD $gone
	git rev-parse refs/notes/comments | diff ../notes -
	# it is not in the text any more, and is again
	git revert --no-edit HEAD && galley-list -oq | grep $gone
	git revert --no-edit HEAD && ! galley-list -oq | grep $gone
	git reset -q --hard HEAD~3 && galley-list -oq | grep $gone
	git reset -q --hard $(cat ../head)
	# it was a mistake
	galley-decline --undo $gone && galley-list -oq | grep $gone
	galley-apply --with=HEAD $gone && ! galley-list -oq | grep $gone
	galley-decline -m "no, it was another" $gone
	galley-list -q --state=declined | grep $gone'
check 'a commit that cannot be the answer is refused' '
	collected with-none && gone=$(of Gone)
	exits 128 galley-apply --with=round/1 $gone 2>err
	grep "^fatal: commit .* was in what the reader of .* saw$" err
	git checkout -q -b aside && git commit -q --allow-empty -m aside
	git checkout -q main
	exits 128 galley-apply --with=aside $gone 2>err
	grep "^fatal: commit .* is not in the text as it is now$" err
	exits 128 galley-apply --with=none $gone
	exits 129 galley-apply --with=HEAD --clean
	exits 129 galley-apply --with=HEAD
	[ -z "$(git for-each-ref refs/notes)" ]'
check 'misuse is told' '
	collected misuse
	exits 129 galley-apply 2>err
	exits 129 galley-apply --clean --mark 2>err
	exits 129 galley-apply --clean $(of Moved) 2>err
	exits 128 galley-apply zzzz 2>err
	grep "^fatal: .zzzz. is no comment.s id; .galley list. shows" err
	exits 128 galley-apply 0000000 2>err && grep "no comment .0000000." err
	[ $(git rev-parse HEAD) = $(git -C "$made" rev-parse HEAD) ]'
finished
