#!/bin/sh
# SPDX-License-Identifier: MIT
# A reader who comes back: the place where they were, what they have read, what
# is new since; at their size of text, by keys alone, and with axe as the judge
# of every state.
. "${0%/*}/judge.sh"

scenes reading.cjs "$drafts"
