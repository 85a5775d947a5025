#!/bin/sh
# SPDX-License-Identifier: MIT
# What goes wrong around a command: a full disk, a folder that cannot be
# written, a locked repository, files that are not what they should be. Each
# time: a clear message, the right exit status, no half-written file, and the
# repository as it was.
. "${0%/*}/lib.sh"
. "$tools/failing.sh"

has() {
	[ -x "$B/bin/galley-$1" ]
}

# book FOLDER: a manuscript of two chapters and a picture
book() {
	mkdir -p "$1/images" && (
		cd "$1" || exit
		git init -q
		printf '%s\n' '# Summary' '' '- [Fog](fog.md)' '- [Sea](sea.md)' \
			>SUMMARY.md
		printf '%s\n' '[book]' '	title = The Harbour' \
			'	author = Ada Author' '	language = en' >galley.conf
		printf '%s\n' '# Fog' '' 'It came up the hill.' '' '## Morning' \
			'' 'And went.' >fog.md
		printf '%s\n' '# Sea' '' '![The bay](images/bay.svg)' '' \
			'It stayed.' >sea.md
		echo '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>' \
			>images/bay.svg
		git add .
		git commit -q -m 'a book'
	)
}

# fatal WORDS: the file err has one fatal line, which says WORDS, and no
# warning on the way that would hide it
fatal() {
	cat err
	[ "$(grep -c '^fatal: ' err)" = 1 ]
	grep -qi "^fatal: .*$1" err
}

# half a megabyte that compresses badly
noise() {
	head -c 300000 /dev/urandom | base64
}
book book
{
	echo '# Noise'
	echo
	noise
} >noise.md

if has split; then
	check 'split: a file with NUL bytes is no text' '
		printf "# One\n\n\0\1\2\n" >binary.md
		exits 128 galley-split binary.md new 2>err; fatal binary.md
		! [ -e new ]'
	check 'split: no file, and a folder for a file' '
		exits 128 galley-split nowhere.md new 2>err; fatal nowhere.md
		exits 128 galley-split book new 2>err; fatal book
		! [ -e new ]'
	check 'split: a locked repository is left alone' '
		: >book/.git/index.lock
		unharmed book "cd book && exits 128 galley-split fog.md 2>../err"
		rm book/.git/index.lock
		fatal lock'
	check 'split: changes not yet committed are not run over' '
		book changed
		echo "and more" >>changed/fog.md
		unharmed changed "cd changed &&
			exits 128 galley-split fog.md 2>../err"
		fatal fog.md'
	check 'split: an outline that leaves the manuscript is named' '
		book broken
		echo "- [Out](../out.md)" >>broken/SUMMARY.md
		unharmed broken "cd broken &&
			exits 128 galley-split fog.md 2>../err"
		fatal "SUMMARY.md:5"'
	check 'split: a folder with other files is not taken over' '
		mkdir other && echo mine >other/fog.md
		printf "# Fog\n\nIt came.\n" >fog.md
		exits 128 galley-split fog.md other 2>err || :
		[ "$(cat other/fog.md)" = mine ]'
	if namespaces; then
		check 'split: a full disk leaves no part of a manuscript' '
			small_disk disk-1 200 "
				exits 128 galley-split noise.md disk-1/new 2>err
				ls -A disk-1 >left"
			fatal space
			! [ -s left ] || { cat left; exit 1; }'
		check 'split: a full disk leaves a repository as it was' '
			book roomy
			for title in One Two Three; do
				printf "# %s\n\n" $title && cat noise.md && echo
			done | sed "/^# Noise/d" >roomy/fog.md
			(cd roomy && git commit -qam long)
			size=$(du -sk roomy | cut -f 1)
			small_disk roomy $((size + 200)) "
				cd roomy
				exits 128 galley-split fog.md 2>../err
				cp -a . ../roomy-after"
			fatal space
			state roomy >before.state
			state roomy-after >after.state
			diff before.state after.state'
		check 'split: a read-only folder is fatal' '
			mkdir -p locked
			read_only locked "
				exits 128 galley-split noise.md locked/new 2>err"
			fatal read-only
			unharmed book "read_only book \"cd book &&
				exits 128 galley-split fog.md 2>../err\""
			fatal read-only'
	else
		skip 'split: full disks and read-only folders' "$no_namespaces"
	fi
fi

