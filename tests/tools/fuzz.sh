#!/bin/sh
# SPDX-License-Identifier: MIT
#
# fuzz.sh FOLDER TARGET...: searches with each FOLDER/fuzzers/TARGET for
# FUZZ_SECONDS, from the corpus of the project and what earlier searches found
# (FOLDER/corpus/TARGET). Inputs that crash, leak or hang are left in
# FOLDER/crashes and named; exit status 1 then.
# shellcheck disable=SC2086
set -u
: "${FUZZ_SECONDS:=60}"
folder=$1
shift

status=0
for target; do
	corpus=$folder/corpus/$target crashes=$folder/crashes/$target
	mkdir -p "$corpus" "$crashes" "tests/fuzz/$target"
	dictionary=
	[ -f "tests/fuzz/$target.dict" ] &&
		dictionary=-dict=tests/fuzz/$target.dict
	echo "fuzz $target: $FUZZ_SECONDS seconds"
	# inputs of 64 KiB within 10 s: what is not linear shows
	if ! "$folder/fuzzers/$target" -max_total_time="$FUZZ_SECONDS" \
		-timeout=10 -rss_limit_mb=2048 -max_len=65536 -len_control=50 \
		-print_final_stats=1 -use_value_profile=1 \
		-artifact_prefix="$crashes/" $dictionary \
		"$corpus" "tests/fuzz/$target" >"$folder/$target.log" 2>&1
	then
		status=1
		grep -E 'ERROR|SUMMARY|runtime error|Test unit written' \
			"$folder/$target.log" | head -n 5
	fi
	awk -v target="$target" '
	/ cov: / { coverage = $4; for (i = 1; i < NF; i++)
			if ($i == "cov:") coverage = $(i + 1) }
	/number_of_executed_units/ { runs = $2 }
	END { printf "fuzz %s: %s runs, %s edges\n", target, runs, coverage }' \
		"$folder/$target.log"
	find "$crashes" -type f -exec echo "found: {}" \;
done
exit $status
