#!/bin/sh
# SPDX-License-Identifier: MIT
# What waits, since when, and how long answers took.
. "${0%/*}/lib.sh"
. "$project/tests/handbook.sh"

# at DATE COMMAND...: the author does something then
at() (
	GIT_COMMITTER_DATE=$1
	export GIT_COMMITTER_DATE
	shift
	"$@"
)
# says NAME DATE FILE SED [ROUND]: a reader's patch is collected
says() {
	when=$2 patch_by "$1" "round/${5:-2}" "$3" "$4" | galley-collect -q
}
# value EXPRESSION [FILE]: of the JSON, as $_
value() {
	expression=$1 perl -MJSON::PP -0777 -ne '
		$_ = JSON::PP->new->utf8->decode($_);
		my @v = eval $ENV{expression};
		die $@ if $@;
		print join(" ", map { defined ? $_ : "null" } @v), "\n"' \
		"${2:-json}"
}
handbook book

check 'an empty round says so, and waits for nobody' '
	cd book
	at 2026-02-05T03:04:05Z galley-status >out
	printf "%s\n" "Round 2, opened on 2026-02-02, 3 days ago" \
		"Nobody has said anything yet" | diff - out
	galley-status --older-than=0m
	exits 0 galley-status -r 1'
check 'what waits is shown by chapter and by reader, the oldest first' '
	cd book
	says "Ann Reader" 2026-02-03T10:00:00Z glossary.md "s/still/quiet/"
	says "Ann Reader" 2026-02-04T10:00:00Z foreword.md "s/keep/hold/"
	says "Ben Writer" 2026-02-03T09:00:00Z foreword.md "s/trade/craft/"
	says "Cat Loos" 2026-02-05T10:00:00Z 02-stones/dressing.md \
		"s/dull/blunt/"
	at 2026-02-08T09:00:00Z galley-status >out
	diff - out <<-END
		Round 2, opened on 2026-02-02, 6 days ago
		4 comments by 3 readers: 4 open, 0 put off, 0 decided
		The oldest has waited for 5 days

		Waiting, by chapter
		    Foreword                      ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇     2  5 days
		    Two Stones and a Gap          ▇▇▇▇▇▇▇▇▇▇               1  2 days
		    Glossary                      ▇▇▇▇▇▇▇▇▇▇               1  4 days

		Waiting, by reader
		    Ben Writer                    ▇▇▇▇▇▇▇▇▇▇               1  5 days
		    Ann Reader                    ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇     2  4 days
		    Cat Loos                      ▇▇▇▇▇▇▇▇▇▇               1  2 days
	END'
check 'a chapter has what is said of the chunks below it' '
	cp -R "$made" nested && cd nested
	says "Ann Reader" 2026-02-03T10:00:00Z 01-water/reckoning.md \
		"s/power/might/"
	says "Ann Reader" 2026-02-03T11:00:00Z 01-water/wheel.md \
		"s/wheel/WHEEL/"
	galley-status >out && grep "^    The Wheel  .* 2  " out
	! grep "Reckoning\|How Much" out'
check 'exit 1 if something waits for longer than asked' '
	cd book
	at 2026-02-05T09:00:00Z exits 0 galley-status --older-than=2d >out
	at 2026-02-05T09:00:01Z exits 1 galley-status --older-than=2d >again
	diff out again
	at 2026-02-05T09:00:01Z exits 0 galley-status --older-than=49h
	# in a round that is over, too, unless another is asked for
	at 2026-02-09T00:00:00Z galley-round open -m More --no-drafts
	at 2026-02-09T00:00:00Z exits 1 galley-status --older-than=5d >out
	grep "^4 more wait in round 2, the oldest for 5 days$" out
	at 2026-02-09T00:00:00Z exits 0 galley-status --older-than=5d -r 3
	at 2026-02-09T00:00:00Z exits 1 galley-status --older-than=5d -r 2
	git tag -d round/3'
check 'what is decided does not wait; the first decision is the answer' '
	cp -R book decided && cd decided
	ann=$(galley-list -q --from=Ann --chunk=glossary.md)
	ben=$(galley-list -q --from=Ben)
	at 2026-02-03T12:00:00Z galley-defer -m later $ben
	at 2026-02-07T12:00:00Z galley-decline -m no $ben
	at 2026-02-04T10:00:00Z galley-apply $ann
	at 2026-02-08T09:00:00Z galley-status >out
	grep "^4 comments by 3 readers: 2 open, 0 put off, 2 decided$" out
	grep "^The oldest has waited for 3 days$" out
	! grep "Ben Writer" out
	tail -n 1 out | tr -s " ▇" " " >last
	echo " round 2 13 hours, at most 24 hours; 2 of 4 answered" |
		diff - last
	git revert --no-edit HEAD
	at 2026-02-08T09:00:00Z galley-status >out
	grep ": 3 open, 0 put off, 1 decided$" out'
