#!/bin/sh
# SPDX-License-Identifier: MIT
# Redlines as page, site and e-book: what validators say, and the law.
. "${0%/*}/judge.sh"

cp -r "$samples/handbook" book && cd book && git init -q . && git add . &&
	git commit -qm one && git tag -a -m 'Round 1' round/1 &&
	sh "$tools/second-draft.sh" && git commit -qm two &&
	git tag -a -m 'Round 2' round/2 || exit 1
cd ..

check 'there are redlines' '
	cd book && galley-redline -t html -o ../redline.html 1 2 &&
	galley-redline -t epub -o ../redline.epub 1 2 &&
	galley-redline -t epub --changed -o ../changed.epub 1 2 &&
	galley-redline -t epub -o ../back.epub 2 1 &&
	galley-redline -t site --changed -o ../redline-site 1 2'
# a chapter of several files, of which some hold only what was cut
mkdir long && cd long && git init -q . || exit 1
printf '[book]\n\ttitle = Long\n\tauthor = Ada Author\n' >galley.conf
printf -- '- [One](one.md)\n' >SUMMARY.md
perl -e 'srand 1; print "# One\n\n";
	for my $i (1 .. 4000) {
		print join(" ", map { "word" . int rand 5000 } 1 .. 30);
		print $i % 20 ? ".\n\n" : ".[^$i]\n\n[^$i]: Note $i.\n\n";
	}' >one.md
git add . && git commit -qm one && git tag one || exit 1
perl -0pi -e '@p = split /\n\n/; @cut = splice @p, 900, 2500;
	$_ = join("\n\n", @p, @cut[100, 600, 1100]) . "\n"' one.md
cd ..
check 'a long one, of which most was cut' '
	cd long && galley-redline -t epub -o ../long.epub one'
check 'EPUBCheck and house rules find nothing' '
	nothing_said "$tools/validate-epub.sh" -s redline.epub changed.epub \
		back.epub long.epub'
check 'Nu and all links: nothing' '
	nothing_said "$tools/validate-html.sh" -f redline.html redline-site'
check 'a browser finds nothing' '
	nothing_said "$tools/validate-html.sh" -b \
		redline-site/grinding.html redline-site/gates.html'
finished
