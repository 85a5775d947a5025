#!/bin/sh
# SPDX-License-Identifier: MIT
# galley export -t html: one file that needs no other.
. "${0%/*}/lib.sh"

mkdir book && cd book || exit 1
git init -q
mkdir text images
cat >galley.conf <<'END'
[book]
	title = The Harbour & the Sea
	subtitle = A Book & its Sea
	author = A. Writer
	language = en-GB
[review]
	address = writer@example.org
END
cat >SUMMARY.md <<'END'
# Summary

[Foreword](text/foreword.md)

# Part One

- [Fog](text/fog.md)
- [Not written yet]()
END
cat >text/foreword.md <<'END'
# Foreword

Read [on](fog.md), [the end](fog.md#the-end), [there](https://example.org/?a=1&b=2), [nowhere](gone.md).
END
cat >text/fog.md <<'END'
# Fog

"Fog," he said.^[So it *did*.] <b onclick="x()">Bold <script>alert(1)</script>

![A dot](../images/dot.png "The dot")

![Far away](https://example.org/far.png) {>>secret<<}{--quite gone--}

## The end

It went.[^1]

[^1]: To [the foreword](foreword.md).
END
printf 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==' |
	base64 -d >images/dot.png
git add . && git commit -q -m 'the book' || exit 1
galley-export -t html -o "$directory/page.html" >/dev/null 2>"$directory/said"
page=$directory/page.html

has() { grep -qF -- "$1" "$page" || { echo "not there: $1"; return 1; }; }
lacks() { ! grep -F -- "$1" "$page"; }

check 'it is well-formed XML too' '
	command -v xmllint >/dev/null || exit 0
	perl -0777 -pe "s/<(style|script).*?<\/\1>//gs" "$page" >bare &&
	xmllint --noout bare && rm bare'
check 'the title page has the subtitle' '
	has ">A Book &amp; its Sea</p>"'
check 'its policy names the hashes of its style and script' '
	perl -MDigest::SHA=sha256_base64 -0777 -ne "
		for my \$tag (qw(style script)) {
			/<\$tag>(.*?)<\/\$tag>/s or die \$tag;
			my \$hash = \"sha256-\" . sha256_base64(\$1) . \"=\";
			/Policy\" content=\"[^\"]*\Q\$hash\E/ or die \$hash;
		}" "$page" && has "default-src '\''none'\''"'
check 'it asks nothing of the network' '
	lacks "src=\"http" && lacks "<link rel=\"stylesheet\"" &&
	lacks "@import" && lacks "url(http"'
check 'pictures are in it; those from elsewhere are their description' '
	has "src=\"data:image/png;base64,iVBORw0KGgo" &&
	has ">The dot" && has "<p" && grep -q "Far away" "$page" &&
	grep -q "text/fog.md.*far.png" "$directory/said"'
check 'labels are drawn, not written' '
	has "data-label=\"1.1\"" && ! grep -q ">1\.1<" "$page"'
check 'links lead to places of the page, dead ones are words' '
	has "<a href=\"#ch-fog\">on</a>" &&
	has "https://example.org/?a=1&amp;b=2" &&
	grep -q "nowhere\." "$page" && lacks ">nowhere</a>" &&
	id=$(sed -n "s/.*<a href=\"#\([^\"]*\)\">the end<.*/\1/p" "$page") &&
	has "<h4 id=\"$id\""'
check 'every fragment has its place, and every id is there once' '
	grep -o "href=\"#[^\"]*" "$page" | sed "s/.*#//" | sort -u >wanted
	grep -o " id=\"[^\"]*" "$page" | sed "s/.*\"//" | sort >there
	[ -z "$(uniq -d there)" ] && [ -z "$(comm -23 wanted there)" ] &&
	rm wanted there'
check 'notes stand at the end of their chapter and lead back' '
	has "role=\"doc-noteref\"" && has "Back to note 1" &&
	has "So it <em>did</em>."'
check 'raw HTML is tamed, remarks and deletions are gone' '
	lacks onclick= && lacks "alert(1)" && lacks secret && lacks "quite gone" &&
	has "<b>Bold"'
check 'the Markdown is told of chapters with nothing hidden in them alone' '
	has "data-path=\"text/foreword.md\">\"# Foreword" && lacks "data-path=\"text/fog.md"'
check 'what is not written is told of' 'has "not written yet"'
check 'it says which draft it is, and how to comment' '
	has "$(git rev-parse --short HEAD)" && has "mailto:writer@example.org" &&
	has noindex && has "<title>The Harbour &amp; the Sea"'
check 'zone, locale and umask change no byte' '
	TZ=Pacific/Kiritimati LC_ALL=C LANG=C sh -c "
		umask 077; galley-export -t html -o again.html" >/dev/null &&
	cmp again.html "$page" && rm again.html'
check 'paragraphs keep their ids when others come before them' '
	grep -o "<p id=\"[^\"]*\"" "$page" | sort >before
	printf "# Foreword\n\nNew.\n\nRead.\n" >text/foreword.md
	galley-export -t html -o new.html >/dev/null 2>&1
	grep "It went" "$page" | grep -o "<p id=\"[^\"]*\"" >old
	grep "It went" new.html | grep -o "<p id=\"[^\"]*\"" >new
	cmp old new && rm before old new new.html
	git checkout -q .'
check 'a file that cannot be written leaves the old one' '
	mkdir locked && echo old >locked/page.html && chmod a-w locked &&
	if [ "$(id -u)" = 0 ]; then exit 0; fi
	exits 128 galley-export -t html -o locked/page.html 2>err &&
	grep "^fatal: cannot write .locked/page.html." err &&
	[ "$(cat locked/page.html)" = old ]'
check 'a folder in its place is told of, and nothing is left over' '
	mkdir there.html && exits 128 galley-export -t html -o there.html \
		2>err && grep "^fatal: cannot write .there.html." err &&
	! ls there.html.* 2>/dev/null'
finished
