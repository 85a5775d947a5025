# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# For tests that need a disk that is full, a folder that cannot be written, and
# proof that a command that failed left everything as it was. After lib.sh:
#
#	. "$tools/failing.sh"
#	if namespaces; then
#		check 'a full disk is fatal' '
#			small_disk out 64 "exits 128 galley-export -o out/book.epub"'
#	else
#		skip 'a full disk is fatal' "$no_namespaces"
#	fi
#
# Scripts run under `set -e` in a mount namespace of their own, so that nothing
# of it is seen, or left, outside. Root or not, no file needs to be put back.

no_namespaces='no mount namespaces here'

# How a mount namespace is had: as root, or as root of a user namespace.
if unshare -m true 2>/dev/null; then
	unshare_how=-m
elif unshare -Urm true 2>/dev/null; then
	unshare_how=-Urm
else
	unshare_how=
fi

namespaces() {
	[ "$unshare_how" ] && unshare "$unshare_how" sh -c '
		mkdir -p "$1" && mount -t tmpfs none "$1"' sh "$directory/.probe" \
		2>/dev/null
}

# exits as in lib.sh, for shells that did not read it
inside='exits() {
	wanted=$1 got=0
	shift
	"$@" || got=$?
	[ "$got" = "$wanted" ] || {
		echo "exit status $got, not $wanted: $*" >&2
		return 1
	}
}'

# small_disk FOLDER KIB SCRIPT: FOLDER is a disk of that size, with what was in
# the folder on it
small_disk() {
	mkdir -p "$1"
	unshare "$unshare_how" sh -e -c "$inside"'
		mount -t tmpfs -o "size=$2k" none "$directory/.disk"
		cp -a "$1/." "$directory/.disk"
		mount --bind "$directory/.disk" "$1"
		at=$PWD
		cd / && cd "$at"
		eval "$3"' sh "$(cd "$1" && pwd -P)" "$2" "$3"
}

# read_only FOLDER SCRIPT: nothing in FOLDER can be written, by root either
read_only() {
	unshare "$unshare_how" sh -e -c "$inside"'
		mount --bind "$1" "$1"
		mount -o remount,bind,ro "$1"
		at=$PWD
		cd / && cd "$at"
		eval "$2"' sh "$(cd "$1" && pwd -P)" "$2"
}
mkdir -p "$directory/.disk"

# state FOLDER: all that people see of a repository: its files, what is staged
# and committed, and that git finds nothing wrong. Objects that nothing refers
# to are git's to sweep.
state() (
	cd "$1" || exit
	find . -path ./.git/objects -prune -o -path ./.git/index -prune -o \
		-type f -exec sha1sum {} + | sort -k 2
	find . -path ./.git/objects -prune -o ! -type f -print | sort
	git -c core.fsmonitor=false status --porcelain --ignored
	git for-each-ref
	git fsck --no-dangling 2>&1
)

# unharmed FOLDER SCRIPT: SCRIPT holds, and leaves the repository as it was
unharmed() {
	state "$1" >"$directory/before" || return
	(set -e; eval "$2") || return
	state "$1" >"$directory/after" || return
	diff "$directory/before" "$directory/after"
}

# nothing_beside FILE...: FILE is not there, nor is a part of it beside it
nothing_beside() {
	for nothing; do
		set -- "$nothing"*
		! [ -e "$1" ] || {
			echo "left behind: $*" >&2
			return 1
		}
	done
}
