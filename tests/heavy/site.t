#!/bin/sh
# SPDX-License-Identifier: MIT
# The drafts in Chromium as their readers use them: search, notes, colours,
# keys, places, without scripts, without a network.
. "${0%/*}/judge.sh"

# The helpers for tools are bash's.
use_browser() {
	bash -c '. "$tools/common.sh" && need_npm core && need_chromium &&
		NODE_PATH=$npm_dir/node_modules exec node "$@"' - "$@"
}

for scene in notes search search-from-file keys look place no-script requests \
	select print phone; do
	check "site: $scene" '
		use_browser "$project/tests/heavy/site.cjs" "$scene" \
			"$drafts/the-tide-table-site"'
done
for scene in page-notes page-search page-labels requests select; do
	check "page: $scene" '
		use_browser "$project/tests/heavy/site.cjs" "$scene" \
			"$drafts/the-tide-table.html"'
done
check 'a novel is searched in less than a tenth of a second' '
	use_browser "$project/tests/heavy/site.cjs" search-speed \
		"$drafts/novel-site"'
finished
