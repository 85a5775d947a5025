#!/bin/sh
# SPDX-License-Identifier: MIT
# What readers send becomes comments in git, the same on every machine.
. "${0%/*}/lib.sh"
. "$project/tests/handbook.sh"

# refs: the comments, and where they are
refs() {
	git for-each-ref --format='%(refname) %(objectname)' refs/comments
}
# shown COMMENT: its patch, without names of blobs
shown() {
	git show --format= -U0 "$1" | sed /^index/d
}
still='s/lies still/lies quiet/'
handbook book

check 'a patch of a round is a commit on what its reader saw' '
	cd book
	when="2026-02-01T09:00:00Z" patch_by "Ann Reader" round/1 glossary.md "$still" \
		>../still
	galley-collect ../still >out
	id=$(git for-each-ref --format="%(objectname)" refs/comments)
	printf "  %.8s E.2 Ann Reader: I read it so\n1 edit\n" "$id" |
		diff - out
	echo "refs/comments/1/$(echo $id | cut -c1-12) $id" >expect
	refs | diff expect -
	[ $(git rev-parse $id^) = $(git rev-parse round/1^0) ]
	shown $id >patch
	grep "^-| Bedstone .* lies still  " patch
	grep "^+| Bedstone .* lies quiet  " patch
	git log -1 --format="%an <%ae> %ad%n%cn <%ce> %cd%n%B" $id >message
	diff - message <<-END
		Ann Reader <ann.reader@example.net> Sun Feb 1 09:00:00 2026 +0000
		Ann Reader <ann.reader@example.net> Sun Feb 1 09:00:00 2026 +0000
		I read it so

		Round: 1
		Chunk: glossary.md
		Label: E.2
		Kind: edit
		Channel: patch
		Message-Id: $(sed -n "s/^Message-ID: <\(.*\)>/\1/p" ../still)
		Date: Sun, 1 Feb 2026 09:00:00 +0000

	END
	[ -z "$(git status --porcelain -uno)" ]
	git fsck --strict'
check 'to collect it again changes nothing, wherever the text has gone' '
	cd book
	git for-each-ref >before
	echo >>colophon.md && git commit -qam more
	cat ../still ../still >../twice
	galley-collect - <../twice >out
	[ "$(tail -n 1 out)" = "2 already known" ]
	[ "$(grep -c "^= .* Ann Reader: I read it so" out)" = 2 ]
	git reset -q --hard HEAD^
	git for-each-ref | diff before -'
check 'a dry run writes nothing' '
	cp -R "$made" dry && cd dry
	find . -type f -exec cksum {} + | sort >../before
	galley-collect -n ../still >../out
	[ "$(tail -n 1 ../out)" = "1 edit" ]
	find . -type f -exec cksum {} + | sort | diff ../before -'
check 'on two machines, and in any order, it is the same' '
	patch() {
		(cd book && patch_by "$@")
	}
	patch "Ben Reader" round/1 foreword.md "s/keep/hold/" >ben
	patch "Cat Reader" round/2 foreword.md "s/keep/hold/" >cat
	patch "Dan Reader" main foreword.md "s/keep/hold/" >dan
	git clone -q "$made.git" left
	git clone -q "$made.git" right
	(cd left && git checkout -q round/1 && galley-collect ../ben ../cat &&
		galley-collect ../still ../dan)
	(cd right && galley-collect ../dan ../still &&
		cat ../cat ../ben | galley-collect)
	(cd left && refs) >left.refs
	(cd right && refs) >right.refs
	[ $(grep -c . left.refs) = 4 ] && diff left.refs right.refs'
check 'comments of two authors are joined by a plain fetch' '
	git clone -q "$made.git" one && git clone -q "$made.git" two
	(cd one && galley-collect ../ben ../cat)
	(cd two && galley-collect ../cat ../dan ../still &&
		git fetch -q ../one "refs/comments/*:refs/comments/*" &&
		refs | diff ../left.refs - && git fsck --strict)'
check 'a bare repository collects' '
	git clone -q --bare "$made.git" bare && cd bare
	galley-collect ../ben ../cat ../dan ../still
	refs | diff ../left.refs -'

