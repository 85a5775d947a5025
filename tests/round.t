#!/bin/sh
# SPDX-License-Identifier: MIT
# Rounds: an annotated tag on what readers get, and the drafts of it.
. "${0%/*}/lib.sh"

# book NAME: a manuscript of two chapters, in two commits
book() {
	git init -q "$1" && cd "$1" || return
	printf '[book]\n\ttitle = The Fog\n\tauthor = A\n' >galley.conf
	printf -- '- [One](1.md)\n- [Two](2.md)\n' >SUMMARY.md
	printf '# One\n\nFirst words.\n' >1.md
	git add . && git commit -qm one
	printf '# Two\n\nSecond words.\n' >2.md
	git add . && git commit -qm two
}
# at DAY: what is done then
at() {
	day=$1
	shift
	GIT_COMMITTER_DATE="${day}T03:04:05Z" "$@"
}
short() {
	git rev-parse --short "${1:-HEAD}"
}

check 'a round is a tag on the commit, and its drafts' '
	book a
	galley-round open -m "Is it  " -m "too slow?" --due=2w >out
	stem=the-fog-round-1-$(short)
	printf "%s\n" $stem.epub $stem | diff - out
	[ -s $stem.epub ] && [ -f $stem/index.html ]
	git cat-file tag round/1 >tag
	printf "object %s\ntype commit\ntag round/1\n" \
		$(git rev-parse HEAD) >expect
	head -n 3 tag | diff expect -
	sed 1,/^$/d tag >message
	printf "Round 1\n\nIs it\n\ntoo slow?\n\nDue: 2026-01-16\n" |
		diff - message
	grep "^tagger Ada Author <ada@example.org> 1767323045 +0000" tag
	git fsck --strict && [ -z "$(git status --porcelain -uno)" ]'
check 'the list has the oldest first, and what waits' '
	book list
	galley-round >out && [ ! -s out ]
	at 2026-01-10 galley-round open --no-drafts >out
	echo round/1 | diff - out
	at 2026-01-09 galley-round open --no-drafts --due=2026-02-01 early
	git update-ref refs/comments/1/abc HEAD
	{
		echo "early  open    2026-01-09  $(short)  due 2026-02-01"
		echo "1      open    2026-01-10  $(short)  1 comment"
	} >expect
	galley-round | diff expect - && galley-round list | diff expect -'
check 'a round can be shown, for people and for programs' '
	book show
	exits 128 galley-round show 2>err
	grep "^fatal: no round yet" err && grep "^hint: .galley round open" err
	galley-round open --no-drafts -m "Line one
line two" 
	galley-round show >out
	cat >expect <<-END
	Round:    1, open
	Opened:   2026-01-02, by Ada Author <ada@example.org>
	Commit:   $(git rev-parse HEAD)
	Comments: 0
	Drafts:   the-fog-round-1-$(short).epub
	          the-fog-round-1-$(short)

	    Line one
	    line two
	END
	diff expect out && galley-round show round/1 | diff expect -
	galley-round show --json 1 >out
	perl -MJSON::PP -0777 -e "
		\$r = decode_json(<>);
		print join \"|\", @\$r{qw(name state opened words comments)},
			\$r->{opener}{email}, \$r->{due} // \"none\",
			@{\$r->{drafts}}" out >line
	stem=the-fog-round-1-$(short)
	{
		echo "1|open|2026-01-02T03:04:05Z|Line one"
		printf "line two|0|ada@example.org|none|$stem.epub|$stem"
	} | cmp - line
	exits 128 galley-round show third 2>err
	grep "^fatal: no round named .third." err'
check 'closing is a note on the tag; twice is once' '
	book close
	exits 128 galley-round close 2>err && grep "^fatal: no round yet" err
	galley-round open --no-drafts
	at 2026-03-01 galley-round close | grep "round .1. is closed"
	git notes --ref=comments show $(git rev-parse round/1) >note
	echo "2026-03-01T03:04:05Z closed" | diff - note
	at 2026-04-01 galley-round close 1 2>err
	grep "^hint: round .1. is closed already" err
	git notes --ref=comments show $(git rev-parse round/1) | diff note -
	galley-round show | grep "^Round:    1, closed on 2026-03-01"
	galley-round --json | grep "\"closed\": \"2026-03-01T03:04:05Z\""
	git fsck --strict'
check 'what two people closed was closed by the first' '
	cd close
	git notes --ref=comments append -m "2026-02-02T00:00:00Z closed
2026-05-05T00:00:00Z closed" $(git rev-parse round/1)
	galley-round show | grep "closed on 2026-02-02"'
