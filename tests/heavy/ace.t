#!/bin/sh
# SPDX-License-Identifier: MIT
# The drafts as EPUB: can everybody read them? Ace by DAISY.
. "${0%/*}/judge.sh"

check 'there are drafts' 'ls "$drafts"/*.epub'
for epub in "$drafts"/*.epub "$drafts"/short/*.epub; do
	[ "$epub" != "$drafts/novel.epub" ] || continue # its start will do
	check "${epub##*/}: Ace finds nothing" '
		nothing_said "$tools/ace.sh" "$epub"'
done
finished
