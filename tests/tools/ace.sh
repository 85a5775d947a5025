#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# ace.sh [-o REPORT_DIR] [-m IMPACT] [-x RULE,RULE...] FILE.epub...
#
# Accessibility of each EPUB with Ace by DAISY 1.4.6 (needs Chromium). Silent when clean.
#   -o  keep the HTML and JSON reports, one folder per book
#   -m  lowest impact that fails: minor (default), moderate, serious, critical
#   -x  rules to ignore
# Exit status: 0 clean, 1 findings, 2 usage, 3 tool trouble.
. "$(dirname -- "$0")/common.sh"

reports='' min=minor ignore=
while getopts o:m:x:h opt; do
	case $opt in
	o) reports=$OPTARG ;;
	m) min=$OPTARG ;;
	x) ignore=$OPTARG ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || usage_error 'no EPUB given'
case $min in minor | moderate | serious | critical) ;; *) usage_error "unknown impact $min" ;; esac
for f; do [ -r "$f" ] || usage_error "cannot read $f"; done

need_npm ace
need_chromium
make_work_dir
export PUPPETEER_EXECUTABLE_PATH=$EBOOK_TOOLS_CHROMIUM
# Ace keeps its settings and log under the user's configuration folder; keep them out of there.
export XDG_CONFIG_HOME=$work_dir/config XDG_STATE_HOME=$work_dir/state XDG_DATA_HOME=$work_dir/data

status=0 n=0
for f; do
	n=$((n + 1))
	book=$(basename -- "$f" .epub)
	out=${reports:+$reports/$book}
	: "${out:=$work_dir/$n}"
	mkdir -p -- "$out"
	st=1
	# The browser sometimes needs longer than Ace waits on a busy machine: try again.
	for try in 1 2 3; do
		st=0
		ACE_TIMEOUT_INITIAL=60000 "$npm_dir/node_modules/.bin/ace-cli" -f -s -E -t "$work_dir/t$n.$try" \
			-o "$out" "$f" >"$work_dir/log" 2>&1 || st=$?
		[ $st = 1 ] || break
	done
	if { [ $st != 0 ] && [ $st != 2 ]; } || [ ! -s "$out/report.json" ]; then
		echo "$f: Ace broke (status $st)"
		tail -n 5 "$work_dir/log"
		status=3
		continue
	fi
	rc=0
	node "$tools_dir/lib/ace-report.mjs" "$out/report.json" "$f" "$min" "$ignore" || rc=$?
	[ $rc -le $status ] || status=$rc
done
exit $status
