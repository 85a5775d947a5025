# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# For tests/*.t: a command that is killed at any of its writes, and run again.

killer=$B/tests/tools/killer

# can_kill: is there a killer, and may it trace?
can_kill() {
	[ -x "$killer" ] && "$killer" true 2>/dev/null
}

# everywhere BEFORE COMMAND STATE [VISIBLE]: in a copy of the folder BEFORE run
# COMMAND, a script, undisturbed. Then in other copies let it be killed before
# its first, second, ... last write, and run it again. Holds if STATE, a script
# too, prints the same after each, and git fsck finds nothing; and if what
# VISIBLE prints between the two runs is what it prints before or after them.
# With step=3 in front of it, of three writes one is tried.
everywhere() (
	set +e
	before=$1 command=$2 state=$3 visible=${4:-:}
	# a tracer leaves none for leak detection
	ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
	export ASAN_OPTIONS
	rm -rf undisturbed killed
	cp -Rp "$before" undisturbed && cd undisturbed || exit 1
	eval "$visible" >../visible.before 2>&1
	sh -c "$command" >../log.undisturbed 2>&1
	eval "$visible" >../visible.after 2>&1
	eval "$state" >../state.wanted 2>&1
	cd ..
	n=1 runs=0
	while :; do
		rm -rf killed && cp -Rp "$before" killed && cd killed || exit 1
		"$killer" -n "$n" -o ../count sh -c "$command" \
			>../log.killed 2>&1
		[ $? = 137 ] || break
		eval "$visible" >../visible.between 2>&1
		sh -c "$command" >../log.again 2>&1
		eval "$state" >../state.found 2>&1
		# slow; and what it finds it would find at other moments, too
		[ $((runs % 4)) != 0 ] ||
			git fsck --strict --no-dangling >../fsck 2>&1 || {
			echo "killed before write $n: git fsck says:"
			cat ../fsck
			exit 1
		}
		cd ..
		cmp -s visible.between visible.before ||
			cmp -s visible.between visible.after || {
			echo "killed before write $n: half of it is to be seen:"
			diff visible.before visible.between
			exit 1
		}
		cmp -s state.wanted state.found || {
			echo "killed before write $n, then run again:"
			cat log.again
			diff state.wanted state.found
			exit 1
		}
		n=$((n + ${step:-${KILLED_STEP:-1}})) runs=$((runs + 1))
	done
	echo "killed $runs times"
	[ "$runs" -gt 1 ]
)
