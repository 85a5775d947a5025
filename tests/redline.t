#!/bin/sh
# SPDX-License-Identifier: MIT
# galley redline: two drafts as one, word by word.
. "${0%/*}/lib.sh"

# the text without what is cut, or without what is added
without() {
	perl -0777 -pe 'BEGIN { $sign = shift }
		if ($sign eq "+") {
			s/\{\+.*?\+\}//gs; s/\[-(.*?)-\]/$1/gs;
		} else {
			s/\[-.*?-\]//gs; s/\{\+(.*?)\+\}/$1/gs;
		}
		s/\n\n+/\n\n/g; s/\A\n+//; s/\n+\z/\n/' -- "$1"
}

mkdir book && cd book && git init -q . || exit 1
cat >SUMMARY.md <<'END'
# The Fog

- [One](one.md)
- [Two](two.md)
- [Three](three.md)
END
cat >one.md <<'END'
# One

The grey fog came in over the bar, and nobody saw it come.

It was the *third day* of the spring tides, as the almanac said it would be.
END
cat >two.md <<'END'
# Two

He went down to the harbour and counted the boats that were left.

A paragraph that will be somewhere else in the second draft of this book.
END
printf '# Three\n\nNothing happens here.\n' >three.md
cat >galley.conf <<'END'
[book]
	title = The Fog
	language = en-GB
END
git add . && git commit -qm one && git tag -a -m 'Round 1' round/1
cat >one.md <<'END'
# One

The white fog came in over the bar,
and nobody saw it come.

A paragraph that will be somewhere else in the next draft of this book.

It was the *fourth day* of the spring tides, as the almanac said it would be.
END
git mv two.md later.md
cat >later.md <<'END'
# Two

He went down to the harbour and counted the boats that were left.
END
sed -i 's/two.md/later.md/' SUMMARY.md
git commit -qam two && git tag -a -m 'Round 2' round/2
cd ..

check 'words are marked, below labels of the new draft' '
	cd book && galley-redline round/1 round/2 >../out &&
	grep -x "1. One" ../out && grep -x "@@ 1.1 changed @@" ../out &&
	grep "^The \[-grey-\]{+white+} fog came in over the bar, and" ../out &&
	grep "It was the \*\[-third-\]{+fourth+} day\* of" ../out'
check 'what was moved is shown as moved, with what changed in it' '
	cd book && grep "^@@ 1.2 moved here from .Two. @@" ../out &&
	grep "else in the \[-second-\]{+next+} draft" ../out &&
	grep "^@@ moved away to .One. @@" ../out'
check 'what is the same is not shown, whatever its file is called' '
	cd book && ! grep -e boats -e Nothing ../out'
check 'a round by its name alone, and the work tree' '
	cd book && galley-redline 1 >../work && cmp ../out ../work &&
	echo "The end of it all." >>three.md && galley-redline 2 >../work &&
	git checkout -q three.md && grep "The end of it all" ../work'
check 'nothing changed, nothing printed' '
	cd book && galley-redline 2 2 >../same && ! [ -s ../same ]'
check 'all of the book: without what is marked, each of the drafts' '
	cd book && galley-redline --all 1 2 >../all &&
	galley-redline --all 1 1 >../old && galley-redline --all 2 2 >../new &&
	without - <../all | cmp - ../new && grep Nothing ../all &&
	without + <../all | cmp - ../old'
check 'two files, in a repository or not' '
	mkdir none && cd none &&
	printf "One two three.\n\n- four five six\n" >a &&
	printf "One two\nthree.\n\n- four seven six\n" >b &&
	galley-redline --no-index a b >out &&
	grep -x "@@ line 4 changed @@" out &&
	grep -x -e "- four \[-five-\]{+seven+} six" out'
