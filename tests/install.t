#!/bin/sh
# SPDX-License-Identifier: MIT
# A staged installation: everything in its place, and gone again.
. "${0%/*}/lib.sh"

commands=$(commands)
[ "$commands" ] || skip_all 'no commands yet'

# make_it TARGET: as a packager does, of what is built already
make_it() {
	MAKEFLAGS='' make -s -C "$project" "$1" B="$B" \
		DESTDIR="$directory/stage" PREFIX=/usr
}
bin=$directory/stage/usr/bin
man=$directory/stage/usr/share/man/man1

check 'make install fills a DESTDIR' 'make_it install && ls -R ../stage'
check 'every program runs from there' '
	for name in $commands; do
		env -i PATH="$bin:/usr/bin:/bin" HOME="$HOME" \
			"$bin/galley-$name" -h >out
		grep "^usage: galley-$name" out
	done'
check 'galley finds its commands' '
	for name in $commands; do
		env -i PATH="$bin:/usr/bin:/bin" HOME="$HOME" \
			galley "$name" -h >out
		grep "^usage: galley-$name" out
	done'
check 'so does git' '
	set -- $commands
	env -i PATH="$bin:/usr/bin:/bin" HOME="$HOME" git galley "$1" -h >out
	grep "^usage: galley-$1" out'
check 'every program has a page' '
	for name in "" $commands; do
		[ -s "$man/galley${name:+-$name}.1" ]
	done
	[ -e "$man/git-galley.1" ]'
check 'nothing installed speaks of the stage' '
	! grep -rl "$directory" ../stage'

bash_file=$directory/stage/usr/share/bash-completion/completions/galley
# offers WORD...: what bash completes the last word to
offers() {
	PATH=$bin:/usr/bin:/bin bash --norc -c '. "$1"; shift
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
		_galley "$1"
		printf "%s\n" "${COMPREPLY[@]}"' bash "$bash_file" "$@" |
		sed '/^$/d'
}
# long_options COMMAND: what its -h lists
long_options() {
	"$bin/galley-$1" -h | grep -o '^    [^<]*--[a-z0-9-]*=\{0,1\}' |
		sed 's/.*--/--/' | sort
}
# book: a manuscript with a round and a comment, which the checks go into
book() {
	[ ! -d ../book ] || { cd ../book && return; }
	git init -q ../book && cd ../book || return
	printf -- '- [One](1.md)\n' >SUMMARY.md
	printf '# One\n\nFirst words.\n' >1.md
	git add . && git commit -qm one || return
	printf 'From: Ann <ann@example.org>\nSubject: One\n\n1.1: slow\n' \
		>post.mbox
	"$bin/galley-round" open --no-drafts &&
		"$bin/galley-collect" post.mbox
}
if command -v bash >/dev/null; then
	check 'bash completes the commands' '
		offers galley "" | sort >got
		printf "%s\n" $commands | sort | diff - got'
	check 'bash completes the options that -h lists' '
		for name in $commands; do
			offers galley $name -- | sort >got
			long_options $name | diff - got
		done'
	check 'bash completes formats' '
		offers galley export -t e | grep -x epub'
	check 'bash completes what a round can do, rounds and revisions' '
		book
		printf "%s\n" list open show close 1 | sort >wanted
		offers galley round "" | sort | diff wanted -
		[ "$(offers galley round open --at = ro)" = round/1 ]
		[ "$(offers galley list -r "")" = 1 ]
		[ "$(offers galley export ro)" = round/1 ]'
	check 'bash completes the ids of comments' '
		book
		id=$(PATH=$bin:$PATH galley-list -q)
		for name in show apply decline defer; do
			offers galley $name "" | grep -x "$(echo $id | cut -c 1-8)"
		done
		[ -z "$(offers galley list "")" ]'
	check 'bash completes the files that a command reads' '
		book
		for name in collect am; do
			offers galley $name p | grep -x post.mbox
		done
		offers galley list --chunk = 1 | grep -x 1.md'
	check 'bash completes galley-NAME and git galley' '
		set -- $commands
		offers "galley-$1" -- | grep -x -e --help -e "--[a-z-]*=*"
		bash --norc -c ". $bash_file; COMP_WORDS=(git galley ini) \
			COMP_CWORD=2; _git_galley; echo \"\${COMPREPLY[@]}\"" |
			grep -w init'
else
	skip 'bash completes' 'no bash here'
fi
zsh_file=$directory/stage/usr/share/zsh/site-functions/_galley
if command -v zsh >/dev/null; then
	check 'zsh completes the options that -h lists' '
		sed "\$d" "$zsh_file" >functions
		for name in $commands; do
			PATH=$bin:$PATH zsh -f -c ". ./functions
				__galley_options $name" >got
			grep -o "^--[a-z0-9-]*=\{0,1\}" got | sort >names
			long_options $name | diff - names
		done'
else
	skip 'zsh completes the options that -h lists' 'no zsh here'
fi

check 'make uninstall leaves nothing' '
	make_it uninstall
	find ../stage ! -type d >left && cat left && ! [ -s left ]'
finished
