#!/bin/sh
# SPDX-License-Identifier: MIT
#
# make demo: the novella, one Markdown file, becomes a repository and three
# drafts in build/demo/.
set -eu
cd "${0%/*}/.."
project=$(pwd -P)
: "${B:=$project/build}"
PATH=$B/bin:$PATH
export PATH
demo=${B#"$project"/}/demo
name=the-tide-table
rm -rf "$demo"
mkdir -p "$demo"

# whoever tries this may have no name in git's settings yet
git config --global user.name >/dev/null 2>&1 || {
	HOME=$B/demo/.home
	export HOME
	mkdir "$HOME"
	git config --global user.name 'Ada Author'
	git config --global user.email ada@example.org
}

show() {
	echo "\$ $*"
	"$@"
}
show galley split "samples/$name.md" "$demo/$name"
echo
show cd "$demo/$name"
show galley outline
echo
show galley export -o "../$name.epub"
show galley export -o "../$name.html"
show galley export -t site -o "../$name-site"

size=$(($(wc -c <"../$name.epub") / 1024))
cat <<END

A novella of one file became a git repository of its chapters: $demo/$name
Its e-book is $demo/$name.epub ($size KB), its web page $demo/$name.html,
its site starts at $demo/$name-site/index.html: open them all.
Try next: change a chapter, then 'galley check' and 'galley export' beside it.
Your own book: PATH="$B/bin:\$PATH" galley split your-book.md
END