check 'where a paragraph moved to in a file' '
	cd none && printf "%s.\n\n" "A cat sat on the mat" "The dog was out late" \
		"One two three four five" >e && sed "1,2d" e >f && sed 1q e >>f &&
	galley-redline --no-index e f >out && galley-redline --no-index f e >back &&
	[ "$(grep @@ out; grep @@ back)" = "@@ line 1 moved down @@
@@ line 5 moved here from above @@
@@ line 1 moved here from below @@
@@ line 5 moved up @@" ]'
check 'a paragraph that was split' '
	cd none && printf "The fog came in over the bar. Nobody saw it come.\n" >c &&
	printf "The fog came in over the bar.\n\nNobody saw it come.\n" >d &&
	galley-redline --no-index c d | sed -n "2p;4p" >out &&
	printf "%s\n" "The fog came in over the bar. {+¶+}" \
		"Nobody saw it come." | cmp - out &&
	galley-redline --no-index --all c d >out && without - <out | cmp - d &&
	without + <out | cmp - c && galley-redline --no-index d c >out &&
	grep -F "bar. [-¶-] Nobody" out &&
	galley-redline --no-index --all d c >out && without + <out | cmp - d &&
	without - <out | cmp - c'
check 'all of two files that are the same' '
	cd none && galley-redline --no-index --all a a >out &&
	galley-redline --textconv a | cmp - out'
check 'an item is not cut where all its words are' '
	mkdir items && cd items && git init -q . &&
	printf -- "# One\n\n- the old <i>words\n- two\n" >one.md &&
	git add . && git commit -qm one && git tag one &&
	sed -i "s/old .*/new word/" one.md && git commit -qam two &&
	galley-redline -t html -o ../items.html one HEAD &&
	! grep "<li [^>]*cut" ../items.html &&
	grep "<li><span class=\"cut\">.*<span id=" ../items.html'
cp -r "$samples/handbook" handbook && cd handbook && git init -q . &&
	git add . && git commit -qm one && git tag -a -m 'Round 1' round/1 &&
	sh "$tools/second-draft.sh" && git commit -qm two &&
	git tag -a -m 'Round 2' round/2 || exit 1
cd ..
check 'a page: without what was cut, the new draft; and the old one' '
	cd handbook && galley-redline -t html -o ../a.html 1 2 &&
	galley-export -t html -o ../new.html round/2 &&
	galley-export -t html -o ../old.html round/1 &&
	perl "$tools/redline-law.pl" new ../a.html ../new.html &&
	perl "$tools/redline-law.pl" old ../a.html ../old.html'
check 'the other way round, too' '
	cd handbook && galley-redline -t html -o ../b.html 2 1 &&
	perl "$tools/redline-law.pl" new ../b.html ../old.html &&
	grep "<pre class=\"cut\">.*&lt;div class=" ../b.html'
check 'a paragraph that was split, and two that were joined, are shown as such' '
	grep "above it.<ins class=\"added break\"[^>]*>¶</ins></p>$" a.html &&
	grep "bran. <del class=\"cut break\"[^>]*>¶</del>The gap is" a.html'
check 'each change leads to the next and the one before; what moved, there' '
	perl -ne "\$id{\$_}++ for /id=\"(change-\d+)\"/g;
		\$to{\$_}++ for /href=\"#(change-\d+)\"/g;
		END { exit 1 if grep { !\$id{\$_} } keys %to;
			exit 1 unless keys %id > 10 }" a.html &&
	grep "moved here from <a href=\"#change-[0-9]*\">The Wheel</a>" a.html &&
	grep "moved to <a href=\"#change-[0-9]*\">Grinding</a>" a.html'
check 'what moved away is shown in few words, and whole when asked for' '
	grep "<details><summary><del [^>]*>Oak floats .* … .*\.</del></summary>" \
		a.html && cd handbook && galley-redline 1 2 >../out &&
	grep -x "\[-Oak floats outlast.\{20,30\} … .\{10,30\}\.-\]" ../out'
check 'both pictures are there, one from the old draft' '
	[ "$(grep -c "<figure" a.html)" = \
		"$(($(grep -c "<figure" new.html) + 1))" ] &&
	grep "<figure class=\"cut\".*data:image" a.html'
check 'the contents count changes; unchanged chapters are left out' '
	grep "Grinding</a> <small class=\"change-count\">Changes: [0-9]" a.html &&
	cd handbook && galley-redline -t site --changed -o ../site 1 2 &&
	ls ../site/grinding.html ../site/redline.css &&
	! [ -e ../site/foreword.html ] && ! grep Foreword ../site/index.html &&
	galley-redline -t site -o ../site 1 2 && ls ../site/foreword.html'
check 'an e-book' '
	cd handbook && galley-redline -t epub -o ../a.epub 1 2 &&
	galley-redline -t epub -o ../b.epub 1 2 && cmp ../a.epub ../b.epub &&
	galley-redline -n -t epub 1 2 >../name &&
	grep "^keeping-a-tide-mill-round-2-.*-since-round-1.epub$" ../name &&
	! [ -e "$(cat ../name)" ]'
check 'who suggested a change, where a comment was applied' '
	git clone -q book asked && cd asked && sed -i "s/counted the boats/\
counted all the boats/" later.md && git commit -q --author="Ann <ann@example>" \
		-am "boats" -m "Comment: 0123456789abcdef" &&
	echo "And the author had a word to say at the end of it." >>three.md &&
	git commit -qam own && galley-redline 2 >../out &&
	grep "^@@ 2.1 changed, suggested by Ann @@" ../out &&
	grep "^@@ 3.1 changed @@" ../out && galley-redline -t html -o ../c.html 2 &&
	grep "<span class=\"who\">suggested by Ann</span>" ../c.html'
check 'a summary, for people and for programs' '
	cd handbook && galley-redline --summary 1 2 >../sum &&
	grep "^ *2  The Gates .* 4 changes, " ../sum &&
	grep "^ *5  Grinding .*  1 moved$" ../sum &&
	grep "^ *total .* changes, *+[0-9]* *-[0-9]*  1 moved$" ../sum &&
	galley-redline --summary --json 1 2 >../sum.json &&
	perl -MJSON::PP -0e "\$s = decode_json(<>); \$n = 0;
		\$n += \$_->{changes} for @{\$s->{chapters}};
		die unless \$n && \$n == \$s->{changes} && \$s->{moved} == 1;
		die unless (grep { \$_->{title} eq q(Grinding) &&
			\$_->{chunk} eq q(02-stones/grinding.md) }
			@{\$s->{chapters}}) == 1" ../sum.json &&
	galley-redline --summary 2 2 >../sum && grep "total *0 changes" ../sum &&
	exits 129 galley-redline --json 1 2 2>../err'
check 'what comes from a text cannot drive the terminal' '
	cd none && printf "A \033[31mred\033[m word.\n" >c &&
	galley-redline --no-index a c >out && ! grep "$(printf "\033")" out &&
	grep -F "\\x1b[31mred" out'
check 'as git sees it: git diff, its words and its tool, set up by init' '
	mkdir driven && cd driven && git init -q . &&
	printf "# Fog\n\nThe grey\nfog came in.\n\nAs ever.\n" >a.md &&
	git add . && git commit -qm a && galley-init --diff-driver >../said &&
	grep -x diff.galley.wordRegex ../said &&
	grep -x "\*.md diff=galley" .gitattributes &&
	printf "# Fog\n\nThe grey fog\ncame in.\n\nAs ever.\n" >a.md &&
	[ -z "$(git diff | grep "^[-+@]")" ] &&
	printf "# Fog\n\nThe white, grey\nfog came in.\n\nAs ever.\n" >a.md &&
	git diff --word-diff >../out && grep "^@@.*@@" ../out &&
	grep -F "The {+white,+} grey fog came in." ../out &&
	git difftool -y -t galley a.md >../out && grep -x a.md ../out &&
	grep -F "The {+white, +}grey fog came in." ../out'
check 'no such revision, no such file, none at all' '
	cd book && exits 128 galley-redline nowhere 2>../err &&
	grep "^fatal: .*nowhere" ../err &&
	exits 128 galley-redline --no-index gone gone 2>../err &&
	grep "^fatal: .*gone" ../err && exits 129 galley-redline 2>../err &&
	exits 129 galley-redline --no-index one.md 2>../err &&
	exits 129 galley-redline 1 2 3 2>../err &&
	exits 129 galley-redline -t md 1 2>../err &&
	exits 129 galley-redline -t text -o x 1 2>../err &&
	exits 129 galley-redline --name=x 1 2>../err &&
	exits 129 galley-redline -o x 1 2>../err'
check 'it works in a bare repository' '
	git clone -q --bare book bare &&
	(cd book && galley-redline 1 2 >../out) && cd bare &&
	galley-redline 1 2 | cmp - ../out'
finished
