#!/bin/sh
# SPDX-License-Identifier: MIT
# galley verify: where drafts are from, and what was done to them.
. "${0%/*}/lib.sh"

mkdir book && cd book || exit 1
git init -q
cat >galley.conf <<'END'
[book]
	title = The Harbour
	language = en-GB
[review]
	address = writer@example.org
END
printf -- '- [Fog](fog.md)\n- [Sea](sea.md)\n' >SUMMARY.md
printf '# Fog\n\nFog came. It was grey, and it stayed.\n\nIt went.\n' >fog.md
printf '# Sea\n\nThe sea "rose".\n' >sea.md
git add . && git commit -qm 'the book' &&
	galley-round open --no-drafts >/dev/null &&
	printf '# Sea\n\nThe sea fell.\n' >sea.md && git commit -qam more || exit 1
drafts=$directory/drafts
mkdir "$drafts"
for i in epub html site; do
	galley-export -t $i -o "$drafts/mara.$i" \
		--for='Mara "Q" Quill <mara@example.org>' round/1 >/dev/null
	galley-export -t $i -o "$drafts/all.$i" >/dev/null
done
commit=$(git rev-parse round/1^0)

# alter FROM TO PERL [NAME...]: an archive, with $_ the bytes of each entry and
# $n its name, and packed anew
alter() {
	perl -MIO::Uncompress::Unzip -MIO::Compress::Zip=:all -e '
		my ($from, $to, $code) = @ARGV;
		my $in = IO::Uncompress::Unzip->new($from) or die;
		my $out;
		do {
			local $/;
			our $n = $in->getHeaderInfo->{Name};
			local $_ = <$in>;
			eval $code; die $@ if $@;
			my @o = (Name => $n, Method => ZIP_CM_DEFLATE);
			if (defined $n && !$out) {
				$out = IO::Compress::Zip->new($to, @o) or die;
			} elsif (defined $n) {
				$out->newStream(@o);
			}
			$out->print($_) if defined $n;
		} while $in->nextStream > 0;
		$out->close' "$1" "$2" "$3"
}