check 'hours are counted as they passed, over zones and daylight saving' '
	cp -R "$made" zones && cd zones
	# at two in the morning clocks were put forward
	says "Ann Reader" 2026-03-29T01:30:00+0100 glossary.md "s/still/quiet/"
	id=$(galley-list -q)
	at 2026-03-29T03:29:59+0200 galley-status >out
	grep "^The oldest has waited for 59 minutes$" out
	at 2026-03-28T17:30:00-0800 galley-status >out
	grep "^The oldest has waited for 1 hour$" out
	TZ=Europe/Berlin at 2026-03-29T03:30:00+0200 galley-status |
		diff out -
	at 2026-03-29T03:30:00+0200 galley-decline -m no $id
	galley-status --json >json
	[ "$(value "@{\$_->{rounds}[1]}{qw(median slowest)}")" = "3600 3600" ]
	# a clock that is wrong makes no answer come before its question
	cp -R "$made" ../wrong && cd ../wrong
	says "Ann Reader" 2027-03-29T01:30:00+0100 glossary.md "s/still/quiet/"
	galley-status --older-than=0m >out
	grep "^The oldest has waited for less than a minute$" out
	galley-decline -m no $(galley-list -q)
	galley-status --json >json
	[ "$(value "\$_->{rounds}[1]{slowest}")" = 0 ]'
check 'rounds before are there to compare' '
	cp -R book before && cd before
	says "Dan Old" 2026-01-03T10:00:00Z foreword.md s/simplest/plainest/ 1
	says "Eve Old" 2026-01-03T10:00:00Z foreword.md s/simplest/barest/ 1
	says "Fay Old" 2026-01-03T10:00:00Z foreword.md s/simplest/purest/ 1
	for name in Dan:04 Eve:06 Fay:13; do
		at 2026-01-${name#*:}T10:00:00Z galley-decline -m no \
			$(galley-list -q --from=${name%:*})
	done
	at 2026-02-03T12:00:00Z galley-decline -m no \
		$(galley-list -q --from=Ben)
	at 2026-02-08T09:00:00Z galley-status | tail -n 2 >out
	diff - out <<-END
		    round 1                       ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇  3 days, at most 10 days; 3 of 3 answered
		    round 2                       ▇                     3 hours, at most 3 hours; 1 of 4 answered
	END
	galley-status -r 1 >out && grep "^Nobody waits$" out
	grep "^3 more wait in round 2, " out
	galley-status --json -r round/1 >json
	[ "$(value "\$_->{round}")" = 1 ]
	[ "$(value "map { @{\$_}{qw(name answered median slowest)} }
		@{\$_->{rounds}}")" = "1 3 259200 864000 2 1 10800 10800" ]
	[ "$(value "map { @{\$_}{qw(title said oldest)} }
		@{\$_->{chapters}}")" = "Foreword 3 null" ]
	[ "$(value "\$_->{readers}[0]{email}")" = dan.old@example.net ]'
check 'who wrote from two addresses is one reader' '
	cp -R book two && cd two
	echo "Ann B. Reader <ann.reader@example.net> <ben.writer@example.net>" \
		>.mailmap
	echo "Ann B. Reader <ann.reader@example.net>" >>.mailmap
	galley-status >out && grep "^4 comments by 2 readers: " out
	grep "^    Ann B. Reader  .* 3  " out'
check 'without rounds, what was said in none' '
	git clone -q "$made.git" none && cd none
	git tag -d round/1 round/2
	patch_by "Ann Reader" HEAD foreword.md "s/keep/hold/" | galley-collect -q
	galley-status >out && sed 1q out | grep "^Outside of rounds$"
	grep "^    Foreword  " out
	galley-status --json >json && [ "$(value "\$_->{round}")" = "" ]
	galley-status -r - | diff out -
	cd ../book && exits 128 galley-status -r - 2>err
	grep "^fatal: nothing was said outside of rounds$" err'
check 'misuse and missing rounds are told' '
	cd book
	exits 128 galley-status -r 7 2>err
	grep "^fatal: no round named .7.$" err
	exits 129 galley-status --older-than=soon 2>err
	grep "^error: .soon. is no span of time" err
	exits 129 galley-status 2 2>err && grep "round=2" err'
check 'it needs no name, and no work tree' '
	git clone -q --bare "$made.git" bare
	(cd book && git push -q ../bare "refs/comments/*:refs/comments/*")
	cd bare && HOME=/nowhere && unset GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
	galley-status | grep "^4 comments by 3 readers: 4 open"'
check 'names that are long, wide or hostile keep to their column' '
	cp -R "$made" names && cd names
	n=0
	for name in "Constantinopolitan Longnamed Reader" \
		"夏目漱石夏目漱石夏目漱石夏目漱石" "$(printf "Eve\033[31m")"; do
		n=$((n + 1))
		patch_by "Reader $n" round/2 foreword.md "s/keep/hold$n/" |
			awk -v name="$name" "/^From: / {
				print \"From: \" name \" <r$n@example.net>\"
				next
			} { print }" | galley-collect -q
	done
	galley-status >out
	grep "^    Constantinopolitan Longname…  ▇" out
	grep "^    夏目漱石夏目漱石夏目漱石夏…   ▇" out
	! grep "$(printf "\033")" out'
finished
