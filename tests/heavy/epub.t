#!/bin/sh
# SPDX-License-Identifier: MIT
# The drafts as EPUB: what validators and reading engines say of them.
. "${0%/*}/judge.sh"

check 'there are drafts' 'ls "$drafts"/*.epub'
check 'EPUBCheck 5 and 4, house rules and MuPDF find nothing' '
	nothing_said "$tools/validate-epub.sh" -s -r -2 "$drafts"/*.epub'
for epub in "$drafts"/*.epub; do
	check "${epub##*/}: epub.js, foliate-js and MuPDF can walk through it" '
		nothing_said "$tools/readers.sh" "$epub"'
done
finished
