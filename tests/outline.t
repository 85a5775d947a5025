#!/bin/sh
# SPDX-License-Identifier: MIT
# galley outline shows the chapters with the words that readers see.
. "${0%/*}/lib.sh"

check 'a manuscript to look at' '
	git init -q book && cd book
	printf "[book]\n\ttitle = Fog\n\tauthor = A. W.\n" >galley.conf
	printf "# Summary\n\n[Before](b.md)\n\n# One\n\n- [Words](w.md)\n" \
		>SUMMARY.md
	printf "\t- [Gone](gone.md)\n- [Later]()\n\n[After](a.txt)\n" \
		>>SUMMARY.md
	echo "**Three** [words](http://example.org/) here" >b.md
	printf "# Title\n\nA note[^1] <!-- not this -->\n\n[^1]: of words\n" >w.md
	echo "one — two" >a.txt
	git add . && git commit -qm 1 && git tag -am 1 round/1'
check 'the tree, words, minutes, totals' '
	cd book && galley-outline >out
	diff - out <<-"END"
	Fog, by A. W.

	Before                            3     1 min
	One
	  Words                           5     1 min
	    Gone                    missing  gone.md
	  Later                     planned
	After                             2     1 min

	10 words, 1 min, 4 chunks, 1 planned, 1 missing
	END'
check 'a revision is read without touching the work tree; bare too' '
	cd book && galley-outline round/1 >then
	echo more words >>b.md && galley-outline | grep "^12 words"
	galley-outline round/1 | diff then -
	git checkout -q b.md && git clone -q --bare . ../bare.git
	cd ../bare.git && galley-outline | diff ../book/then -'
check '--json says the same to programs' '
	cd book && galley-outline --json >out.json
	[ "$(perl -MJSON::PP -0ne "
		\$d = decode_json(\$_);
		print join q( ), \$d->{title}, \$d->{words}, \$d->{round},
			scalar @{\$d->{entries}}, \$d->{entries}[3]{missing},
			\$d->{entries}[2]{path}" out.json)" = \
		"Fog 10 1 6 1 w.md" ]
	rm out.json'
check 'without an outline, what git tracks' '
	git init -q plain && cd plain && echo one two >02-the-fog.md
	git add . && galley-outline | grep "^The fog  *2 "'
check 'titles cannot play with the terminal' '
	git init -q evil && cd evil
	printf -- "- [a\033[31m\342\200\256b](x.md)\n" >SUMMARY.md
	galley-outline >out && ! grep "$(printf "\033")" out
	! grep "$(printf "\342\200\256")" out'
check 'no repository, no revision, misuse' '
	exits 128 galley-outline 2>err && grep "^fatal: no git repository" err
	cd book && exits 128 galley-outline nosuch 2>err
	grep "^fatal: no revision .nosuch." err
	exits 129 galley-outline a b 2>err'
finished