check 'the same command again makes the drafts that are missing' '
	book again
	galley-round open -m words --due=2w -o ../drafts
	stem=../drafts/the-fog-round-1-$(short) tag=$(git rev-parse round/1)
	cp $stem.epub kept && rm -r $stem $stem.epub
	at 2026-01-05 galley-round open -m words --due=2w -o ../drafts \
		>out 2>err
	printf "%s\n" $stem.epub $stem | diff - out && cmp kept $stem.epub
	grep "^hint: round .1. of this text is open already" err
	galley-round open 1 -o ../drafts && galley-round open --no-drafts
	[ $tag = $(git rev-parse round/1) ] && [ "$(git tag)" = round/1 ]'
check 'the next commit is the next round' '
	cd again
	echo More. >>2.md && git commit -qam more
	at 2026-02-01 galley-round open --no-drafts | grep -x round/2
	for i in 3 4 5 6 7 8 9 10 11; do
		git commit -q --allow-empty -m $i
		galley-round open --no-drafts
	done
	git tag | grep -x round/11 && galley-round show 2 | grep 2026-02-01
	galley-round | tail -n 2 | head -n 1 | grep "^11 "'
check 'a round is not opened twice with other words' '
	cd again
	exits 128 galley-round open --at=round/1 -m others 2>err
	grep "^fatal: round .1. is there already, with other words" err
	grep "^hint: to open another round of the same text, give it a name" err
	exits 128 galley-round open 1 2>err
	grep "^fatal: round .1. is there already, of another version" err
	exits 128 galley-round open --at=round/1 --due=2026-06-01 2>err
	grep "due on another day" err
	galley-round close 1
	exits 128 galley-round open --at=round/1 2>err
	grep "^fatal: round .1. is there already, and closed" err
	galley-round open --at=round/1 --no-drafts second-look
	[ $(git rev-parse round/second-look^0) = $(git rev-parse round/1^0) ]'
check 'two rounds of one commit have drafts of their own' '
	book two
	galley-round open -o out && galley-round open -o out final
	ls out | grep -c "^the-fog-round" | grep -x 4
	galley-export -o one.epub round/1
	galley-export -o final.epub round/final
	cmp one.epub out/the-fog-round-1-$(short).epub
	cmp final.epub out/the-fog-round-final-$(short).epub
	exits 1 cmp -s one.epub final.epub'
check 'a revision that only looks like a round is none' '
	cd two
	git tag round/light && git branch round/b
	galley-export -n round/light | grep "round-1-"
	galley-export -n round/b | grep "round-1-"
	galley-round >list && exits 1 grep light list
	exits 128 galley-round open --no-drafts light 2>err
	grep "^fatal: git has a tag .round/light. already" err'
check 'what is not committed is not sent' '
	book dirty
	echo More. >>1.md
	exits 128 galley-round open 2>err
	grep "^fatal: some files have changes that are not committed" err
	grep "^hint: .git commit -a. .*--at=HEAD" err && [ -z "$(git tag)" ]
	galley-round open --at=HEAD -o ../dirty-out
	[ "$(git tag)" = round/1 ] && [ "$(tail -n 1 1.md)" = More. ]
	git checkout -q 1.md && echo x >untracked
	galley-export -o clean.epub
	cmp clean.epub ../dirty-out/the-fog-round-1-$(short).epub'
check 'an older commit can be sent' '
	book older
	galley-round open --at=HEAD~1 -o ../older-out 2>err
	grep "^warning: .*2.md" err
	[ "$(git rev-parse round/1^0)" = "$(git rev-parse HEAD~1)" ]
	exits 128 galley-round open --at=nowhere 2>err
	grep "^fatal: no revision .nowhere." err'
check '-n makes nothing' '
	book dry
	galley-round open -n -o ../dry-out --due=1d >out
	printf "../dry-out/the-fog-round-1-%s\n" $(short).epub $(short) |
		diff - out
	[ -z "$(git tag)" ] && [ ! -e ../dry-out ]
	galley-round open -n final | grep "round-final-"'
check 'words come from a file, or from standard input' '
	book words
	printf "\n\nGrüße\r\n\r\n\r\n# not a comment \n\n" >../words.txt
	galley-round open --no-drafts -F ../words.txt
	git cat-file tag round/1 | sed 1,/^$/d >message
	printf "Round 1\n\nGrüße\n\n\n# not a comment\n" | diff - message
	galley-round open --no-drafts --due=2026-02-03 -F - b <../words.txt
	git cat-file tag round/b | tail -n 1 | grep -x "Due: 2026-02-03"
	exits 128 galley-round open -F ../nowhere c 2>err && grep nowhere err
	printf "\377" | exits 128 galley-round open -F - c 2>err
	grep "^fatal: the words to readers are not UTF-8" err
	printf "a\0" | exits 128 galley-round open -F - c
	exits 1 git rev-parse -q --verify round/c'
