#!/bin/sh
# SPDX-License-Identifier: MIT
# What every source file must be: licensed, in its layer, a header whole.
. "${0%/*}/lib.sh"
cd "$project" || exit 1

files() {
	git ls-files -- "$@" 2>/dev/null || find "$@" -type f
}

flags=$(sed -n 's/^PACKAGE_CFLAGS = //p' "$B/packages.mk")

# compiles_alone FOLDER LAYER...: the folder's headers, each by itself and twice
compiles_alone() {
	folder=$1 bad=0
	shift
	for header in "$folder"/*.h; do
		[ -e "$header" ] || continue
		printf '#include "%s"\n#include "%s"\n' "${header##*/}" \
			"${header##*/}" >"$directory/alone.c"
		# shellcheck disable=SC2046,SC2086
		${CC:-cc} -std=c17 -D_POSIX_C_SOURCE=200809L -fsyntax-only \
			-Wall -Wextra -Wpedantic -Werror $flags \
			$(printf ' -iquote %s' "$@") "$directory/alone.c" || bad=1
	done
	return $bad
}
check 'headers of lib compile by themselves' 'compiles_alone lib lib'
check 'headers of formats compile by themselves' '
	compiles_alone formats lib formats'
check 'headers of cmd compile by themselves' '
	compiles_alone cmd lib formats cmd'

# no_include FOLDER LAYER...: nothing there includes a file of these layers
no_include() {
	folder=$1
	shift
	for layer; do
		for header in "$layer"/*.h; do
			[ -e "$header" ] || continue
			! grep -nE "^[[:space:]]*#[[:space:]]*include[[:space:]]+\"(.*/)?${header##*/}\"" \
				"$folder"/*.c "$folder"/*.h /dev/null || return 1
		done
	done
}
check 'lib includes nothing of formats or cmd' 'no_include lib formats cmd'
check 'formats include nothing of cmd' 'no_include formats cmd'
check 'git is known to lib alone' '
	! grep -ln "<git2" formats/*.[ch] cmd/*.[ch]'
check 'lib neither prints, exits nor reads the environment' '
	! grep -nwE "(f?printf|puts|putchar|exit|getenv|setlocale|perror) ?\(" \
		lib/*.c'

check 'every source says its licence' '
	files cmd lib formats tests samples Makefile .ci |
	grep -E "(\.[chst]|\.sh|\.bash|\.py|\.c?js|\.mjs|Makefile|/run|/_galley|\.[1-9])$" |
	while read -r file; do
		[ ! -f "$file" ] || head -n 3 "$file" |
			grep -q "SPDX-License-Identifier: MIT" || echo "$file"
	done >"$directory/bare" &&
	cat "$directory/bare" && ! [ -s "$directory/bare" ]'
finished
