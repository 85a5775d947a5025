#!/bin/sh
# SPDX-License-Identifier: MIT
# Comments are declined and put off, with words for their readers.
. "${0%/*}/lib.sh"
. "$project/tests/handbook.sh"

collected() {
	cp -R "$made" "$1" && cd "$1" &&
		galley-collect "$directory/work/mail" >/dev/null
}
of() {
	galley-list -aq --from="$1"
}
handbook first
(
	cd first
	patch_by Ann round/1 foreword.md s/simplest/plainest/
	patch_by Ben round/1 foreword.md s/simplest/plainest/
	patch_by Cat round/1 foreword.md s/keepers/owners/
	patch_by Dan round/1 foreword.md 's/carry its/take its/; s/a wall/walls/'
) >mail

check 'a comment is declined with a reason, for all who said it' '
	collected declined
	galley-decline -m "it is meant
so: really" $(of Ann) >out
	grep "^$(of Ann | cut -c1-8) declined: Ann, Ben: I read it so$" out
	galley-list --state=declined -q | sort >ids
	{ of Ann; of Ben; } | sort | diff - ids
	[ $(galley-list -oq | grep -c .) = 2 ]
	galley-show $(of Ben) | grep "^State:    declined: it is meant$"
	git notes --ref=comments show $(of Ann) >note
	grep "^2026-01-02T03:04:05Z declined it is meant.nso: really$" note
	galley-apply --clean && ! grep plainest foreword.md
	git fsck --strict && [ -z "$(git status --porcelain -uno)" ]'
check 'twice is once, and it can be undone' '
	collected undone
	galley-decline -m no $(of Cat) && git rev-parse refs/notes/comments >a
	galley-decline -m no $(of Cat) && git rev-parse refs/notes/comments |
		diff a -
	galley-decline --undo $(of Cat)
	[ $(galley-list -oq --from=Cat) = $(of Cat) ]
	galley-decline -m never $(of Cat)
	galley-show $(of Cat) | grep "^State:    declined: never$"
	galley-decline -m no $(of Cat)
	galley-show $(of Cat) | grep "^State:    declined: no$"'
check 'what is put off is listed, and applied when it is named' '
	collected deferred
	galley-defer --until=spring -m "when it is warm" $(of Cat)
	galley-show $(of Cat) | grep "^State: .*until spring: when it is warm"
	galley-list -q | grep $(of Cat) && ! galley-list -oq | grep $(of Cat)
	galley-apply --clean >out && ! grep Cat out
	galley-apply $(of Cat) && grep owners foreword.md'
check 'what was declined is applied when it is named' '
	collected named
	galley-decline -m no $(of Cat) && galley-apply $(of Cat)
	grep owners foreword.md
	[ $(galley-list --state=applied -q) = $(of Cat) ]
	# and open, not declined, when that is taken out again
	GIT_COMMITTER_DATE=2026-01-03T00:00:00Z git revert --no-edit HEAD
	[ $(galley-list -oq --from=Cat) = $(of Cat) ]'
check 'in one second, what was done last counts' '
	collected second
	id=$(of Cat)
	galley-defer -m later $id && galley-apply $id
	git revert --no-edit HEAD
	[ $(galley-list -oq --from=Cat) = $id ]
	galley-defer -m later $id
	[ $(galley-list -q --state=deferred) = $id ]
	galley-decline -m no $id
	[ $(galley-list -q --state=declined) = $id ]
	galley-decline --undo $id && galley-defer -m later $id
	[ $(galley-list -q --state=deferred) = $id ]
	galley-apply $id && git revert --no-edit HEAD
	[ $(galley-list -oq --from=Cat) = $id ]'
check 'the same words are said again after what came between' '
	collected again
	id=$(of Cat)
	galley-decline -m no $id
	GIT_COMMITTER_DATE=2026-01-03T00:00:00Z galley-apply $id
	GIT_COMMITTER_DATE=2026-01-03T00:00:00Z git revert --no-edit HEAD
	[ $(galley-list -oq --from=Cat) = $id ]
	GIT_COMMITTER_DATE=2026-01-03T00:00:00Z galley-decline -m no $id
	[ $(galley-list -q --state=declined) = $id ]'
check 'what is in the text cannot be declined, and it says how to take it out' '
	collected in
	galley-apply $(of Cat)
	exits 128 galley-decline -m no $(of Cat) 2>err
	grep "^fatal: comment .$(of Cat | cut -c1-8). is in the text" err
	grep "git revert $(git rev-parse HEAD | cut -c1-8)" err'
check 'passages are decided by themselves; when all are, so is the comment' '
	collected passages && id=$(of Dan)
	galley-decline -m "one wall" $id.1 && galley-list -oq | grep $id
	exits 128 galley-decline -m no $id.9 2>err
	grep "^fatal: comment .* has 2 passages, not 9$" err
	galley-decline -m "and no" $id.2
	[ $(galley-list --state=declined -q) = $id ]
	galley-decline --undo $id.2 && galley-list -oq | grep $id
	galley-apply $id && grep "take its" foreword.md
	grep "of a wall" foreword.md
	[ $(galley-list --state=applied -q) = $id ]'
check 'decisions of two authors are joined by git notes' '
	collected one && cd .. && cp -R one two
	(cd one && galley-decline -m no $(of Cat))
	(cd two && GIT_COMMITTER_DATE=2026-01-03T00:00:00Z \
		galley-decline -m never $(of Dan))
	cd one && git fetch -q ../two refs/notes/comments:refs/notes/other
	git notes --ref=comments merge -q -s cat_sort_uniq refs/notes/other
	galley-list --state=declined -q | sort >ids
	{ of Cat; of Dan; } | sort | diff - ids
	# the later of two about one counts
	(cd ../two && GIT_COMMITTER_DATE=2026-01-04T00:00:00Z \
		galley-decline --undo $(of Cat) &&
		GIT_COMMITTER_DATE=2026-01-04T00:00:00Z \
		galley-defer -m later $(of Cat))
	git fetch -q ../two +refs/notes/comments:refs/notes/other
	git notes --ref=comments merge -q -s cat_sort_uniq refs/notes/other
	[ $(galley-list --state=deferred -q) = $(of Cat) ]'
check 'a dry run notes nothing; names come from stdin, too' '
	collected dry
	galley-list -oq | galley-decline -n -m no --stdin >out
	[ $(grep -c " declined: " out) = 4 ]
	[ -z "$(git for-each-ref refs/notes)" ]
	galley-list -oq | galley-decline -m no --stdin
	[ -z "$(galley-list -oq)" ]'
check 'misuse is told' '
	collected misuse
	exits 129 galley-decline $(of Cat) 2>err
	grep "^error: the reader will want to know why: -m$" err
	exits 129 galley-decline -m no 2>err
	exits 128 galley-decline -m no 123 2>err
	grep "is no comment" err'
finished
