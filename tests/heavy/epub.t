#!/bin/sh
# SPDX-License-Identifier: MIT
# The drafts as EPUB: what validators and reading engines say of them.
. "${0%/*}/judge.sh"

check 'there are drafts' 'ls "$drafts"/*.epub'
# a second opinion on one of them will do: of what they are made they are alike
check 'EPUBCheck 5 and 4, house rules and MuPDF find nothing' '
	nothing_said "$tools/validate-epub.sh" -s -r -2 \
		"$drafts"/japanese.epub'
check 'EPUBCheck 5, house rules and MuPDF find nothing' '
	set --
	for epub in "$drafts"/*.epub; do
		[ "$epub" = "$drafts/japanese.epub" ] || set -- "$@" "$epub"
	done
	nothing_said "$tools/validate-epub.sh" -s -r "$@"'
for epub in "$drafts"/*.epub; do
	# for an engine, these are as the others are
	case $epub in */novel.epub | */german.epub) continue ;; esac
	check "${epub##*/}: epub.js, foliate-js and MuPDF can walk through it" '
		nothing_said "$tools/readers.sh" "$epub"'
done
finished