check 'a patch of a commit between rounds is on the text it names' '
	cp -R "$made" between && cd between
	perl -pi -e "s/lies still/rests/" glossary.md && git commit -qam rests
	perl -pi -e "s/rests/sleeps/" glossary.md && git commit -qam sleeps
	patch_by "Eve Reader" HEAD^ glossary.md "s/rests/dozes/" >../eve
	galley-collect ../eve >out && grep "^  .* Eve Reader" out
	[ $(git rev-parse "$(galley-list -q)^:glossary.md") = \
		$(git rev-parse HEAD^:glossary.md) ]
	grep "^Round: 2$" <<-END
		$(git log -1 --format=%B $(galley-list -q))
	END'
check 'without names of blobs, it is in the newest round where it fits' '
	cp -R "$made" nameless && cd nameless
	# the round: what fits there, made when it was open
	places() {
		patch_by "$2" "$3" "$4" "$5" |
			sed "/^index /d; s/I read it so/& $6/" |
			galley-collect >../out
		[ $(git rev-parse $(galley-list -q --from="$2")^) = \
			$(git rev-parse "$1^0") ]
	}
	places round/1 One round/1 foreword.md s/keepers/owners/ ""
	places round/2 Two round/1 glossary.md s/knows/sees/ ""
	places round/1 Three round/1 glossary.md s/knows/sees/ ", round 1"
	number="round 1" \
		places round/1 Seven round/1 glossary.md s/knows/sees/ ""
	number="v2 round/1" \
		places round/1 Eight round/1 glossary.md s/knows/sees/ ""
	when="2026-02-01T09:00:00Z" \
		places round/1 Four round/1 glossary.md s/knows/sees/ ""
	when="2026-02-01T09:00:00Z" \
		places round/2 Five round/2 foreword.md s/keepers/owners/ ""
	places HEAD Six HEAD 02-stones/dress.md s/dull/blunt/ ""'
check 'a path with folders missing or too much is understood' '
	cp -R "$made" paths && cd paths
	patch_by "Ann Reader" round/2 01-water/wheel.md s/wheel/WHEEL/ >mail
	sed "s,01-water/,,; /^index/d" mail >short
	sed "s,01-water/,book/drafts/01-water/,; s/Ann/Ben/; /^index/d" \
		mail >long
	galley-collect short long >out
	[ "$(tail -n 1 out)" = "2 edits" ]
	galley-list -q --chunk=01-water/wheel.md >ids
	[ $(grep -c . ids) = 2 ]
	# a name that several chunks have says nothing
	git mv colophon.md 01-water/z.md && git mv glossary.md 02-stones/z.md
	sed -i "s,colophon,01-water/z,; s,glossary,02-stones/z," SUMMARY.md
	git commit -qam two && galley-round open --no-drafts >/dev/null
	patch_by "Cat Reader" HEAD 01-water/z.md s/mill/MILL/ |
		sed "/^index/d; s,01-water/,," >none
	exits 1 galley-collect none >out
	grep "not placed: it changes a file that is not part of the book" out'
check 'a commit that the mail names is the base' '
	cp -R "$made" based && cd based
	git checkout -q --detach round/1 && echo Aside. >>colophon.md
	git commit -qam aside && aside=$(git rev-parse HEAD)
	git checkout -q main
	patch_by "Ann Reader" $aside colophon.md s/Aside/Beside/ >mail
	# nothing of the history of HEAD has that text
	sed "s/^-- $/base-commit: $aside\n&/" mail | galley-collect >out
	tail -n 1 out && grep "^1 edit$" out
	[ $(git rev-parse $(galley-list -q)^) = $aside ]'