check 'a day that is no day, or over, opens nothing' '
	book due
	exits 128 galley-round open --due=soon 2>err
	grep "^fatal: cannot read the date .soon.; write 2026-12-24" err
	exits 128 galley-round open --due=2026-01-01 2>err
	grep "^fatal: the date .2026-01-01. is over" err
	exits 128 galley-round open --due=2026-02-30 && [ -z "$(git tag)" ]'
check 'names are what git takes and a terminal shows' '
	book names
	for name in "" a/b .a a.lock a..b "a b" a~ a^ a: "a*" "a@{" \
		"$(printf "a\\033[1m")" "$(printf "a\\342\\200\\256b")" \
		"$(printf "e\\314\\201")" "$(printf "\\377")" \
		"$(printf "%065d" 1)"; do
		exits 128 galley-round open --no-drafts -- "$name" 2>err
		grep "^fatal: a round" err
		exits 1 grep "$(printf "\\033")" err
	done
	exits 128 galley-round open -- -f 2>err && grep "^fatal: a round" err
	galley-round open --no-drafts Entwürfe-2026 && galley-round |
		grep "^Entwürfe-2026  open"
	galley-round open --no-drafts "$(printf %064d 1)"'
check 'a bare repository has rounds, too' '
	book src && git clone -q --bare . ../bare.git && cd ../bare.git
	galley-round open --at=main~1 -o ../bare-out first 2>err
	ls ../bare-out | grep -c "^the-fog-round-first" | grep -x 2
	at 2026-02-01 galley-round open --no-drafts && galley-round close
	galley-round | grep "^1 .*closed" && git fsck --strict'
check 'nothing to send: no commit, no manuscript' '
	git init -q none && cd none
	exits 128 galley-round open 2>err
	grep "^fatal: nothing is committed yet" err && grep "^hint:" err
	cd .. && exits 128 galley-round 2>err && grep "no git repository" err'
check 'trouble of a draft comes before the tag' '
	book trouble
	printf "[book\n" >galley.conf && git commit -qam broken
	exits 128 galley-round open 2>err && grep "^fatal: galley.conf:" err
	[ -z "$(git tag)" ]
	git revert -n HEAD && git commit -qm mended && : >../file
	exits 128 galley-round open -o ../file 2>err
	grep "^fatal: .../file. is not a folder" err && [ -z "$(git tag)" ]
	exits 128 galley-round open -o ../no/such 2>err && [ -z "$(git tag)" ]
	exits 128 galley-round open -o ../new --due=x && [ ! -e ../new ]
	printf "[book\n" >galley.conf && git commit -qam broken
	git tag -am "Round 1" round/1
	galley-round show 2>err >out && grep "^Commit:" out
	grep "^warning: no draft can be made of it: galley.conf" err'
check 'trouble after the tag is told, and the same command goes on' '
	book after
	site=../after-out/the-fog-round-1-$(short)
	mkdir -p $site && echo mine >$site/notes.txt
	exits 128 galley-round open -o ../after-out >out 2>err
	grep "^fatal: .*the-fog-round-1" err && [ -s $site.epub ]
	grep "^hint: round .1. is open; the same command makes its drafts" err
	echo mine | diff - $site/notes.txt && rm -r $site
	galley-round open -o ../after-out && [ -f $site/index.html ]'
check 'an author without a name is told what to run' '
	book nameless
	unset GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL EMAIL
	HOME=$PWD exits 128 galley-round open 2>err
	grep "^fatal: git does not know your name; run: git config" err
	[ -z "$(git tag)" ]'
check 'rounds that git made are rounds' '
	book git
	git tag -am "Round two for friends

second line

Due: 2026-05-01" round/two
	git tag -am "Round 3" round/3 && git tag -am "deep" round/a/b
	git tag -am "a blob" round/blob HEAD:1.md
	galley-round --json | grep "\"words\"" >words
	printf "%s\n" "    \"words\": \"\"," \
		"    \"words\": \"Round two for friends\\n\\nsecond line\"," |
		diff - words
	galley-round | wc -l | grep -x 2
	galley-round show two | grep "open, due 2026-05-01"'
check 'controls in words of others never reach the terminal' '
	book hostile
	printf "Round x\n\n\033[2Jred\342\200\256\n" | git tag -aF - round/x
	galley-round show >out && exits 1 grep "$(printf "\033")" out
	grep -F "\\x1b[2Jred\\u202e" out
	galley-round --json >out && exits 1 grep "$(printf "\033")" out'
check 'misuse' '
	exits 129 galley-round nonsense 2>err &&
		grep "none of list, show, open and close" err
	exits 129 galley-round list x && exits 129 galley-round show a b
	exits 129 galley-round close --json
	exits 129 galley-round close -m x && exits 129 galley-round list -n
	exits 129 galley-round open -m x -F y
	exits 129 galley-round open -o ""'
finished
