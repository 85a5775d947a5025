#!/bin/sh
# SPDX-License-Identifier: MIT
# galley join: the chunks as one file.
. "${0%/*}/lib.sh"

printf '# A\n\na\n\n# B\n\nb\n' >book.md
galley-split --title=Book book.md book >/dev/null 2>&1

check 'the manuscript comes to standard output' '
	cd book && galley-join | cmp - ../book.md'
check 'it comes from below the root, too' '
	mkdir book/notes && cd book/notes && galley-join | cmp - ../../book.md'
check 'a revision, whatever the work tree has' '
	cd book && git tag first && echo c >>02-b.md &&
	galley-join first | cmp - ../book.md &&
	galley-join | tail -n 1 | grep -x c && git checkout -q .'
check 'a round goes by its name, where git knows nothing by it' '
	cd book && git tag round/7 && galley-join 7 | cmp - ../book.md &&
	exits 128 galley-join 8 2>../err &&
	grep "^fatal: no revision .8.$" ../err &&
	git checkout -q -b other && echo c >>02-b.md && git commit -qam c &&
	git tag 7 && git checkout -q - && galley-join 7 | tail -n 1 | grep -x c'
check 'a bare repository' '
	git clone -q --bare book bare && cd bare &&
	galley-join | cmp - ../book.md'
check 'a file is written beside, then renamed' '
	cd book && galley-join -o ../out.md && cmp ../out.md ../book.md &&
	[ "$(ls .. | grep -c "^out")" = 1 ]'
check 'chunks that would run into each other get a blank line' '
	mkdir apart && cd apart && git init -q . && printf a >a.md &&
	printf "b\n" >b.md && printf "# c\n" >c.md && git add . &&
	galley-join >../out && printf "a\n\nb\n# c\n" | cmp - ../out'
check 'chapters not written yet are passed over' '
	mkdir draft && cd draft && git init -q . && echo a >a.md &&
	printf "# Summary\n\n- [A](a.md)\n- [Not yet]()\n" >SUMMARY.md &&
	git add . && galley-join | grep -x a'
check 'a chunk that is not there is fatal, and named' '
	cd draft && echo "- [B](gone.md)" >>SUMMARY.md &&
	exits 128 galley-join >../out 2>../err && grep "gone.md" ../err &&
	! [ -s ../out ]'
check 'a failure leaves the old file' '
	cd draft && echo old >../kept && exits 128 galley-join -o ../kept 2>../err &&
	[ "$(cat ../kept)" = old ] && [ "$(ls .. | grep -c "^kept")" = 1 ]'
check 'no repository, no revision' '
	mkdir nowhere && cd nowhere && exits 128 galley-join 2>../err &&
	grep "^fatal: " ../err && cd ../book &&
	exits 128 galley-join no-such-rev 2>../err &&
	grep "^fatal: .*no-such-rev" ../err'
check 'a folder cannot be written' '
	cd book && exits 128 galley-join -o notes 2>../err && grep "^fatal: " ../err'
check 'a full disk is fatal' '
	[ -e /dev/full ] || exit 0
	cd book && exits 128 galley-join >/dev/full 2>../err &&
	grep "^fatal: cannot write to standard output: " ../err'
check 'a reader that leaves early is no trouble' '
	cd book && galley-join | head -c 1 | grep -q "#"'
check 'misuse' '
	cd book && exits 129 galley-join a b 2>../err && exits 129 galley-join -x 2>../err'
finished
