# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# For tests/heavy/*.t: the drafts that drafts.sh made, and how they are judged.
. "${0%/*}/../lib.sh"
: "${drafts:=$B/drafts}"
[ -d "$drafts" ] || skip_all 'no drafts; make check-drafts makes them'

# nothing_said COMMAND...: nothing found, and nothing said
nothing_said() {
	exits 0 "$@" >said 2>&1 && ! [ -s said ] || {
		head -n 50 said
		return 1
	}
}

# scenes SCRIPT.cjs ARGUMENT...: scenes in Chromium, which tell TAP themselves;
# ends the test. The helpers for tools are bash's.
scenes() {
	status=0
	bash -c '. "$tools/common.sh" && need_npm core && need_chromium &&
		NODE_PATH=$npm_dir/node_modules exec node "$@"' - \
		"$project/tests/heavy/$1" "$2" || status=$?
	exit "$status"
}