# a series of two patches of one paragraph, the second on top of the first
series() (
	cp -R "$made" "$1" && cd "$1" || exit
	git checkout -q -b reader round/1
	perl -pi -e s/carry/take/ foreword.md && echo One >../m
	git -c user.name=Ann -c user.email=ann@example.net commit -qam "One" \
		--author="Ann <ann@example.net>"
	perl -pi -e "s/take its/bear its/" foreword.md
	git -c user.name=Ann -c user.email=ann@example.net commit -qam "Two" \
		--author="Ann <ann@example.net>"
	git format-patch -q --thread --cover-letter -o ../series main..
	git checkout -q main
)
check 'a series is taken in its order, however it comes' '
	series s
	(cd s && cat ../series/000[12]* | galley-collect >out &&
		grep "^2 edits$" out && refs >../s.refs)
	cp -R "$made" r
	(cd r && cat ../series/0002* ../series/0001* | galley-collect &&
		refs | diff ../s.refs -)
	cp -R "$made" t
	(cd t && galley-collect ../series/0001* &&
		galley-collect ../series/0002* >out &&
		! grep "has not come" out && refs | diff ../s.refs -)
	cd s && galley-apply --clean && grep "bear its own" foreword.md'
check 'a part of a series whose first part is missing says so' '
	cp -R "$made" late && cd late
	cp ../series/0002* two
	exits 1 galley-collect two >out
	grep "not placed: part 1/2 of its series has not come" out
	# and is looked at again when that comes
	galley-collect ../series/0001* >out
	grep "^2 edits$" out
	galley-list -a --state=superseded -q >ids && [ $(grep -c . ids) = 1 ]
	galley-list -oq >ids && [ $(grep -c . ids) = 2 ]
	galley-collect two ../series/0001* >out
	grep "^2 already known$" out'
check 'a new version takes the place of the old one' '
	version() (
		git checkout -q --detach round/1 &&
			perl -pi -e "$2" foreword.md &&
			GIT_AUTHOR_DATE=$3 git -c user.name=Ann \
				-c user.email=a@example.net commit \
				-qam "Mud" --author="Ann <a@example.net>" &&
			git format-patch -1 --stdout -v $1 >../v$1 &&
			git checkout -q main
	)
	cp -R "$made" v && cd v
	version 1 s/carry/take/ 2026-02-03T00:00:00Z
	version 2 s/carry/bear/ 2026-02-04T00:00:00Z
	cat ../v2 ../v1 | galley-collect >out && grep "^2 edits$" out
	[ $(galley-list -oq | grep -c .) = 1 ]
	galley-show $(galley-list -oq) | grep "{+bear+}"
	galley-show $(galley-list --state=superseded -q) | grep "{+take+}"
	galley-list -a >list && refs >../v.refs
	cp -R "$made" ../w && cd ../w
	galley-collect ../v1 && galley-collect ../v2
	galley-list -a | diff ../v/list -
	galley-collect ../v1 >out && grep "^1 already known$" out
	galley-list -a | diff ../v/list - && refs | diff ../v.refs -
	galley-apply --clean && grep "bear its own" foreword.md'
check 'five readers with the same correction are one line with five names' '
	cp -R "$made" five && cd five
	for name in Ann Ben Cat Dan Eve; do
		when="2026-02-1${#n}T00:00:00Z" n=1$n
		patch_by $name round/1 foreword.md s/simplest/plainest/
	done >mbox
	galley-collect mbox >out && grep "^5 edits$" out
	galley-list >list
	[ $(grep -c "^[0-9a-f]\{8\} " list) = 1 ]
	grep "^[0-9a-f]* A.1  Ann, Ben, Cat, Dan, Eve$" list
	galley-apply --clean >out && grep "^1 applied$" out
	[ $(git rev-list --count round/2..) = 2 ]
	git log -1 --format=%B >message
	[ "$(git log -1 --format=%an)" = Ann ]
	for name in ben cat dan eve; do
		grep -i "^Suggested-by: $name <$name@example.net>$" message
	done
	[ $(grep -c "^Comment: [0-9a-f]\{40\}$" message) = 5 ]
	galley-list -a >list && [ $(grep -c applied list) = 1 ]
	[ -z "$(galley-list -oq)" ]'