if has join; then
	check 'join: a broken outline, a missing chunk, no such revision' '
		book outlines
		cd outlines
		exits 128 galley-join nosuch >out 2>err; fatal nosuch
		! [ -s out ]
		rm out err
		echo "- [Out](/etc/passwd)" >>SUMMARY.md
		exits 128 galley-join >../out 2>err; fatal SUMMARY.md:5
		git checkout -q SUMMARY.md
		rm sea.md
		exits 128 galley-join -o ../whole.md 2>err; fatal sea.md
		nothing_beside ../whole.md'
	check 'join: no manuscript here' '
		mkdir -p empty && cd empty
		exits 128 galley-join >out 2>err; fatal repository'
	check 'join: stdout that is full is fatal' '
		cd book
		exits 128 galley-join >/dev/full 2>../err
		cd .. && fatal "standard output"'
	check 'join: a locked repository can be read' '
		: >book/.git/index.lock
		cd book && galley-join >../out && rm .git/index.lock
		grep "It stayed" ../out'
	if namespaces; then
		check 'join: a full disk leaves the file as it was' '
			book full && cp noise.md full/sea.md
			(cd full && git commit -qam noise)
			mkdir disk && echo before >disk/whole.md
			small_disk disk 64 "
				cd full
				exits 128 galley-join -o ../disk/whole.md 2>../err
				cd ..; ls -A disk >left; cat disk/whole.md >kept"
			fatal space
			[ "$(cat left kept)" = "whole.md
before" ]'
		check 'join: a read-only folder is fatal' '
			mkdir -p closed
			read_only closed "cd book &&
				exits 128 galley-join -o ../closed/x 2>../err"
			fatal read-only'
		check 'join: a read-only repository can be read' '
			read_only book "cd book && galley-join >../out"'
	else
		skip 'join: full disks and read-only folders' "$no_namespaces"
	fi
fi

if has export; then
	for format in epub html site md; do
		check "export $format: a broken outline is fatal, and nothing made" '
			rm -rf shapes made && book shapes && cd shapes
			echo "- [Out](../out.md)" >>SUMMARY.md
			exits 128 galley-export -t $format -o ../made 2>err
			fatal SUMMARY.md:5
			nothing_beside ../made'
		check "export $format: no such revision" '
			cd book
			exits 128 galley-export -t $format -o ../made nosuch 2>../err
			cd .. && fatal nosuch && nothing_beside made'
		check "export $format: a missing picture is warned of, by place" '
			rm -rf bare made && book bare && rm bare/images/bay.svg
			(cd bare && git commit -qam "no picture")
			cd bare
			exits 0 galley-export -t $format -o ../made 2>../err
			cd ..
			[ -e made ]
			[ $format = md ] || grep "warning: .*images/bay.svg" err'
		check "export $format: a missing chunk is warned of" '
			rm -rf bare made && book bare && rm bare/sea.md
			cd bare
			got=0
			galley-export -t $format -o ../made 2>../err || got=$?
			cd .. && cat err
			case $got in
			0) grep "warning: .*sea.md" err && [ -e made ] ;;
			128) fatal sea.md && nothing_beside made ;;
			*) exit 1 ;;
			esac'
		check "export $format: a picture that is no picture does no harm" '
			rm -rf bare made && book bare
			head -c 1000 /dev/urandom >bare/images/bay.svg
			cd bare
			exits 0 galley-export -t $format -o ../made 2>../err
			[ $format = md ] || grep "^warning:\|: warning:" ../err'
		check "export $format: a locked repository can be read" '
			rm -rf made; : >book/.git/index.lock
			cd book && galley-export -t $format -o ../made
			rm .git/index.lock && [ -e ../made ]'
		if ! namespaces; then
			skip "export $format: full disks" "$no_namespaces"
			continue
		fi
		check "export $format: a full disk leaves no part of a draft" '
			rm -rf heavy disk && book heavy && cp noise.md heavy/sea.md
			(cd heavy && git commit -qam noise)
			mkdir disk && echo before >disk/kept
			small_disk disk 64 "cd heavy
				exits 128 galley-export -t $format \
					-o ../disk/made 2>../err
				cd .. && ls -A disk >left"
			fatal space
			[ "$(cat left)" = kept ] || { cat left; exit 1; }'
		check "export $format: an older draft outlives a full disk" '
			rm -rf disk && mkdir disk
			(cd book && galley-export -t $format -o ../disk/made)
			(cd disk && find . -type f -exec sha1sum {} + | sort) >before
			small_disk disk 200 "cd heavy
				exits 128 galley-export -t $format \
					-o ../disk/made 2>../err
				cd ../disk
				find . -type f -exec sha1sum {} + | sort >../later"
			diff before later'
		check "export $format: a read-only folder is fatal" '
			rm -rf closed && mkdir closed
			read_only closed "cd book && exits 128 galley-export \
				-t $format -o ../closed/made 2>../err"
			fatal read-only'
		check "export $format: a read-only repository can be read" '
			rm -rf made
			read_only book "cd book && galley-export -t $format \
				-o ../made"
			[ -e made ]'
		check "export $format: the repository is as it was" '
			rm -rf made
			unharmed book "cd book &&
				galley-export -t $format -o ../made"'
	done
fi

for name in init outline check; do
	has $name || continue
	check "$name: stdout that is full is fatal" '
		book "full-$name" && cd "full-$name"
		[ $name != check ] || rm sea.md
		[ $name != init ] || { cd .. && mkdir init && cd init; }
		galley-$name >out 2>/dev/null || :
		[ -s out ] || exit 0 # says nothing on stdout
		cd .. && rm -rf init && mkdir init
		cd "$([ $name = init ] && echo init || echo "full-$name")"
		exits 128 galley-$name >/dev/full 2>err
		fatal "standard output"'
done
if has outline; then
	check 'outline: a broken outline is fatal, and its line named' '
		book crooked && cd crooked
		echo "- [Again](fog.md)" >>SUMMARY.md
		exits 128 galley-outline 2>err; fatal SUMMARY.md:5'
fi
if has init; then
	check 'init: what is there is not written over' '
		book taken
		unharmed taken "cd taken; galley-init 2>err >out || :; rm err out"'
	if namespaces; then
		check 'init: a read-only folder is fatal' '
			mkdir -p shut
			read_only shut "exits 128 galley-init shut/new 2>err"
			fatal read-only'
		check 'init: a full disk is fatal' '
			small_disk tiny 8 "exits 128 galley-init tiny/new 2>err"
			fatal space'
	fi
fi
[ "$checks" -gt 0 ] || skip_all 'no commands yet'
finished
