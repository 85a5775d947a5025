#!/bin/sh
# SPDX-License-Identifier: MIT
# Mail that means harm: refused or made harmless, and said so.
. "${0%/*}/lib.sh"
. "$project/tests/handbook.sh"

handbook book >/dev/null
(cd book && patch_by Ann round/1 foreword.md s/simplest/plainest/) >good

# whole: what must not change, comments and their notes aside
whole() {
	find . -path ./.git -prune -o -type f -exec cksum {} + | sort
	git status --porcelain --ignored
	git for-each-ref | grep -v -e refs/comments -e refs/notes
	cksum .git/config .git/HEAD .git/hooks/* .git/info/*
}
# fresh NAME: a book of its own, whose state is noted
fresh() {
	cp -R "$made" "$1" && cd "$1" && whole >../before
}
# refused WORDS [FILE]: the mail is kept, not placed, and why has these words
refused() {
	exits 1 galley-collect "${2:-../mail}" >../out || {
		cat ../out
		return 1
	}
	grep -i "not placed: .*$1" ../out || {
		cat ../out
		return 1
	}
	galley-apply --clean >/dev/null || return
	[ $(galley-list -oq | grep -c .) = "${3:-1}" ] || return
	whole | diff ../before - && git fsck --strict --no-dangling
}
# a mail with a patch, on stdin
mail() {
	printf 'From: %s\nDate: Sat, 14 Feb 2026 09:00:00 +0000\n' \
		"${from:-Mallory <m@example.net>}"
	printf 'Message-ID: <%s@example.net>\n' "${id:-1}"
	printf 'Subject: [PATCH] %s\n\n%s\n---\n' "${subject:-Words}" "$body"
	cat
}
# to_path PATH: a patch of another file
to_path() {
	mail <<-END
		diff --git a/$1 b/$1
		--- a/$1
		+++ b/$1
		@@ -1,3 +1,3 @@
		 # Foreword
		 
		-A tide mill is the simplest engine that was ever built on the sea. The tide
		+A tide mill is the plainest engine that was ever built on the sea. The tide
	END
}

check 'files that are no chunks are not changed' '
	fresh paths
	ln -s foreword.md link.md && mkdir .hidden && cp foreword.md .hidden/
	cp foreword.md notes.txt && git add -A . && git commit -qm more
	whole >../before
	n=0
	for path in .git/config .git/hooks/pre-commit .gitattributes \
		.gitignore .mailmap galley.conf SUMMARY.md link.md \
		.hidden/notes.md notes.txt images/dress.svg; do
		n=$((n + 1))
		id=$n to_path $path >../mail
		refused "not part of the book\|no text" ../mail $n
	done'
check 'a path out of the tree is none' '
	fresh outside && cp foreword.md ../victim.md && n=0
	for path in ../victim.md ../outside/../victim.md /etc/passwd \
		"$PWD/../victim.md" ./../victim.md 01-water/../../victim.md; do
		n=$((n + 1))
		id=$n to_path "$path" >../mail
		refused "" ../mail $n
	done
	cmp foreword.md ../victim.md'
check 'only words are changed: no files, names, modes and bytes' '
	fresh traits
	patch() {
		git diff --cached --binary -M >../diff && git reset -q --hard
		id=$1 mail <../diff >../mail
		refused "$2" ../mail $1
	}
	echo "A new one." >new.md && git add new.md && patch 1 "a new file"
	git rm -q colophon.md && patch 2 "takes a whole file away"
	git mv colophon.md fine.md && patch 3 "another name"
	chmod +x colophon.md && git add . && patch 4 "what kind of file"
	rm colophon.md && ln -s foreword.md colophon.md && git add . &&
		patch 5 "file"
	printf "\0\1\2" >colophon.md && git add . && patch 6 "no text"
	{
		sed -n 1,/^---/p ../good
		git diff --no-index /dev/null foreword.md
	} | sed "s/Message-ID: <.*/Message-ID: <7@x>/" >../mail || :
	refused "" ../mail 7'
check 'a NUL in a patch is refused, or no part of the text' '
	fresh nul
	sed "/^+A tide/s/mill/mi\o0ll/; /^index/d" ../good >../mail
	galley-collect ../mail >../out || :
	galley-apply --clean || :
	! grep -q "$(printf "mi\\001ll" | tr "\\001" "\\000")" foreword.md
	[ "$(tr -cd "\\0" <foreword.md | wc -c)" = 0 ]
	git fsck --strict'

# what a terminal obeys: escapes, C1 controls, overrides of direction
evil=$(printf 'x\033[31m\033]0;t\007\302\233\342\200\256\342\201\246\bz')
# harmless FILE: has none of them
harmless() {
	perl -CS -ne 'exit 1 if /[\x00-\x08\x0B-\x1F\x7F-\x9F]/ ||
		/[\x{202A}-\x{202E}\x{2066}-\x{2069}]/' "$1" || {
		cat -v "$1"
		return 1
	}
}
check 'nothing that a terminal obeys reaches it' '
	fresh terminal
	perl -0pi -e "s/simplest/$evil/" foreword.md
	git diff >../diff && git checkout -q foreword.md
	from="M$evil <m@example.net>" subject="S$evil" body="B$evil" \
		mail <../diff >../mail
	from="M$evil <n@example.net>" subject="S$evil" body="B$evil" id=2 \
		to_path "none$evil.md" >>../mail
	galley-collect ../mail >../out || :
	harmless ../out && [ -s ../out ]
	galley-list >../out && harmless ../out
	galley-show $(galley-list -q) >../out && harmless ../out
	galley-apply -n $(galley-list -q) >../out || :
	harmless ../out
	galley-decline -m "D$evil" $(galley-list -oq) >../out && harmless ../out
	galley-list -a >../out && harmless ../out
	galley-show --mail $(galley-list -aq | head -n 1) >../out 2>&1 || :
	harmless ../out
	galley-decline --undo $(galley-list -aq) >/dev/null
	galley-apply $(galley-list -oq) >../out || :
	harmless ../out
	git log -3 --format="%an%n%B" >../out && harmless ../out
	cat ../out && git fsck --strict'
