#!/bin/sh
# SPDX-License-Identifier: MIT
# Each command's page says what the command says, and mandoc has no complaint.
. "${0%/*}/lib.sh"

commands=$(commands)
[ "$commands" ] || skip_all 'no commands yet'
command -v mandoc >/dev/null || skip_all 'no mandoc here'

# shown PAGE: as a terminal shows it, without overstriking, on endless lines
shown() {
	mandoc -T utf8 -O width=200,indent=0 "$1" | sed "s/.$(printf '\b')//g"
}

# section NAME: that section of what comes in, white space folded
section() {
	awk -v name="$1" '
	/^[A-Z]/ { inside = $0 == name; next }
	inside { printf "%s ", $0 }' | fold_space
}

# -h has <file> where a page has it underlined, and "a | b" may be spaced
fold_space() {
	tr -s ' \n' ' ' | sed 's/^ //; s/ $//; s/ *| */|/g; s/[<>]//g'
}

# synopsis_of_help COMMAND: the lines "usage: ..." and "or: ..." as one
synopsis_of_help() {
	"galley-$1" -h | sed -n '
		s/^usage: //p
		s/^   or: //p' | fold_space
}

# plain: mandoc's argument brackets and non-breaking things as -h has them
plain() {
	sed 's/⟨/</g; s/⟩/>/g; s/\xc2\xa0/ /g; s/‐/-/g; s/−/-/g'
}

for name in $commands; do
	page=$project/cmd/$name.1
	check "galley-$name: the page's synopsis is that of -h" '
		shown "$page" | plain | section SYNOPSIS >page
		synopsis_of_help $name >help
		diff help page'
	check "galley-$name: every option is in the page" '
		shown "$page" | plain >page
		galley-$name -h | awk "/^    -/ {
			for (i = 1; \$i ~ /^-/; i++) {
				sub(/,\$/, \"\", \$i); sub(/=.*/, \"\", \$i)
				print \$i
			}
		}" >options
		while read -r option; do
			grep -qE "(^|[^[:alnum:]-])$option([^[:alnum:]-]|$)" page ||
				{ echo "not in the page: $option"; exit 1; }
		done <options'
	check "galley-$name: no option is in the page alone" '
		{ galley-$name -h; echo "-h --help"; } |
			tr -s " ,[]=|<>" "\n" | grep "^-" | sort -u >help
		shown "$page" | plain | grep -E "^ +-" | tr -s " ,=" "\n" |
			grep -E "^--?[[:alnum:]]" >options || :
		while read -r option; do
			grep -qxe "$option" help ||
				{ echo "only in the page: $option"; exit 1; }
		done <options'
	check "galley-$name: a page says how the command ends" '
		grep -q "^\.Sh EXIT STATUS" "$page" && grep -q "^\.Sh EXAMPLES" "$page"'
done
for page in "$project"/cmd/*.1; do
	check "${page##*/}: mandoc finds nothing" '
		mandoc -T lint -W warning "$page"'
	check "${page##*/}: links lead to pages that are there" '
		grep -oE "Xr galley-[a-z-]+ 1" "$page" | while read -r _ to _; do
			[ -f "$project/cmd/${to#galley-}.1" ] ||
				{ echo "no page $to"; exit 1; }
		done'
done
check 'README.md has every command in its table' '
	for name in $commands; do
		grep -qE "^\|.*\`(galley )?$name\`.*\|" "$project/README.md" ||
			{ echo "not in it: $name"; exit 1; }
	done'
check 'galley.1 lists every command' '
	for name in $commands; do
		grep -q "galley-$name 1" "$project/cmd/galley.1" ||
			{ echo "not listed: $name"; exit 1; }
	done'
finished
