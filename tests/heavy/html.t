#!/bin/sh
# SPDX-License-Identifier: MIT
# The drafts as page and site: Nu, links, and axe in Chromium.
. "${0%/*}/judge.sh"

# some_pages SITE...: as few pages as have between them all that there is:
# every element with each of its classes, and every language. A browser takes
# seconds for each page, and most are made of the same things.
some_pages() {
	find "$@" -name '*.html' | sort | xargs perl -0777 -ne '
		$of{$ARGV}{/(<html lang="[^"]*")/ ? $1 : ""} = 1;
		$of{$ARGV}{"$1 " . ($2 // "")} = 1
			while /<([a-z0-9]+)(?:[^>]*?\sclass="([^"]*)")?/g;
		END {
			for (;;) {
				my %new = map {
					$_ => scalar grep !$seen{$_},
						keys %{$of{$_}}
				} keys %of;
				my ($most) = sort {
					$new{$b} <=> $new{$a} || $a cmp $b
				} keys %new;
				last unless $most && $new{$most};
				print "$most\n";
				$seen{$_} = 1 for keys %{delete $of{$most}};
			}
		}'
}

check 'there are drafts' 'ls "$drafts"/*.html "$drafts"/*-site/index.html'
check 'Nu and all links: nothing' '
	nothing_said "$tools/validate-html.sh" -f "$drafts"/*.html \
		"$drafts"/*-site'
# as one page a book has no other things in it, only more of them
check 'a browser finds nothing' '
	some_pages "$drafts"/*-site >pages
	[ "$(wc -l <pages)" -ge 15 ]
	nothing_said xargs "$tools/validate-html.sh" -b \
		"$drafts"/handbook.html "$drafts"/arabic.html <pages'
finished
