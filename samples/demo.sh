#!/bin/sh
# SPDX-License-Identifier: MIT
#
# make demo: the novella, one Markdown file, becomes a repository and three
# drafts in build/demo/.
set -eu
here=$(cd "${0%/*}" && pwd -P)
: "${B:=$here/../build}"
demo=$B/demo
name=the-tide-table
novella=$here/$name.md

rm -rf "$demo"
mkdir -p "$demo"
PATH=$B/bin:$PATH
export PATH
# whoever tries this may have no name in git's settings yet
git config --global user.name >/dev/null 2>&1 || {
	HOME=$demo/.home
	export HOME
	mkdir "$HOME"
	git config --global user.name 'Ada Author'
	git config --global user.email ada@example.org
}

show() {
	echo "\$ $*"
	"$@"
}
cd "$demo"
show galley split "$novella" "$name"
cd "$name"
if ! [ -e images ]; then # the pictures that it shows
	cp -R "$here/images" .
	git add images
	git commit -q -m 'pictures'
fi
show galley outline | head -n 12
show galley export -t epub -o "../$name.epub"
show galley export -t html -o "../$name.html"
show galley export -t site -o "../$name-site"

where=build/demo
[ "$B" = "$here/../build" ] || [ "$B" = "${here%/*}/build" ] || where=$demo
echo
cat <<END
A novella became a git repository, $where/$name, with $(git ls-files | wc -l | tr -d ' ') files.
An e-book of it for any reader: $where/$name.epub ($(($(wc -c <"../$name.epub") / 1024)) KB)
One page for a browser: $where/$name.html; a site: $where/$name-site/index.html
Try next: change a chapter, then in the repository: galley check; galley export
Your own book: export PATH="$B/bin:\$PATH"; galley split your-book.md your-book
END
