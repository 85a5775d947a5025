#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# shots.sh [-o DIR] [-p PAGES] [-r READERS] [-z WIDTHxHEIGHT] FILE.html|FILE.epub...
#
# PNG pictures for people to look at.
#   HTML: NAME-desktop.png, -phone.png (390 px), -dark.png, -nojs.png and -print-1.png (A4, first page)
#   EPUB: NAME-READER-001.png ... for each reader of READERS: mupdf, epubjs, foliate (default: all)
#   -o  folder to write to (default: shots)
#   -p  EPUB pages, as FIRST-LAST (default 1-8)
#   -z  EPUB screen in pixels (default 600x800)
# Prints nothing when all is well. Exit status: 0 done, 1 something could not be shown, 2 usage, 3 trouble.
. "$(dirname -- "$0")/common.sh"

out=shots pages=1-8 readers=mupdf,epubjs,foliate size=600x800
while getopts o:p:r:z:h opt; do
	case $opt in
	o) out=$OPTARG ;;
	p) pages=$OPTARG ;;
	r) readers=$OPTARG ;;
	z) size=$OPTARG ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || usage_error 'nothing to show'
[[ $pages =~ ^[0-9]+-[0-9]+$ && $size =~ ^[0-9]+x[0-9]+$ ]] || usage_error 'bad -p or -z'
for f; do [ -r "$f" ] || usage_error "cannot read $f"; done
mkdir -p -- "$out"
make_work_dir
need mutool mupdf-tools

status=0
for f; do
	name=$(basename -- "$f")
	name=${name%.*}
	case $f in
	*.epub)
		IFS=, read -ra list <<<"$readers"
		for r in "${list[@]}"; do
			rc=0
			case $r in
			mupdf)
				# 96 dpi: one CSS pixel of the reader is one pixel of the picture
				w=${size%x*} h=${size#*x}
				mutool draw -q -r 96 -W $((w * 72 / 96)) -H $((h * 72 / 96)) -S 12 \
					-o "$out/$name-mupdf-%03d.png" "$f" "$pages" >"$work_dir/log" 2>&1 || rc=$?
				;;
			epubjs | foliate)
				need_npm readers
				need_chromium
				NODE_PATH=$npm_dir/node_modules node "$tools_dir/lib/readers.cjs" shots "$r" "$f" \
					"$out/$name-$r" "$pages" "$size" >"$work_dir/log" 2>&1 || rc=$?
				;;
			*) usage_error "unknown reader $r" ;;
			esac
			[ $rc = 0 ] || { echo "$f: $r cannot show it"; tail -n 5 "$work_dir/log"; status=1; }
		done
		;;
	*.html | *.htm | *.xhtml)
		need_npm core
		need_chromium
		if NODE_PATH=$npm_dir/node_modules node "$tools_dir/lib/html-shots.cjs" "$f" "$out/$name" \
			"$work_dir/print.pdf" >"$work_dir/log" 2>&1; then
			mutool draw -q -r 80 -o "$out/$name-print-%d.png" "$work_dir/print.pdf" 1 >"$work_dir/log" 2>&1 || status=1
		else
			echo "$f: cannot be shown"
			tail -n 5 "$work_dir/log"
			status=1
		fi
		;;
	*) usage_error "neither HTML nor EPUB: $f" ;;
	esac
done
exit $status
