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

# __galley_complete COMMAND: what may stand at the cursor
__galley_complete() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
	local words

	# bash cuts --name=value into three words
	if [[ $cur == = ]]; then
		cur=
	elif [[ $prev == = ]]; then
		prev=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	if [[ $prev == -* ]]; then
		words=$(__galley_values "$1" "$prev")
		if [[ $words ]]; then
			mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
			return
		fi
	fi
	if [[ $cur == -* ]]; then
		mapfile -t COMPREPLY < <(
			compgen -W "$(__galley_options "$1")" -- "$cur")
		[[ ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null
		return
	fi
	mapfile -t COMPREPLY < <(compgen -f -- "$cur")
	if "galley-$1" -h 2>/dev/null | grep -q '<rev>'; then
		words=$(git for-each-ref --format='%(refname:short)' \
			refs/heads refs/tags 2>/dev/null)
		mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(
			compgen -W "$words HEAD" -- "$cur")
	fi
	compopt -o filenames 2>/dev/null
}

__galley_after() {
	local at=$1

	if ((COMP_CWORD == at)); then
		mapfile -t COMPREPLY < <(compgen -W "$(__galley_commands)" -- \
			"${COMP_WORDS[at]}")
	elif type "galley-${COMP_WORDS[at]}" >/dev/null 2>&1; then
		__galley_complete "${COMP_WORDS[at]}"
	fi
}

_galley() {
	case ${1##*/} in
	galley) __galley_after 1 ;;
	galley-*) __galley_complete "${1##*/galley-}" ;;
	esac
}

# git's own completion calls this for `git galley`
_git_galley() {
	__galley_after 2
}

# shellcheck disable=SC2046
complete -F _galley galley $(compgen -c galley- | sort -u)