check 'what cannot be placed is kept with its mail, and told' '
	cp -R "$made" kept && cd kept
	patch_by "Ann Reader" round/1 foreword.md s/carry/take/ |
		sed "/^index/d; s/mill/boat/; s/tide/sea/; s/pond/pool/g" >mail
	exits 1 galley-collect mail >out
	grep "^! [0-9a-f]* Ann Reader: I read it so$" out
	grep "^    not placed: ." out
	[ "$(tail -n 1 out)" = "1 not placed" ]
	id=$(galley-list -oq)
	git log -1 --format=%B $id | grep "^Unplaced: ."
	galley-show --mail $id >shown && sed "/^From /d" mail | diff -B - shown
	git notes --ref=mail show $id | grep "^Message-ID: "
	[ $(git rev-parse $id^{tree}) = $(git rev-parse $id^^{tree}) ]
	exits 1 galley-collect mail >out && [ "$(galley-list -oq)" = $id ]
	galley-collect ../still >out && ! grep "not placed" out
	git fsck --strict'
# wrote NAME SUBJECT: the mail of a reader of round 2, its body on stdin
wrote() {
	printf "From: %s <%s@example.net>\nDate: %s\n" "$1" "$1" \
		"Sat, 14 Feb 2026 09:00:00 +0100"
	printf "Message-ID: <%s@example.net>\nSubject: %s\n\n" "$1" "$2"
	cat
}
# changed FILE COMMENT: which lines it makes of which
changed() {
	git show --format= -U0 "$2" -- "$1" | grep "^[-+][^-+]"
}
check 'labels: a remark there, a correction there, both where it is clear' '
	cp -R "$made" labels && cd labels
	wrote Ann "Re: round 2" <<-END >mail
		3.1: too slow

		1.1 s/twice a day/two times daily/

		A.1: "simplest" -> "plainest"

		9.99: what is this?

		Chapter 2: I lost the thread here.
	END
	exits 1 galley-collect mail >out
	cat out
	[ "$(tail -n 1 out)" = "2 edits, 2 remarks, 1 not placed" ]
	grep "^  [0-9a-f]* 3.1 Ann: too slow$" out
	grep "^! .* Ann: what is this?$" out
	grep "^    not placed: there is no .* 9" out
	galley-list -q --chunk=01-water/gates.md >gates && [ -s gates ]
	galley-list >list
	grep "\[-twice a day,-\]{+two times daily,+}" list
	grep "\[-simplest-\]{+plainest+}" list
	for id in $(galley-list -oq); do
		git log -1 --format=%B $id | grep "^Channel: mail$"
	done
	galley-apply --clean >out && grep "^2 applied$" out
	grep "two times daily" 01-water/pond.md && grep plainest foreword.md'
check 'quotes: what is said is about the words above it' '
	cp -R "$made" quotes && cd quotes
	wrote Ben "Re: The Tide Mill" <<-END >mail
		On 3 Feb 2026, Ada Author wrote:
		> A tide mill is the simplest engine that was ever
		> built on the sea. The tide comes up a creek, [...]
		> and a falling sea on the other

		Is it? What of a raft?

		> Paint it on the wall, and say where nought is beside it

		"Paint" -> "Carve"

		> This stands nowhere in the whole book.

		Nor does this.
	END
	exits 1 galley-collect mail >out && cat out
	grep "^  [0-9a-f]* A.1 Ben: Is it? What of a raft?$" out
	grep "^! .* Ben: Nor does this.$" out
	[ "$(tail -n 1 out)" = "1 edit, 1 remark, 1 not placed" ]
	id=$(galley-list -oq --chunk=foreword.md | head -n 1)
	changed foreword.md $id | grep "{==.*==}{>>Is it? What of a raft?<<}\|{>>Is"
	galley-apply --clean && grep "Carve it on the wall" foreword.md'
check 'under a hunk of a patch that is quoted: about the words it changes' '
	cp -R "$made" hunk && cd hunk
	sed "1,/^$/d; s/^/> /; s/ *$//; s/^> +.*/&\n\nKeep that, please./" ../still |
		wrote Ben "Re: [PATCH] I read it so" >mail
	galley-collect mail >out && cat out
	grep "^  [0-9a-f]* E.2 Ben: Keep that, please.$" out
	changed glossary.md $(galley-list -oq) |
		grep "{==.*lies still.*==}{>>Keep that, please.<<}"'
