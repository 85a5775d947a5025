#!/bin/sh
# SPDX-License-Identifier: MIT
# Books whose lines run down, in Chromium: the page scrolls to the left, and all
# that readers do with it works as in others.
. "${0%/*}/judge.sh"

scenes vertical.cjs "$drafts"
