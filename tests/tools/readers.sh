#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# readers.sh [-c] FILE.epub...
#
# Opens each EPUB in independent reading engines and walks through it: epub.js 0.3.93 and foliate-js
# in Chromium (every spine item must show text or a picture, every table-of-contents entry must lead
# somewhere, no script errors, no requests to the network), MuPDF (layout and outline), and with -c
# also calibre's parser. Silent when clean.
# Exit status: 0 clean, 1 findings, 2 usage, 3 tool trouble.
. "$(dirname -- "$0")/common.sh"

calibre=0
while getopts ch opt; do
	case $opt in
	c) calibre=1 ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || usage_error 'no EPUB given'
for f; do [ -r "$f" ] || usage_error "cannot read $f"; done

need mutool mupdf-tools
need_npm readers
need_chromium
[ $calibre = 0 ] || need ebook-convert calibre
make_work_dir

status=0
fail() { echo "$*"; [ $status = 3 ] || status=1; }
for f; do
	for r in epubjs foliate; do
		for try in 1 2; do # a browser that breaks is started once more
			rc=0
			NODE_PATH=$npm_dir/node_modules node "$tools_dir/lib/readers.cjs" walk "$r" "$f" >"$work_dir/log" 2>&1 || rc=$?
			[ $rc -gt 1 ] || break
		done
		if [ $rc = 1 ]; then fail "$(sed "s|^|$f: $r: |" "$work_dir/log")"; fi
		if [ $rc -gt 1 ]; then echo "$f: $r broke: $(tail -n 3 "$work_dir/log")"; status=3; fi
	done
	if ! mutool run "$tools_dir/lib/mupdf-outline.js" "$f" >"$work_dir/outline" 2>"$work_dir/log"; then
		fail "$f: MuPDF cannot open it: $(grep -m1 '^error' "$work_dir/log" || :)"
	elif [ "$(sed -n 's/^outline //p' "$work_dir/outline")" = 0 ]; then
		fail "$f: MuPDF shows no outline (no NCX?)"
	fi
	if [ $calibre = 1 ] && ! QTWEBENGINE_CHROMIUM_FLAGS=--no-sandbox ebook-convert "$f" "$work_dir/c.txt" >"$work_dir/log" 2>&1; then
		fail "$f: calibre cannot convert it: $(tail -n 1 "$work_dir/log")"
	fi
done
exit $status
