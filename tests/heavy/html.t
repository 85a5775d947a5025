#!/bin/sh
# SPDX-License-Identifier: MIT
# The drafts as page and site: Nu, links, and axe in Chromium.
. "${0%/*}/judge.sh"

# some_pages SITE: the first pages, the last, and some between, for a browser
# takes seconds for each
some_pages() {
	find "$1" -name '*.html' | sort | awk '
		{ page[NR] = $0 }
		END {
			step = NR > 12 ? int(NR / 6) : 1
			for (i = 1; i <= NR; i += step)
				print page[i]
			if ((NR - 1) % step)
				print page[NR]
		}'
}

check 'there are drafts' 'ls "$drafts"/*.html "$drafts"/*-site/index.html'
for site in "$drafts"/*-site; do
	check "${site##*/}: Nu and all links: nothing" '
		nothing_said "$tools/validate-html.sh" -f "$site"'
	check "${site##*/}: a browser finds nothing" '
		some_pages "$site" >pages
		nothing_said xargs "$tools/validate-html.sh" <pages'
done
for page in "$drafts"/*.html; do
	check "${page##*/}: one page: nothing" '
		nothing_said "$tools/validate-html.sh" "$page"'
done
finished
