#!/bin/sh
# SPDX-License-Identifier: MIT
# What readers said, in reading order; one of them with all that is known.
. "${0%/*}/lib.sh"
. "$project/tests/handbook.sh"

of() {
	galley-list -aq --from="$1"
}
# no COMMAND...: it fails
no() {
	! "$@"
}
# json EXPRESSION: of $_, the JSON on stdin
json() {
	expression=$1 perl -MJSON::PP -0777 -ne '
		$_ = JSON::PP->new->utf8->decode($_);
		print join(" ", eval $ENV{expression}), "\n"'
}
handbook book
cd book || exit
{
	patch_by 'Dan Late' round/1 02-stones/stones.md 's/brown paper/paper/'
	patch_by 'Cat Mid' round/2 01-water/gates.md 's/three openings/3 holes/'
	patch_by 'Ben Two' round/1 foreword.md 's/nineteen/twenty/'
	message='Plainer

Because it *is*.' patch_by 'Ann Ümlaut' round/1 foreword.md \
		's/simplest/plainest/; s/kept for a while/kept awhile/'
	patch_by 'Eve Rem' round/2 glossary.md \
		's/The great tide/{==The great tide==}{>>how great?<<}/'
} >../mail
galley-collect ../mail >../out || exit
cd ..

check 'the open ones are listed in reading order, under their chunks' '
	cd book && galley-list >list && cat list
	grep "^[0-9a-f]\{8\} \|^[0-9a-z]*[-/a-z0-9]*\.md$" list |
		sed "s/^[0-9a-f]\{8\}/id/" >got
	diff - got <<-END
		foreword.md
		id A.1  Ann Ümlaut
		id A.2  Ben Two
		01-water/gates.md
		id 2.1  Cat Mid
		02-stones/stones.md
		id 4.3  Dan Late
		glossary.md
		id E.1  Eve Rem
	END'
check 'a chunk that has another name now is listed under that, in its place' '
	cp -R book renamed && cd renamed
	git mv 02-stones/stones.md 01-water/millstones.md
	sed -i "s,02-stones/stones.md,01-water/millstones.md,; /glossary/d" \
		SUMMARY.md && git rm -q glossary.md
	echo "More of it." >>01-water/millstones.md
	git commit -qam "Another name"
	galley-list | grep "md$" >out
	printf "%s\n" foreword.md 01-water/gates.md 01-water/millstones.md \
		glossary.md | diff - out
	for chunk in 02-stones 01-water/millstones.md; do
		galley-list -q --chunk=$chunk | grep -x $(of Dan)
	done
	[ $(galley-list -q --chunk=01-water | wc -l) = 2 ]
	galley-show $(of Dan) |
		grep "^Chunk:    01-water/millstones.md (was 02-stones/stones.md)$"
	galley-list --json --from=Dan | grep "\"chunk\": .*millstones.md"
	galley-status >status
	cat status
	no grep "stones/stones.md" status
	git reset -q --hard HEAD^ && galley-list | grep -x 02-stones/stones.md'
check 'each with its words, and what was changed' '
	cd book && galley-list --from=Ben >out
	grep -F "[-nineteen-]{+twenty+}" out
	galley-list --from=Ann >out
	grep "^    (1)$" out && grep -F "[-simplest-]{+plainest+}" out
	grep "^    (2)$" out && grep "^    | Because it \*is\*.$" out
	galley-list --from=Eve >out && grep "^    > The great tide$" out'
check 'filters choose by round, chunk, reader and state' '
	cd book
	count() {
		wanted=$1
		shift
		[ $(galley-list -q "$@" | grep -c .) = $wanted ]
	}
	count 5 && count 3 -r 1 && count 2 -r 2 && count 0 -r 3
	count 2 --chunk=foreword.md && count 1 --chunk=01-water
	count 1 --chunk=01-water/ && count 0 --chunk=01-wat
	count 1 --from=CAT && count 1 --from=ben.two@ && count 5 --state=open
	count 0 --state=applied && count 5 -a && count 5 -o
	exits 129 galley-list --state=lost 2>err && grep "no state named" err
	exits 129 galley-list -q --json
	exits 129 galley-list $(of Ben) 2>err && grep "galley show" err'
check 'for programs, as JSON' '
	cd book && galley-list --json >out
	[ "$(json "map { \$_->{label} } @\$_" <out)" = "A.1 A.2 2.1 4.3 E.1" ]
	[ "$(json "map { \$_->{kind} } @\$_" <out)" = \
		"edit edit edit edit remark" ]
	[ "$(json "scalar @{\$_->[0]{passages}}" <out)" = 2 ]
	json "\$_->[1]{passages}[0]{new}" <out | grep "for twenty years"
	json "map { values %\$_ } @{\$_->[1]{passages}[0]{parts}}" <out |
		grep "nineteen *twenty"
	galley-show --json $(of Ben) >one
	[ "$(json "\$_->[0]{date}" <one)" = 2026-02-14T08:00:00Z ]'
check 'one is shown with all that is known' '
	cd book && galley-show $(of Cat) >out && sed -n 1,6p out >head
	diff - head <<-END
		edit $(of Cat)
		From:     Cat Mid <cat.mid@example.net>
		Date:     Sat, 14 Feb 2026 09:00:00 +0100
		Round:    2
		Chunk:    01-water/gates.md
		Label:    2.1
	END
	grep "^State:    open$" out
	grep "^It fits the text as it is now: 01-water/gates.md:3$" out
	galley-show $(of Ann) >out
	grep "^It does not fit: foreword.md:[0-9]*: " out
	galley-show $(of Ann | cut -c1-6).1 >out
	grep -F "{+plainest+}" out && ! grep -F "{+awhile+}" out
	grep "^It fits the text as it is now: foreword.md:3$" out
	galley-show $(of Ann) $(of Ben) >out && [ $(grep -c ^edit out) = 2 ]
	exits 128 galley-show --mail $(of Ann) 2>err
	grep "was not kept: it could be placed" err
	exits 129 galley-show'
check 'where nothing was said, nothing is listed' '
	cp -R "$made" none && cd none && galley-list >out && [ ! -s out ]
	[ "$(galley-list --json)" = "[]" ]'
check 'it is listed in a bare repository, and below a folder' '
	git clone -q --mirror book bare
	cd book && galley-list >../list && cd ../bare
	galley-list | diff ../list -
	cd ../book/01-water && [ $(galley-list -q | grep -c .) = 5 ]'
check 'a part of an id that is shared says so' '
	cd book && exits 128 galley-show abc 2>err && grep "no comment.s id" err'
if command -v script >/dev/null; then
	check 'in a terminal no line of words is wider than that' '
		cp -R book wide && cd wide
		{
			printf "From: Fay <f@example.org>\nSubject: x\n\n> "
			sed -n 3,6p foreword.md | tr "\n" " "
			printf "\n\nI should like to hear more about the ponds, "
			printf "and about the sea, which has no floor.\n"
		} >../fay
		for command in "collect ../fay" list "show \$(galley list -q \
			--from=Fay)"; do
			COLUMNS=40 script -qec "galley $command" /dev/null |
				tr -d "\r" >out
			cat out
			perl -CSD -ne "exit 1 if /^    / && length > 41" out
		done
		grep "^    > .*[a-z]$" out && ! grep "^I should like" out'
fi
finished
