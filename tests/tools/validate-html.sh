#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# validate-html.sh [-w] [-f | -b] [-n] DIR|FILE.html...
#
# HTML, CSS and SVG of a generated site: Nu HTML Checker 26.9.27 (offline), then each page in
# Chromium from file:// with axe-core 4.14.1 (WCAG 2.2 A and AA and best practice; light, dark,
# 320 px wide), broken links and fragments, console errors, requests that leave the site,
# and text that is missing without JavaScript. Silent when clean.
#   -w  do not count the Nu checker's warnings
#   -f  fast: only the Nu checker and the links
#   -b  only the browser
#   -n  no best-practice rules, only WCAG
# Exit status: 0 clean, 1 findings, 2 usage, 3 tool trouble.
. "$(dirname -- "$0")/common.sh"

vnu=(--Werror) fast=0 nu=1 check=()
while getopts wfbnh opt; do
	case $opt in
	w) vnu=(--errors-only) ;;
	f) fast=1 ;;
	b) nu=0 ;;
	n) check+=(--wcag-only) ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || usage_error 'no folder or page given'
for f; do [ -r "$f" ] || usage_error "cannot read $f"; done

[ $nu = 0 ] || need_java
need_npm core
make_work_dir

find "$@" -type f \( -name '*.html' -o -name '*.htm' \) -print0 | sort -z >"$work_dir/html"
find "$@" -type f -name '*.css' -print0 | sort -z >"$work_dir/css"
find "$@" -type f -name '*.svg' -print0 | sort -z >"$work_dir/svg"
[ -s "$work_dir/html" ] || usage_error 'no HTML pages found'

status=0
# The checker takes 'self' in a policy never to match file: addresses; the browser run below decides that.
# Nor does it ever match images, not even to '*'.
# Nor does it know that a script of JSON is data, which policies are not about.
ignore='.*violates Content Security Policy.*(external|image).*blocked by.*|Inline script violates Content Security Policy.*'
jar=$npm_dir/node_modules/vnu-jar/build/dist/vnu.jar
run_vnu() { # TYPE: the checker guesses types badly, so each type gets its own run
	local st=0
	[ -s "$work_dir/$1" ] || return 0
	xargs -0 -n 500 env java -Xss8m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar "$jar" \
		"${vnu[@]}" --skip-info-messages --filterpattern "$ignore" "--$1" <"$work_dir/$1" >"$work_dir/out" 2>&1 || st=$?
	[ $st = 0 ] && return 0
	# it counts what the pattern keeps it from saying
	case $st in 1 | 123) [ -s "$work_dir/out" ] || return 0 ;; esac # 123: xargs's
	if grep -qE '(error|warning|fatal)' "$work_dir/out"; then
		sed "s|^\"file:\([^\"]*\)\"|\1|" "$work_dir/out"
		[ $status = 3 ] || status=1
	else
		cat "$work_dir/out"
		status=3
	fi
}
if [ $nu = 1 ]; then
	run_vnu html
	run_vnu css
	run_vnu svg
fi

[ $fast = 0 ] && need_chromium || check+=(--links-only)
st=0
xargs -0 env NODE_PATH="$npm_dir/node_modules" node "$tools_dir/lib/html-check.cjs" \
	"${check[@]}" <"$work_dir/html" || st=$?
case $st in
0) ;;
1 | 123) [ $status = 3 ] || status=1 ;;
*) status=3 ;;
esac
exit $status
