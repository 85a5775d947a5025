#!/bin/sh
# SPDX-License-Identifier: MIT
# The drafts as page and site: Nu, links, and axe in Chromium.
. "${0%/*}/judge.sh"

# some_pages SITE: the first page, the last, and of the others in their order
# those that have an element of a class that none before has: a browser takes
# seconds for each, and most chapters are made of the same things
some_pages() {
	find "$1" -name '*.html' | sort | xargs perl -0777 -ne '
		my $new = $ARGV =~ /index\.html$/;
		$new |= !$seen{"$1 " . ($2 // "")}++
			while /<([a-z0-9]+)(?:[^>]*?\sclass="([^"]*)")?/g;
		push @{$new ? \@taken : \@left}, $ARGV;
		END { print "$_\n" for @taken, $left[-1] // () }'
}

check 'there are drafts' 'ls "$drafts"/*.html "$drafts"/*-site/index.html'
check 'Nu and all links: nothing' '
	nothing_said "$tools/validate-html.sh" -f "$drafts"/*.html \
		"$drafts"/*-site'
for site in "$drafts"/*-site; do
	check "${site##*/}: a browser finds nothing" '
		some_pages "$site" >pages
		nothing_said xargs "$tools/validate-html.sh" -b <pages'
done
# as one page a novel has no other things in it, only more of them
for page in "$drafts"/*.html; do
	case $page in */novel.html) continue ;; esac
	check "${page##*/}: one page: a browser finds nothing" '
		nothing_said "$tools/validate-html.sh" -b "$page"'
done
finished
