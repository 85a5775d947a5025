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
	check 'bash completes galley-NAME and git galley' '
		set -- $commands
		offers "galley-$1" -- >/dev/null
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
