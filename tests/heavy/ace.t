#!/bin/sh
# SPDX-License-Identifier: MIT
# The drafts as EPUB: can everybody read them? Ace by DAISY.
. "${0%/*}/judge.sh"

check 'there are drafts' 'ls "$drafts"/*.epub'
# the novel has nothing of its own; the German one is the English one for it
for epub in "$drafts"/short/*.epub "$drafts"/handbook.epub \
	"$drafts"/japanese.epub "$drafts"/arabic.epub; do
	check "${epub##*/}: Ace finds nothing" '
		nothing_said "$tools/ace.sh" "$epub"'
done
finished
