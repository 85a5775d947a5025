#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# fetch.sh: gets the npm packages that the tools beside it need, by their lock
# files, into EBOOK_TOOLS_CACHE. There already: a few milliseconds.
# Exit status: 0 all there, 3 not to be had.
. "$(dirname -- "$0")/common.sh"
for group in core ace readers; do
	need_npm $group
done
