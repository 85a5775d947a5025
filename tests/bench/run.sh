#!/bin/sh
# SPDX-License-Identifier: MIT
#
# What galley costs, as ratios to pandoc, cmark, zip and git in one run on one
# machine: `make bench`. BENCH_SIZES, in MB, and BENCH_CHUNKS choose the books;
# BENCH_PATCHES are mailed, of which git am is given BENCH_FEW; BENCH_RUNS says
# how often small ones are measured. Always exits with 0: the table has the
# verdicts.
# shellcheck disable=SC2086,SC2094
set -eu
: "${B:=$PWD/build}" "${BENCH_SIZES:=1 5 50}" "${BENCH_CHUNKS:=1000 10000}"
: "${BENCH_RUNS:=7}" "${BENCH_PATCHES:=10000}" "${BENCH_FEW:=500}"
here=$(cd "${0%/*}" && pwd -P)
work=$B/bench
rm -rf "$work"
mkdir -p "$work"
PATH=$B/bin:$B/tests/bench:$PATH
HOME=$work
export PATH HOME
export GIT_CONFIG_NOSYSTEM=1 LC_ALL=C.UTF-8 TZ=UTC
git config --global user.name 'Ada Author'
git config --global user.email ada@example.org
cd "$work"

say() {
	echo "$*" >&2
}

# time_these RUNS NAME COMMAND...: adds figures
time_these() {
	measure "$@" >>figures
}

# runs_for MB: large books take long enough to be measured thrice
runs_for() {
	if [ "$1" -ge 20 ]; then echo 3; else echo "$BENCH_RUNS"; fi
}