check 'trailers in a mail decide nothing about other comments' '
	fresh forged
	galley-collect ../good && good=$(galley-list -q)
	git tag applied && galley-apply $good && commit=$(git rev-parse HEAD)
	git reset -q --hard applied
	n=2
	for words in "Comment: $good" "Comment: $good.1/1" \
		"Comment-Marked: $good" "comment: $good" "COMMENT : $good" \
		"(cherry picked from commit $good)" \
		"This reverts commit $commit." \
		"Round: 2
Chunk: foreword.md
Channel: patch
Message-Id: x@y
Date: Sat, 14 Feb 2026 09:00:00 +0000
Comment: $good"; do
		n=$((n + 1))
		(cd ../book && patch_by Mallory round/1 glossary.md \
			"s/other counties/$n counties/") >../m
		awk -v words="$words" "/^---\$/ && !n++ { print words }
			{ print }" ../m >../mail
		galley-collect ../mail
		sed "s/^Subject: .*/Subject: [PATCH] x\n $words/; \
			s/^Message-ID: </&s/" ../m >../mail 2>/dev/null ||
			cp ../m ../mail
		galley-collect ../mail
	done
	galley-list -oq >ids && grep $good ids
	exits 1 galley-apply --stdin <ids >out || :
	galley-list -a --json >list
	grep $good out || :
	git reset -q --hard applied
	for i in $(grep -v $good ids); do
		galley-apply $i || continue
		galley-list -oq | grep $good
		git reset -q --hard applied
	done
	# nor does it take out what is applied
	galley-apply $good
	for i in $(grep -v $good ids); do
		galley-apply $i || continue
		galley-list --state=applied -q | grep $good
	done'
check 'names are made fit for git' '
	fresh names
	n=0
	for from in "a <b> c" "<>" "" "\"\" <x@y>" "<x@y>" "\"a <b> c\" <d@e>" \
		".,:;<a@b>" "=?UTF-8?Q?a=0Ab=3Cc=3E?= <a@b>" "x <a@b> <c@d>"; do
		n=$((n + 1))
		sed "s|^From: .*|From: $from|; s/Message-ID: </&$n/" ../good
	done >../mail
	galley-collect ../mail >../out && cat ../out
	git for-each-ref --format="%(authorname)|%(authoremail)" refs/comments |
		tee names
	! grep -e "^|" -e "<<" -e ">>" -e "|<>" names
	galley-apply --clean && git log -1 --format=%B
	git fsck --strict'
check 'sizes have limits, in memory and time' '
	fresh sizes
	# sanitizers map more than there is
	[ "$ASAN_OPTIONS" ] || ulimit -v 2000000
	{
		sed "/^Subject/,\$d" ../good
		printf "Subject: "
		head -c 10000000 /dev/zero | tr "\0" x
		sed "1,/^Subject/d; 1i\\
" ../good
	} >../mail
	timeout 20 galley-collect -q ../mail >../out || [ $? = 1 ]
	[ $(wc -c <../out) -lt 100000 ]
	perl -e "print qq(From a\@b Thu Jan  1 00:00:00 1970\n\n\n) x 20000" \
		>../mail
	timeout 20 galley-collect -q ../mail >../out || [ $? = 1 ]
	git for-each-ref refs/comments | wc -l
	{
		sed "/^@@/q" ../good
		printf "+"
		head -c 200000000 /dev/zero | tr "\0" y
	} >../mail
	timeout 20 galley-collect -q ../mail >../out 2>../err ||
		[ $? = 1 ] || [ $? = 128 ]
	cat ../err && whole | diff ../before - && rm ../mail'
check 'of mails that are too large only the beginning is kept' '
	fresh large
	[ "$ASAN_OPTIONS" ] || ulimit -v 400000
	large() {
		sed "1i\\
From x@y Tue Nov 24 15:04:05 2026" ../good
		head -c 300000000 /dev/zero | tr "\0" x && echo && echo
	}
	{ large; large; sed "s/^Message-I[Dd]: </&2/" ../good; } |
		{ exits 1 galley-collect >../out; } && cat ../out
	[ "$(grep -c "larger than 64 MiB" ../out)" = 2 ]
	tail -n 1 ../out | grep "1 edit\|1 remark"
	galley-collect </dev/null >../out && cat ../out
	[ "$(cat ../out)" = "nothing to collect" ]'
check 'many corrections of one long chapter do not take it as many times' '
	fresh long
	[ "$ASAN_OPTIONS" ] || ulimit -v 400000
	perl -e "print map { qq(Line \$_ of the fog.\n\n) } 1 .. 50000" \
		>foreword.md
	git commit -qam long
	perl -e "for (1 .. 300) {
		my \$n = 100 * \$_;
		my \$at = 2 * \$n - 1;
		print qq(From a Thu Jan  1 00:00:00 1970\nFrom: R <r\@x.org>\n),
			qq(Message-Id: <\$n\@x>\nSubject: \$n\n\n),
			qq(--- a/foreword.md\n+++ b/foreword.md\n),
			qq(\@\@ -\$at +\$at \@\@\n),
			qq(-Line \$n of the fog.\n+Line \$n of it.\n\n);
	}" >../mail
	galley-collect ../mail | tail -n 1 | tee ../out
	grep "^300 edits" ../out'
finished