# attached NAME TYPE: a mail with the file on stdin
attached() {
	printf "From: Ann <ann@example.net>\nDate: %s\nMessage-ID: <%s>\n" \
		"Sat, 14 Feb 2026 09:00:00 +0100" "$(echo "$1" | tr -d " ")@x"
	printf "Subject: My chapter\nMIME-Version: 1.0\n"
	printf "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n"
	printf "Hi Ada,\n\nsome small things.\n\nAnn\n\n--b\n"
	printf "Content-Type: %s; name=\"%s\"\n" "$2" "$1"
	printf "Content-Disposition: attachment; filename=\"%s\"\n" "$1"
	printf "Content-Transfer-Encoding: base64\n\n"
	base64 && printf -- "\n--b--\n"
}
# edited: what an editor makes of the foreword of round 1, with two new words
edited() {
	printf "\357\273\277"
	git show round/1:foreword.md | perl -0pe "
		s/simplest/plainest/; s/the owners of all/keepers of all/;
		s/(?<=\w)\n(?=\w)/ /g; s/'/\xe2\x80\x99/g; s/\n/\r\n/g; s/\s*\z//"
}
check 'a chapter that was edited and attached is an edit of it' '
	cp -R "$made" attached && cd attached
	edited | attached "foreword (1).md" text/markdown >mail
	galley-collect mail >out && cat out
	[ "$(tail -n 1 out)" = "1 edit" ]
	id=$(galley-list -oq)
	[ $(git rev-parse $id^) = $(git rev-parse round/1^0) ]
	git show --format= --numstat $id >stat && cat stat
	# the paragraph with new words, and no other
	changed foreword.md $id >lines && grep "^+.*plainest" lines
	[ $(grep -c "^+" lines) = 1 ]
	! changed foreword.md $id | grep "’"
	git log -1 --format=%B $id >message && cat message
	[ "$(head -n 3 message)" = "Changes to foreword.md

some small things." ]
	grep "^Channel: copy$" message
	galley-collect mail >out && grep "^1 already known$" out
	galley-apply --clean && grep plainest foreword.md
	[ -z "$(galley-list -oq)" ] && git diff --stat HEAD^ | cat
	git log -1 --format=%an | grep Ann'
check 'what is no copy of a chapter beyond doubt is kept with its mail' '
	cp -R "$made" doubtful && cd doubtful
	edited | attached wheel.md text/markdown >other
	edited | attached prologue.md text/markdown >unknown
	edited | head -c 400 | attached foreword.md text/markdown >part
	git show round/2:foreword.md | attached foreword.txt text/plain >same
	exits 1 galley-collect other unknown part same >out && cat out
	[ "$(tail -n 1 out)" = "1 remark, 4 not placed" ]
	grep "wheel.md. has other words than the chapter of that name$" out
	grep "prologue.md. has the name of no chapter$" out
	grep "foreword.md. has other words than" out
	grep "not placed: it changes nothing" out
	# notes in a file are no copy
	printf "3.1: too slow\n" | attached notes.txt text/plain >notes
	galley-collect notes >out && cat out && grep " 3.1 Ann: too slow$" out'
check 'twice the same words in one mail are two things said' '
	cp -R "$made" two-said && cd two-said
	printf "3.1: too slow\n\n3.2: too slow\n" | wrote Cat "Notes" >mail
	galley-collect mail >out && grep "^2 remarks$" out
	galley-collect mail >out && grep "^2 already known$" out'
check 'a text without headers, of somebody who is named' '
	cp -R "$made" plain && cd plain
	printf "1.1: too short\n\nA.1: \"simplest\" -> \"plainest\"\n" >letter
	exits 1 galley-collect letter >out && grep "neither a mail nor" out
	git for-each-ref --format="delete %(refname)" refs/comments refs/notes |
		git update-ref --stdin
	galley-collect --from="Dan <dan@example.org>" letter >out && cat out
	[ "$(tail -n 1 out)" = "1 edit, 1 remark" ]
	[ "$(galley-list -q --from=dan@example.org | grep -c .)" = 2 ]
	galley-collect --from="Dan <dan@example.org>" - <letter >out
	grep "^2 already known$" out
	galley-apply --clean && grep plainest foreword.md
	[ "$(git log -1 --format="%an <%ae>")" = "Dan <dan@example.org>" ]
	# what had no place stays theirs when it is looked at again
	printf "77.1: how so?\n" >letter
	exits 1 galley-collect --from="Eve Ünal" letter
	galley-collect </dev/null && [ $(galley-list -aq | grep -c .) = 3 ]
	galley-list -a | grep "Eve Ünal$"
	# nor does who is named next time take it over
	printf "1.2: fine\n" | galley-collect --from="Fay \"F\" <f@example.org>"
	[ $(galley-list -aq | grep -c .) = 4 ]
	[ $(galley-list -aq --from=f@example.org | grep -c .) = 1 ]
	galley-list -a | grep "Eve Ünal$"
	# what is no text is none, and a mail stays one
	printf "\000\001\002\377" >noise
	exits 1 galley-collect --from=Dan noise >out && grep "not placed" out
	galley-collect --from=Dan ../still >out && grep "^1 edit$" out'
check 'a chapter that somebody edited, as a file of its own' '
	cp -R "$made" bare && cd bare
	git show round/1:foreword.md >../foreword.txt
	sed "s/$/$(printf "\r")/; s/simplest/plainest/" ../foreword.txt \
		>"../Copy of Foreword.md"
	cp "../Copy of Foreword.md" ../foreword_Dan.txt
	galley-collect "../Copy of Foreword.md" >out && cat out
	[ "$(tail -n 1 out)" = "1 edit" ]
	galley-collect --from="Dan <dan@example.org>" ../foreword_Dan.txt >out
	[ "$(tail -n 1 out)" = "1 edit" ]
	galley-collect "../Copy of Foreword.md" | grep "^1 already known$"
	git log -1 --format=%B $(galley-list -q --from=dan@example.org) |
		grep "^Channel: copy$"
	galley-apply --clean && git show HEAD:foreword.md | grep plainest
	# words are nobody'"'"'s without a name, and no chapter
	printf "1.1: too short\n" >notes.txt
	exits 1 galley-collect notes.txt >out
	grep "the file .notes.txt. has the name of no chapter" out
	galley-collect --from=Eve notes.txt | grep " 1.1 Eve: too short$"'
check 'each of many that cannot be placed is kept with its own mail' '
	cp -R "$made" many && cd many
	for i in 1 2 3 4 5 6 7 8 9; do
		for j in 1 2 3 4 5 6 7 8 9; do
			sed "s/Ann Reader/Reader $i$j/; s/^Message-ID: </&$i$j/
				s/I read it so/$i$j, so/" ../kept/mail
			sed "s/Ann Reader/Reader $i$j/; s/^Message-ID: </&$i$j/
				s/I read it so/$i$j, so/" ../still
		done
	done >mbox
	exits 1 galley-collect mbox >out
	[ "$(tail -n 1 out)" = "81 edits, 81 not placed" ]
	[ $(git notes --ref=mail list | grep -c .) = 81 ]
	for id in $(galley-list -oq --from="Reader 47"); do
		git notes --ref=mail show $id || :
	done >shown
	[ $(grep -c "^Subject: .*47, so$" shown) = 1 ]'
# mail FROM SUBJECT WORDS: a mail of March
mail() {
	printf "From: %s\nDate: Mon, 2 Mar 2026 09:00:00 +0000\n" "$1"
	printf "Message-ID: <%s@example.net>\nSubject: %s\n\n%b\n" \
		"$(printf "%s" "$1$2$3" | cksum | tr -dc 0-9)" "$2" "$3"
}
# last FIELDS: of the comment that was collected last
last() {
	git log -1 --format="$1" "$(sed -n "s/^[ =!] \([0-9a-f]*\) .*/\1/p" ../out |
		tail -n 1)"
}
check 'the link of a chapter says round, chapter and reader' '
	cp -R "$made" links && cd links
	printf "Mara Quill <mara@example.org>\nBo Reed <bo@example.org>\n" >readers
	galley-export --for=Mara -o mara.epub round/1 >/dev/null
	to=$(perl -MIO::Uncompress::Unzip -e "
		my \$zip = IO::Uncompress::Unzip->new(shift);
		do { local \$/; \$_ = <\$zip>;
			print \$1 if \$zip->getHeaderInfo->{Name} =~ /pond/ &&
				/subject=([^\"]*)/ } while \$zip->nextStream > 0
		" mara.epub)
	subject=$(printf %s "$to" | perl -pe "s/%(..)/chr hex \$1/ge")
	code=${subject#*r1 } && code=${code%%]*}
	[ "$subject" = "[keeping-a-tide-mill r1 $code] 1" ]
	mail "Mara Quill <mara@example.org>" "Re: $subject" "It drags." |
		galley-collect >../out
	[ $(git rev-parse $(last %H)^) = $(git rev-parse round/1^0) ]
	last %B | grep "^Chunk: 01-water/pond.md$"
	last %B | grep "^Copy: $code$" && ! last %B | grep Sent-From
	mail "Mara Quill <mara@example.org>" "$subject" \
		"1.2: too slow\n\nr2 2.3: too fast" | galley-collect >../out
	[ $(git rev-parse $(last %H)^) = $(git rev-parse round/2^0) ]
	last %B | grep "^Label: 2.3$"
	grep " 1.2 Mara Quill: too slow" ../out
	echo "$code" >../code'
check 'from another address it is still theirs, if the name agrees' '
	cd links && read -r code <../code && n=0
	for from in "Mara Quill <m.q@work.example>" "Mara <m.q@work.example>" \
		"\"QUILL, Mara J.\" <m.q@work.example>" m.q@work.example; do
		n=$((n + 1))
		mail "$from" "[x r1 $code] 1" "Nice $n." | galley-collect >../out
		[ "$(last "%an <%ae>")" = "Mara Quill <mara@example.org>" ]
		last %B | grep "^Sent-From: m.q@work.example$"
	done'
check 'a copy that was passed on does not put words into its reader'"'"'s mouth' '
	cd links && read -r code <../code
	mail "Uncle Jo <jo@example.net>" "[x r1 $code] 1" "Hm." |
		galley-collect >../out
	[ "$(last "%an <%ae>")" = "Uncle Jo <jo@example.net>" ]
	last %B | grep "^Copy: $code$"
	mail "B. <bo@example.org>" "[x r1 $code] 1" "Hm." | galley-collect >../out
	[ "$(last "%an <%ae>")" = "B <bo@example.org>" ]
	mail "Mara <m@example.net>" "[x r1 R00000] 1" "Hm." | galley-collect >../out
	[ "$(last "%an <%ae>")" = "Mara <m@example.net>" ]'
check 'who has no list of readers has the same mails for the same comments' '
	cd links && read -r code <../code
	mail "Mara Quill <m.q@work.example>" "[x r1 $code] 1" "Nice 1." >../mara
	mail "Mara Quill <mara@example.org>" "[x r1 $code] 2" "Nice 2." >../mara2
	galley-collect ../mara ../mara2 >../out && tail -n 1 ../out |
		grep "1 remark, 1 already known"
	mv readers ../readers && galley-collect ../mara ../mara2 >../out
	[ "$(tail -n 1 ../out)" = "2 already known" ]
	mv ../readers . && echo "no reader at all" >>readers
	exits 128 galley-collect ../mara 2>err && grep "^fatal: readers:3:" err'
check 'what is wrong is said, and nothing else is read' '
	cp -R "$made" wrong && cd wrong
	exits 128 galley-collect none 2>err && grep "none" err
	exits 128 galley-collect -r 7 ../still 2>err
	grep "^fatal: no round named .7.$" err
	mkdir folder && exits 128 galley-collect folder 2>err
	grep "^fatal: .folder. is a folder, but no Maildir" err
	galley-collect </dev/null >out
	[ "$(cat out)" = "nothing to collect" ]
	[ -z "$(galley-list -aq)" ]
	mkdir ../empty && cd ../empty
	exits 128 galley-collect ../still 2>err && cat err'
check 'a Maildir is read' '
	cp -R "$made" maildir && cd maildir
	mkdir -p ../box/cur ../box/new ../box/tmp
	sed "/^From /d" ../still >"../box/cur/1.a.host:2,S"
	sed "/^From /d" ../ben >../box/new/2.b.host
	galley-collect ../box >out && grep "^2 edits$" out'
finished