# chapters COUNT: a book of so many chapters of 2 KB each, from novel-1.md
chapters() {
	awk -v count="$1" '
	BEGIN { RS = ""; ORS = "\n\n" }
	!/^[#%*\[]/ { text[++n] = $0 }
	END {
		for (i = 1; i <= count; i++) {
			print "# Chapter " i
			for (size = 0; size < 2000; size += length(text[k])) {
				k = k % n + 1
				print text[k]
			}
		}
	}' novel-1.md
}

# a path that is not there yet, for the shell that runs the command
# shellcheck disable=SC2016
fresh='$(mktemp -u -p out)'

# redlines NAME MB NEW.md: of novel-MB.md and another, as two files and as two
# drafts of a book
redlines() {
	galley-split "novel-$2.md" "redline-$1" >/dev/null &&
		(cd "redline-$1" && git tag one) &&
		galley-split "$3" "redline-$1-two" >/dev/null || return
	(cd "redline-$1" && git rm -rq . && cp -r "../redline-$1-two"/* . &&
		git add . && git commit -qm two) || return
	time_these "$(runs_for "$2")" \
		"redline-$1" "galley-redline --no-index novel-$2.md $3" \
		"wdiff-$1" "wdiff novel-$2.md $3 || [ \$? = 1 ]" \
		"worddiff-$1" "git diff --no-index --word-diff novel-$2.md $3 ||
			[ \$? = 1 ]" \
		"redline-page-$1" "cd redline-$1 &&
			galley-redline -t html -o ../redline.html one HEAD"
	rm -rf "redline-$1" "redline-$1-two" redline.html
}

# book NAME MB: split, join, check and export novel NAME.md
book() {
	galley-split "$1.md" "$1" >/dev/null || say "could not split $1.md"
	mkdir -p out
	cp -r "$1" "$1-plain" && rm -rf "$1-plain/.git"
	# shellcheck disable=SC2016
	time_these "$(runs_for "$2")" \
		"cmark-$1" "cmark $1.md >out/$1.html" \
		"epub-$1" "cd $1 && galley-export -t epub -o ../out/$1.epub" \
		"zip-$1" "cmark $1.md >out/zip.html && rm -f out/$1.zip &&
			zip -q -6 out/$1.zip out/zip.html" \
		"html-$1" "cd $1 && galley-export -t html -o ../out/$1-page.html" \
		"site-$1" "galley() { (cd $1 && galley-export -t site -o ../\$1); }
			galley $fresh" \
		"split-$1" "galley-split $1.md $fresh" \
		"git-$1" "cd $1-plain && rm -rf .git && git init -q . &&
			git add . && git commit -qm x" \
		"join-$1" "cd $1 && galley-join -o ../out/$1.md" \
		"check-$1" "cd $1 && galley-check; [ \$? -le 1 ]" \
		"outline-$1" "cd $1 && galley-outline"
	rm -rf out "$1-plain"
	bytes=$(wc -c <"$1.md")
	awk -v n="$1" -v b="$bytes" 'BEGIN {
		b /= 1e6
		printf "size-%s\t%f\t%f\t%f\t%f\n", n, b, b, b, b * 1e6 / 1024
	}' >>figures
}

# patches LAYOUT: readers' patches by mail to a book of 1,000 chunks; what the
# copy of the book takes is not counted. They come first: some file systems
# make files slowly for a while after many were deleted.
patches() {
	say "$BENCH_PATCHES patches by mail, $1"
	mkdir -p "patches-$1" "few-$1" out
	perl "$here/patches.pl" 1000 "$BENCH_PATCHES" "$1" "patches-$1"
	perl "$here/patches.pl" 1000 "$BENCH_FEW" "$1" "few-$1"
	(
		cd "patches-$1/book"
		git init -q .
		git add .
		git commit -qm 'Round 1'
		git tag -a -m 'Round 1' round/1
		git gc -q
	)
	# shellcheck disable=SC2016
	copy="cp -r patches-$1/book "'"$w" && cd "$w"'
	time_these 3 \
		"copy-$1" "w=$fresh; $copy" \
		"am-$1" "w=$fresh; $copy && galley-am -q \
			$work/patches-$1/patches.mbox" \
		"collect-$1" "w=$fresh; $copy && galley-collect -q \
			$work/patches-$1/patches.mbox" \
		"gitam-$1" "w=$fresh; $copy && git am -q \
			$work/few-$1/patches.mbox"
}

: >figures
patches flat
patches folders
rm -rf out
for mb in 1 $BENCH_SIZES; do
	[ -s "novel-$mb.md" ] || novel "${mb}000000" >"novel-$mb.md"
done
echo 'One line.' >line.md
book line 0
for mb in $BENCH_SIZES; do
	say "a novel of $mb MB"
	book "novel-$mb" "$mb"
	available=$(awk '/^MemAvailable/ { print int($2 / 1024) }' /proc/meminfo)
	# pandoc needs about 250 times the text; on 50 MB nobody waits for it
	if [ "$mb" -le 5 ] && [ "$available" -gt $((mb * 400)) ]; then
		say "the same by pandoc"
		time_these 1 "pandoc-novel-$mb" "pandoc -f markdown -t epub3 \
			--metadata title=Novel -o pandoc.epub novel-$mb.md"
	fi
done
for count in $BENCH_CHUNKS; do
	say "a book of $count chapters"
	chapters "$count" >"chunks-$count.md"
	book "chunks-$count" $((count / 500))
done

# a round of 10,000 comments by 2,000 readers, a fifth of them decided, to a
# novel of 40 chapters
say "reading a round of $BENCH_PATCHES comments"
mkdir round
perl "$here/patches.pl" 40 "$BENCH_PATCHES" flat round 66 2000
(
	cd round/book
	git init -q .
	git add .
	git commit -qm 'Round 1'
	git tag -a -m 'Round 1' round/1
	git gc -q
	galley-collect -q ../patches.mbox >/dev/null || :
	galley-list -q >../ids
	awk 'NR % 10 == 1' ../ids |
		galley-decline -m 'It is meant to be so' --stdin >/dev/null
	awk 'NR % 10 == 2' ../ids | galley-apply -q --stdin >/dev/null || :
)
time_these "$BENCH_RUNS" \
	list "cd round/book && galley-list" \
	list-json "cd round/book && galley-list --json" \
	status "cd round/book && galley-status" \
	thanks "cd round/book && galley-thanks -n"
say "placing comments, merging"
for what in chunks chapter hard; do
	place $what >>figures 2>/dev/null
done
for mb in $BENCH_SIZES; do
	[ "$mb" -le 5 ] || continue
	place edit 3 <"novel-$mb.md" >ours.md
	place edit 7 <"novel-$mb.md" >theirs.md
	time_these "$BENCH_RUNS" \
		"merge-$mb" "galley-merge-file -pq ours.md novel-$mb.md theirs.md" \
		"gitmerge-$mb" "git merge-file -pq ours.md novel-$mb.md theirs.md
			[ \$? -lt 128 ]"
	redlines "$mb" "$mb" ours.md # a word in every tenth sentence
	perl "$here/edition.pl" <"novel-$mb.md" >edition.md
	redlines "edition-$mb" "$mb" edition.md
done

# what | dividend | divisor | how | goal; a figure is name.wall, .user, .cpu
# or .peak, and two of them are the first divided by the second
rows() {
	for mb in $BENCH_SIZES; do
		n=novel-$mb
		[ "$mb" -gt 5 ] ||
			echo "EPUB, $mb MB: times faster than pandoc|pandoc-$n.wall|epub-$n.wall|>=|50"
		echo "EPUB, $mb MB: user time to cmark + zip -6|epub-$n.user|zip-$n.user|<=|1"
		echo "HTML page, $mb MB: time to cmark|html-$n.wall|cmark-$n.wall|<=|2"
		echo "split, $mb MB: MB/s|size-$n.wall|split-$n.wall|>=|200"
		echo "join, $mb MB: MB/s|size-$n.wall|join-$n.wall|>=|200"
		echo "split, $mb MB: times faster than git's add and commit|git-$n.wall|split-$n.wall||"
		echo "split, $mb MB: MB/s of user time|size-$n.user|split-$n.user||"
		echo "join, $mb MB: MB/s of user time|size-$n.user|join-$n.user||"
		echo "check, $mb MB: MB/s|size-$n.wall|check-$n.wall||"
		echo "EPUB, $mb MB: memory to the text|epub-$n.peak|size-$n.peak||"
		echo "cmark, $mb MB: memory to the text|cmark-$n.peak|size-$n.peak||"
	done
	set -- $BENCH_SIZES
	while [ $# -gt 1 ]; do
		grown "novel-$1" "novel-$2" "$1 to $2 MB"
		echo "EPUB, $1 to $2 MB: memory grown|epub-novel-$2.peak|epub-novel-$1.peak|<=|1.5"
		shift
	done
	set -- $BENCH_CHUNKS
	while [ $# -gt 1 ]; do
		grown "chunks-$1" "chunks-$2" "$1 to $2 chunks"
		shift
	done
	echo "placing comments on 1,000 chunks: thousands a second|10|place-chunks.wall|>=|10"
	echo "placing 10,000 comments on 1 MB: seconds|place-chapter.wall|1|<=|5"
	for mb in $BENCH_SIZES; do
		[ "$mb" -le 5 ] || continue
		echo "merge, $mb MB: time to git merge-file|merge-$mb.wall|gitmerge-$mb.wall|<=|3"
		echo "merge, $mb MB: seconds|merge-$mb.wall|1|<=|2"
	done
	for what in one-word shuffled gone equal long-line; do
		echo "merge, hard, $what: seconds|hard-$what.wall|1|<=|5"
	done
	set -- $BENCH_CHUNKS
	echo "site of $1 chapters: seconds|site-chunks-$1.wall|1|<=|2"
	echo "EPUB of $1 chapters: memory to the text|epub-chunks-$1.peak|size-chunks-$1.peak||"
	for layout in flat folders; do
		[ $layout = flat ] && goal=10 || goal=30
		echo "am, 1,000 chunks, $layout: times as many patches a second as git am|gitam-$layout.wall $BENCH_FEW|am-$layout.wall $BENCH_PATCHES|>=|$goal"
		echo "am, $layout: patches a second|$BENCH_PATCHES|am-$layout.wall||"
		echo "am, $layout: MB of memory|am-$layout.peak|1024|<=|300"
	done
	echo "list, a round of $BENCH_PATCHES comments: seconds|list.wall|1|<=|1"
	echo "thanks -n, the same: seconds|thanks.wall|1|<=|1"
	echo "status, the same: seconds|status.wall|1|<=|1"
	echo "list --json, the same: seconds|list-json.wall|1||"
	for mb in $BENCH_SIZES; do
		[ "$mb" -le 5 ] || continue
		for n in "$mb" "edition-$mb"; do
			echo "redline, $n MB, text: user time to wdiff|redline-$n.user|wdiff-$n.user|<=|1"
			echo "redline, $n MB, text: user time to git diff --word-diff|redline-$n.user|worddiff-$n.user||"
			echo "redline, $n MB, page: seconds|redline-page-$n.cpu|1|<=|2"
			echo "redline, $n MB, page: MB of memory|redline-page-$n.peak|1024|<=|600"
		done
	done
	echo "start-up, join of one line: milliseconds|join-line.wall|0.001||"
}

# grown SMALL LARGE WORDS: cost to size; 1 is linear, small ones have start-up
grown() {
	for what in split join check outline epub html site; do
		echo "$what, $3: cost grown to size grown|$what-$2.cpu $what-$1.cpu|size-$2.cpu size-$1.cpu|<=|1.3"
	done
}

rows >rows
awk -F '\t' -v figures=figures '
function figure(name, n, part) {
	if (name ~ /^[0-9.]+$/)
		return name
	n = split(name, part, ".")
	return (part[1], part[2]) in f ? f[part[1], part[2]] : 0
}
function value(words, n, part) {
	n = split(words, part, " ")
	if (n == 1)
		return figure(part[1])
	return figure(part[2]) ? figure(part[1]) / figure(part[2]) : 0
}
BEGIN {
	while ((getline <figures) > 0)
		if ($2 != "-") {
			f[$1, "wall"] = $2
			f[$1, "user"] = $3
			f[$1, "cpu"] = $4
			f[$1, "peak"] = $5
			split($1, part, "-")
			if (part[1] ~ /^(am|collect|gitam)$/)
				f[$1, "wall"] -= f["copy-" part[2], "wall"]
		}
	printf "%-58s %9s  %-8s%s\n", "what", "measured", "goal", "verdict"
	while ((getline line <"rows") > 0) {
		split(line, r, "|")
		a = value(r[2]); b = value(r[3])
		shown = a && b ? sprintf("%.2f", a / b) : "-"
		verdict = !r[4] ? "" : shown == "-" ? "not measured" : \
			(r[4] == ">=" ? a / b >= r[5] : a / b <= r[5]) ? \
			"holds" : "FALLS SHORT"
		printf "%-58s %9s  %-8s%s\n", r[1], shown,
			r[4] ? r[4] " " r[5] : "", verdict
	}
}'
echo
echo "seconds and MB behind this:"
awk -F '\t' '!/^size/ { 
	printf "  %-22s wall %9s  user %9s  cpu %9s  peak %s\n", $1, $2, $3, $4,
		$5 == "-" ? "-" : sprintf("%.0f MB", $5 / 1024) }' figures
echo
echo "in memory, without git and files:"
"$B/tests/bench/split"
rm -rf novel-* chunks-* patches-* few-* round out pandoc.epub zip.html ours.md theirs.md edition.md
