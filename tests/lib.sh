# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# For tests/*.t: an empty directory of its own, no settings of whoever runs the
# test, fixed author, dates, zone and locale; TAP on stdout.
#
#	. "${0%/*}/lib.sh"
#	check 'what holds' '
#		galley-join >out && cmp out "$samples/novella.md"'
#	finished
#
# A check's script runs in a subshell, in that directory, under `set -e`: it
# holds if every command does. What it prints is shown when it does not. It
# sees the functions of the test's file.

project=$(cd "${0%/*}" && while ! [ -f Makefile ]; do cd ..; done && pwd -P)
samples=$project/samples
tools=$project/tests/tools
directory=$(mktemp -d "${TMPDIR:-/tmp}/galley-test.XXXXXX") || exit 1
: "${B:=$project/build}"
PATH=$B/bin:$PATH
trap 'leave' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

leave() {
	cd / && chmod -R u+rwx "$directory" && rm -rf "$directory"
}

HOME=$directory/.home
mkdir "$HOME" "$directory/work"
cat >"$HOME/.gitconfig" <<'END'
[user]
	name = Ada Author
	email = ada@example.org
[init]
	defaultBranch = main
[advice]
	detachedHead = false
[safe]
	directory = *
END
TZ=UTC LC_ALL=C.UTF-8 LANG=C.UTF-8 TERM=dumb COLUMNS=80
GIT_CONFIG_NOSYSTEM=1 XDG_CONFIG_HOME=$HOME/.config XDG_CACHE_HOME=$HOME/.cache
GIT_AUTHOR_NAME='Ada Author' GIT_AUTHOR_EMAIL=ada@example.org
GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL
GIT_AUTHOR_DATE='2026-01-02T03:04:05Z' GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
GIT_PAGER=cat GIT_EDITOR=: GIT_CEILING_DIRECTORIES=$directory
export project samples tools directory B PATH HOME
export TZ LC_ALL LANG TERM COLUMNS GIT_CONFIG_NOSYSTEM XDG_CONFIG_HOME
export XDG_CACHE_HOME GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME
export GIT_COMMITTER_EMAIL GIT_AUTHOR_DATE GIT_COMMITTER_DATE GIT_PAGER
export GIT_EDITOR GIT_CEILING_DIRECTORIES
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE CDPATH NO_COLOR SOURCE_DATE_EPOCH
cd "$directory/work" || exit 1

checks=0
failures=0

# check NAME SCRIPT
check() {
	checks=$((checks + 1))
	(set -e; eval "$2") >"$directory/.log" 2>&1
	# shellcheck disable=SC2181
	if [ $? = 0 ]; then
		echo "ok $checks - $1"
		return
	fi
	failures=$((failures + 1))
	echo "not ok $checks - $1"
	{	# on stderr, which prove shows
		printf '%s\n' "$2" | sed 's/^/#	/'
		sed 's/^/# /' "$directory/.log" | head -n 100
	} >&2
}

# skip NAME REASON: a check that this machine cannot make
skip() {
	checks=$((checks + 1))
	echo "ok $checks - $1 # SKIP $2"
}

# skip_all REASON: nothing here can be tested
skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

# exits STATUS COMMAND...: holds if the command ends with the status
exits() {
	wanted=$1 got=0
	shift
	"$@" || got=$?
	[ "$got" = "$wanted" ] || {
		echo "exit status $got, not $wanted: $*" >&2
		return 1
	}
}

# commands: what the Makefile lists, a line
commands() {
	sed -n '/^COMMANDS *=/{
		:more
		/\\$/{
			N
			b more
		}
		s/\\\n//g
		s/^COMMANDS *=//
		p
	}' "$project/Makefile" | xargs
}

# finished: the last line of every test
finished() {
	echo "1..$checks"
	[ "$failures" = 0 ]
	exit
}
