#!/bin/sh
# SPDX-License-Identifier: MIT
# The drafts in Chromium as their readers use them: search, notes, colours,
# keys, places, without scripts, without a network.
. "${0%/*}/judge.sh"

scenes site.cjs "$drafts"
