#!/bin/sh
# SPDX-License-Identifier: MIT
# What is killed at any moment and run again ends as if it had not been: here
# `split`, whose commits go through index, work tree and HEAD; and a batch of
# commits with their refs. And that the killer of tests/tools kills.
. "${0%/*}/lib.sh"
. "$tools/killed.sh"
can_kill || skip_all 'no process can be traced here'

check 'the killer counts what writes, and ends it before' '
	"$killer" -o n sh -c "mkdir a; echo b >a/b; rm a/b; rmdir a; echo c" &&
	[ "$(cat n)" = 6 ] && ! [ -e a ] &&
	exits 137 "$killer" -n 3 sh -c "mkdir a; echo b >a/b; rmdir c" &&
	[ -e a/b ] && ! [ -s a/b ] && rm -r a'
check 'a process of the command is killed with it' '
	exits 137 "$killer" -n 2 sh -c "(mkdir a; mkdir b; mkdir c) & wait" &&
	[ -d a ] && ! [ -d b ] && rmdir a'
check 'the exit status is the command'"'"'s' '
	exits 3 "$killer" sh -c "exit 3" &&
	exits 125 "$killer" ./nothing 2>err && exits 129 "$killer" 2>err'

mkdir -p book/part && (
	cd book || exit
	git init -q --template=
	printf '%s\n' '# Summary' '' '- [Fog](part/fog.md)' '- [Sea](sea.md)' \
		>SUMMARY.md
	printf '%s\n' '# Fog' '' 'It came up the hill.' '' '## Morning' '' \
		'And went.' '' '## Evening' '' 'And came back.' >part/fog.md
	echo '# Sea' >sea.md
	git add . && git commit -q -m 'a book'
	echo staged >staged.txt && git add staged.txt
	echo 'more words' >>sea.md
	echo mine >part/notes.txt
) >log 2>&1

# state: refs, index, work tree, what the author had there, and no lock. Not the
# reflog: as git does, libgit2 writes its line before it moves the branch.
state() {
	git for-each-ref
	git rev-parse HEAD
	git ls-files -s
	git status --porcelain
	find . -path ./.git -prune -o -type f -exec cksum {} + | sort
	find .git -name '*.lock'
}

check 'a chunk that is cut in place is cut, or as it was' '
	everywhere book "galley-split part/fog.md" state "git rev-parse HEAD"'
check 'the same when commits have no branch' '
	git -C book checkout -q --detach && step=3 &&
	everywhere book "galley-split part/fog.md" state "git rev-parse HEAD"'

mkdir batch && (
	cd batch || exit
	git init -q --template=
	echo hello >README.md && git add . && git commit -q -m 'a book'
	git tag -a -m 'round 1' round/1
	git update-ref refs/comments/1/earlier HEAD
	git pack-refs --all
	git update-ref refs/notes/seen HEAD
) >log 2>&1

check 'one ref is moved, or as it was' '
	everywhere batch "$B/tests/tools/batch 1" state "git for-each-ref"'
check 'refs of a batch are all there at once, or none is' '
	everywhere batch "$B/tests/tools/batch 5" state "git for-each-ref"'
check 'the same in a pack, and a bare repository' '
	git clone -q --bare batch bare && git -C bare update-ref \
		refs/notes/seen HEAD && step=2 &&
	everywhere bare "$B/tests/tools/batch 60 1000" \
		"git for-each-ref; find . -name \*.lock" "git for-each-ref"'
check 'batches at the same time wait for each other' '
	cp -R batch together && cd together && i=1 &&
	while [ $i -le 6 ]; do
		"$B/tests/tools/batch" 20 $((i * 100)) 2>err.$i &
		i=$((i + 1))
	done && wait && cat err.* && ! [ -s err.1 ] &&
	git for-each-ref "refs/comments/1/*" | wc -l &&
	[ "$(git for-each-ref "refs/comments/1/*" | wc -l)" = 121 ] &&
	git fsck --strict && ! ls .git | grep -E "galley|lock"'
finished