check 'drafts of all formats are the same, byte for byte' '
	galley-verify "$drafts"/* >out
	grep -c ": the same, byte for byte$" out >count && [ "$(cat count)" = 6 ]
	for i in epub html site; do
		printf "%s: round 1, commit %.12s, for Mara \"Q\" Quill (R" \
			"$drafts/mara.$i" $commit >line
		grep -F "$(cat line)" out
	done
	grep "all.epub: commit $(git rev-parse HEAD | cut -c1-12): " out
	[ -z "$(galley-verify -q "$drafts"/*)" ]'
check 'a page of a site, and redlines' '
	galley-verify "$drafts/all.site/fog.html" >out
	cp "$drafts/all.site/fog.html" "Fog - The Harbour.html"
	galley-verify "Fog - The Harbour.html" >out
	sed "s/grey/gray/" "$drafts/all.site/fog.html" >x.html
	exits 1 galley-verify x.html >out && grep "{+gray,+}" out
	[ $(grep -c . out) = 2 ]
	sed "s/<title>/&A/" "$drafts/all.site/fog.html" >x.html
	exits 1 galley-verify x.html >out && grep "no page of that title$" out
	perl -pe "s/<header/<button id=a>Aa<\/button>\n\$&/;
		s/class=.single/\$& js/" "$drafts/all.html" >x.html
	exits 1 galley-verify x.html >out && grep "words are the same$" out
	for i in epub html site; do
		galley-redline -t $i -o x.$i 1 HEAD
		galley-redline -t $i -o y.$i --changed 1^0 HEAD
	done
	galley-verify x.epub x.html x.site x.site/sea.html y.* >out
	grep "^x.epub: commit .*, changes since round 1: the same, byte" out
	sed "s/fell/rose/" x.html >y.html && exits 1 galley-verify y.html >out
	grep ": altered$" out && rm -r x.* y.*'
check 'words that were altered are shown' '
	alter "$drafts/mara.epub" x.epub "s/grey/gray/ if \$n =~ /fog/"
	exits 1 galley-verify x.epub >out
	grep "^x.epub: round 1, .*: altered$" out
	grep "^  ~ EPUB/text/fog.xhtml$" out
	grep "^ *It was \[-grey,-\]{+gray,+} and it stayed.$" out
	[ $(grep -c . out) = 3 ]
	perl -pe "s/grey/gray/" "$drafts/all.html" >x.html
	exits 1 galley-verify x.html >out && grep "{+gray,+}" out
	cp -R "$drafts/all.site" x && perl -pi -e "s/fell/rose/" x/sea.html
	exits 1 galley-verify x >out && grep "{+rose" out'
check 'markup alone, files put in and taken out are told of' '
	alter "$drafts/all.epub" x.epub "s/<p id/<p title=\"x\" id/ if \$n =~ /fog/;
		\$n = undef if \$n =~ /sea/; \$n = \"EPUB/ad.png\" if \$n =~ /cover.svg/"
	exits 1 galley-verify x.epub >out
	cat >expect <<-END
		  + EPUB/ad.png
		  - EPUB/images/cover.svg
		  ~ EPUB/text/fog.xhtml: the words are the same
		  - EPUB/text/sea.xhtml
	END
	sed 1d out | diff expect -
	alter "$drafts/all.epub" x.epub "s/<p/<p title=\"x\"/ if \$n =~ /html/"
	exits 1 galley-verify x.epub >out && ! grep fog out
	grep "^  ~ [0-9]* files in which the words are the same$" out
	cp -R "$drafts/all.site" y && rm y/search.js && ln -s /etc/passwd y/images
	exits 1 galley-verify y >out && grep "^  - search.js" out
	grep "^  + images" out && ! grep root: out'
check 'the same files that were packed anew are not the same bytes' '
	alter "$drafts/all.epub" x.epub ""
	exits 1 galley-verify x.epub >out
	grep ": the same files, packed anew$" out'
check 'what a draft says of itself is not believed' '
	alter "$drafts/all.epub" x.epub "s/$(git rev-parse HEAD)/$commit/"
	exits 1 galley-verify x.epub >out && grep ": altered$" out
	alter "$drafts/mara.epub" x.epub "s/Quill/Dill/ if \$n =~ /opf/"
	exits 1 galley-verify x.epub >out && grep ": altered$" out
	alter "$drafts/all.epub" x.epub \
		"s/(<meta name=.galley:)commit/<meta name=\"galley:round\" content=\"7\"\/>\$1commit/"
	exits 1 galley-verify x.epub >out
	grep "round .7. is not on commit .* in this repository$" out
	alter "$drafts/all.epub" x.epub "s/(galley:commit. content=.)\\w+/\$1:\/more/"
	exits 1 galley-verify x.epub >out && grep "does not say which commit" out'
check 'a commit that is not here, or changes in none, are told of' '
	git init -q ../other && cd ../other && git commit -q --allow-empty -m x
	exits 1 galley-verify "$drafts/all.epub" >out
	grep ": commit [0-9a-f]* is not in this repository$" out
	cd ../book && echo More. >>fog.md
	galley-export -o x.epub >/dev/null && git checkout -q fog.md
	exits 1 galley-verify x.epub >out
	grep ": made with changes that are in no commit$" out
	mkdir ../none && cd ../none && exits 128 galley-verify "$drafts/all.epub" 2>err
	grep "^fatal: .*repository" err'
check 'other files are no drafts, and hostile ones do nothing' '
	cd "$directory/work/book"
	exits 1 galley-verify fog.md >out
	grep "^fog.md: no draft of galley.s$" out
	head -c 2000 "$drafts/all.epub" >x.epub
	exits 1 galley-verify x.epub >out && grep "no archive that can be read" out
	for name in ../x /x a//b "a\\\\b" ./a "a\tb"; do
		alter "$drafts/all.epub" x.epub "\$n = \"$name\" if \$n =~ /sea/"
		exits 1 galley-verify x.epub >out
		grep "is no path inside it" out
	done
	alter "$drafts/all.epub" x.epub "\$n =~ s/sea/fog/"
	exits 1 galley-verify x.epub >out && grep "a name is there twice" out
	alter "$drafts/all.epub" x.epub "\$_ = chr(0) x 70e6 if \$n =~ /sea/"
	exits 1 galley-verify x.epub >out && grep "too much" out
	alter "$drafts/mara.epub" x.epub \
		"s/(galley:reader. content=.)[^\"]*/\$1\\x1b[31mX/"
	exits 1 galley-verify x.epub >out && ! grep "$(printf "\\033")" out
	exits 128 galley-verify nowhere 2>err && grep nowhere err
	exits 129 galley-verify 2>err'
check 'programs read JSON' '
	alter "$drafts/mara.epub" x.epub "s/grey/gray/ if \$n =~ /fog/"
	exits 1 galley-verify --json "$drafts/mara.epub" x.epub fog.md >out
	perl -MJSON::PP -e "
		local \$/; my \$all = decode_json(<STDIN>);
		my (\$same, \$altered, \$none) = @\$all;
		die 1 if \$same->{verdict} ne q(same) || @{\$same->{files}};
		die 2 if \$same->{commit} ne q($commit) || \$same->{round} ne 1;
		die 3 if \$same->{reader} ne q(Mara \"Q\" Quill);
		die 4 if \$altered->{verdict} ne q(altered);
		die 5 if \$altered->{files}[0]{words}[0] !~ /\\{\\+gray/;
		die 6 if \$none->{verdict} ne q(not-ours) || \$none->{commit};
	" <out
	galley-verify -q --json "$drafts/all.epub" >out && [ "$(cat out)" = "[]" ]'
check 'nothing is left behind' '
	mkdir "$directory/tmp" && TMPDIR=$directory/tmp galley-verify "$drafts"/*
	[ -z "$(ls "$directory/tmp")" ] && [ -z "$(git status --porcelain -uno)" ]'
check 'a draft is the same when a round is opened at its commit after it' '
	cp -R "$directory/book" again && cd again
	echo "It rose." >>sea.md && git commit -qam later
	galley-export -o ../later.epub
	galley-round open --no-drafts && galley-verify ../later.epub
'
finished
