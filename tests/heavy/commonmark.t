#!/bin/sh
# SPDX-License-Identifier: MIT
# The examples of the CommonMark specification, as Debian's goldmark has them.
. "${0%/*}/../lib.sh"
spec=/usr/share/gocode/src/github.com/yuin/goldmark/_test/spec.json
[ -f "$spec" ] || skip_all 'no golang-github-yuin-goldmark-dev'

check 'the specification, but for the exceptions listed' '
	perl "$tools/commonmark.pl" "$spec" "$B/tests/tools/markdown_html" \
		"$project/tests/heavy/commonmark.exceptions"'
finished
