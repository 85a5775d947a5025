#!/bin/sh
# SPDX-License-Identifier: MIT
# galley NAME runs galley-NAME, and says what was meant.
. "${0%/*}/lib.sh"

name=$(commands | cut -d' ' -f1)
[ "$name" ] || skip_all 'no commands yet'

check 'galley NAME is galley-NAME, from any folder' '
	galley-$name -h >expected
	(PATH=/usr/bin:/bin; "$B/bin/galley" $name -h) | diff expected -
	(PATH=/usr/bin:/bin; cd "$B" && bin/galley $name -h) | diff expected -
	galley $name -h | diff expected -'
check 'its exit status is the command'\''s' '
	exits 129 galley $name --no-such-option
	mkdir nowhere && cd nowhere && exits 128 galley check'
check 'git galley NAME works by a link' '
	mkdir bin && ln -s "$B/bin/galley" bin/git-galley
	PATH=$PWD/bin:/usr/bin:/bin git galley $name -h | diff expected -'
check 'commands of others on the PATH run too' '
	mkdir -p own && printf "#!/bin/sh\necho own \"\$@\"\n" >own/galley-own
	chmod +x own/galley-own
	[ "$(PATH=$PWD/own:$PATH galley own -x y)" = "own -x y" ]'
check '-C goes elsewhere first' '
	mkdir -p own/deep && printf "#!/bin/sh\npwd\n" >own/galley-where
	chmod +x own/galley-where
	PATH=$PWD/own:$PATH galley -C own -C deep where | grep "/own/deep\$"
	exits 128 galley -C nosuch where 2>err
	grep "^fatal: cannot change to .nosuch." err'
check 'a typo is misuse, and the command meant is named' '
	for word in chekc chek ckeck cheeck che; do
		exits 129 galley $word >out 2>err
		! [ -s out ]
		grep "^error: no command named .$word." err
		grep "^hint: did you mean .galley check.?" err
	done'
check 'what is near to nothing is not guessed at' '
	exits 129 galley zzzzzzz 2>err
	! grep "did you mean" err
	grep "^hint: .galley help." err
	exits 129 galley "" 2>err
	exits 129 galley ../../bin/sh 2>err
	exits 129 galley --frobnicate 2>err && grep "^error: unknown option" err'
check 'bytes that are no text do not reach the terminal' '
	exits 129 galley "$(printf "\033[31mred")" 2>err
	! grep "$(printf "\033")" err'
check 'help lists every command, with the words of its page' '
	galley help >out && galley -h | diff out - && galley --help | diff out -
	for name in $(commands); do
		does=$(sed -n "s/^\.Nd //p" "$project/cmd/$name.1")
		grep -E "^    $name +$does\$" out
	done'
check 'nothing asked is misuse, and the same list' '
	exits 129 galley >out 2>err
	! [ -s out ] && galley help | diff - err'
check '--version says one line' '
	galley --version | grep -xE "galley [0-9]+\.[0-9]+"'
check 'galley.1: its synopsis is that of -h' '
	mandoc -T utf8 -O width=200,indent=0 "$project/cmd/galley.1" |
		sed "s/.$(printf "\b")//g" |
		awk "/^[A-Z]/ { f = \$0 == \"SYNOPSIS\"; next } f" |
		tr -s " \n" " " | sed "s/^ //; s/ \$//" >page
	galley -h | sed -n "s/^usage: //p; s/^   or: //p" | tr -d "<>" |
		tr -s " \n" " " | sed "s/ \$//" | diff - page'
finished
