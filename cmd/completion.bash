# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# Completion of galley, git galley and galley-NAME for bash. Commands are those
# on the PATH, options are what their -h says: nothing here grows old.

__galley_commands() {
	compgen -c galley- | sed 's/^galley-//' | sort -u
}

# __galley_options COMMAND: its options, those with a value ending in "="
__galley_options() {
	"galley-$1" -h 2>/dev/null | awk '/^    -/ {
		for (i = 1; $i ~ /^-/; i++) {
			sub(/,$/, "", $i)
			sub(/=<.*/, "=", $i)
			print $i
		}
	}'
}

# __galley_values COMMAND OPTION: the words that its synopsis offers, as in
# "[-t epub|html]", by either name of the option
__galley_values() {
	"galley-$1" -h 2>/dev/null | awk -v option="$2" '
	/^usage:|^   or:/ { synopsis = synopsis " " $0 }
	/^    -/ {
		split("", names)
		same = 0
		for (i = 1; $i ~ /^-/; i++) {
			sub(/[,=].*/, "", $i)
			names[i] = $i
			if ($i == option)
				same = 1
		}
		for (i in names)
			if (same)
				all[names[i]]
	}
	END {
		all[option]
		n = split(synopsis, words, /[][ =]+/)
		for (i = 1; i < n; i++)
			if (words[i] in all && words[i + 1] ~ /[|]/) {
				gsub(/[|]/, "\n", words[i + 1])
				print words[i + 1]
				exit
			}
	}'
}

# __galley_value COMMAND OPTION: what its value is called: "round" of
# "-r, --round=<round>"
__galley_value() {
	"galley-$1" -h 2>/dev/null | awk -v option="$2" '/^    -/ {
		for (i = 1; $i ~ /^-/; i++) {
			sub(/,$/, "", $i)
			name = $i
			sub(/=.*/, "", name)
			if (name != option || !match($0, /<[a-z]+>/))
				continue
			print substr($0, RSTART + 1, RLENGTH - 2)
			exit
		}
	}'
}

# __galley_synopsis COMMAND: its lines, without options that have a value
__galley_synopsis() {
	"galley-$1" -h 2>/dev/null | sed -nE '/^(usage:|   or:)/{
		s/--?[A-Za-z-]+[ =]<[a-z]+>//g
		p
	}'
}

# __galley_offered KIND: all there are of what a synopsis calls <rev>, <round>
# or <comment>
__galley_offered() {
	case $1 in
	rev)
		echo HEAD
		git for-each-ref --format='%(refname:short)' \
			refs/heads refs/tags 2>/dev/null
		;;
	round)
		git for-each-ref --format='%(refname:lstrip=3)' \
			refs/tags/round 2>/dev/null
		;;
	comment)
		galley-list -a -q 2>/dev/null | cut -c 1-8
		;;
	esac
}

# __galley_add WORDS: those of them that fit what is typed at the cursor
__galley_add() {
	mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -W "$1" -- "$cur")
}

__galley_files() {
	mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$cur")
	compopt -o filenames 2>/dev/null
}

# __galley_argument COMMAND FIRST: what its synopsis says; FIRST: no argument
# stands before it
__galley_argument() {
	local synopsis kind files=

	synopsis=$(__galley_synopsis "$1")
	# "galley-round show": a word of its own
	[[ ! $2 ]] || __galley_add "$(
		sed -nE "s/.*galley-$1 \\[?([a-z]+).*/\\1/p" <<<"$synopsis")"
	for kind in $(grep -oE '<[a-z]+>' <<<"$synopsis" | tr -d '<>' |
		sort -u); do
		case $kind in
		round | comment | name) ;;
		*) files=yes ;;
		esac
		__galley_add "$(__galley_offered "$kind")"
	done
	[[ ! $files ]] || __galley_files
}

# __galley_complete COMMAND AT: what may stand at the cursor; AT: where the
# command stands
__galley_complete() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
	local words kind

	COMPREPLY=()
	# bash cuts --name=value into three words
	if [[ $cur == = ]]; then
		cur=
	elif [[ $prev == = ]]; then
		prev=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	if [[ $prev == -* ]]; then
		words=$(__galley_values "$1" "$prev")
		kind=$(__galley_value "$1" "$prev")
		__galley_add "${words:-$(__galley_offered "$kind")}"
		case $kind in
		file | path | folder) __galley_files ;;
		esac
		[[ ! $words$kind ]] || return
	fi
	if [[ $cur == -* ]]; then
		__galley_add "$(__galley_options "$1")"
		[[ ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null
		return
	fi
	if ((COMP_CWORD == $2 + 1)); then
		__galley_argument "$1" first
	else
		__galley_argument "$1" ''
	fi
}

__galley_after() {
	local at=$1

	if ((COMP_CWORD == at)); then
		mapfile -t COMPREPLY < <(compgen -W "$(__galley_commands)" -- \
			"${COMP_WORDS[at]}")
	elif type "galley-${COMP_WORDS[at]}" >/dev/null 2>&1; then
		__galley_complete "${COMP_WORDS[at]}" "$at"
	fi
}

_galley() {
	local name=${1##*/}

	case $name in
	galley) __galley_after 1 ;;
	galley-*) __galley_complete "${name#galley-}" 0 ;;
	esac
}

# git's own completion calls this for `git galley`
_git_galley() {
	__galley_after 2
}

# shellcheck disable=SC2046
complete -F _galley galley $(compgen -c galley- | sort -u)
