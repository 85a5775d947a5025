#!/usr/bin/perl
# SPDX-License-Identifier: MIT
#
# redline-law.pl new|old REDLINE.html DRAFT.html: is the redline without what
# was cut the new draft, tag by tag; without what was put in the old one, word
# by word? Prints where they part, and exits with 1.
use strict;
use warnings;
my ($side, @files) = @ARGV;
my ($redline, $draft) = map {
	local (@ARGV, $/) = $_;
	my $page = <>;
	$page =~ s/.*?(<section class="chapter|<div class="chapter)/$1/s;
	$page =~ s/<section class="about".*//s;
	$page;
} @files;
for ($redline) {
	s{<span class="change" id="[^"]*">(?:<span class="wh(?:ere|o)"[^>]*>.*?</span> )*(?:<a class="[a-z]+-change".*?</a>)*</span> }{}g;
	s{<div class="change-place"></div>\n}{}g;
	# what has moved away, in few words
	s{<summary>.*?</summary>}{}gs;
	# ends of paragraphs: tags are not looked at where they matter
	s{<(?:del|ins) class="(?:cut|added) break"[^>]*>.*?</(?:del|ins)>}{}g;
	# HTML of the author's own, which can't have marks in it
	my $html = $side eq 'new' ? 1 : 0;
	s{<div class="html added">\n(.*?)\n</div>\n}{$html ? "$1\n" : ""}ges;
	my ($gone, $stays) = $side eq 'new' ? qw(cut added) : qw(added cut);
	# blocks that hold none of their kind
	my $blocks = qr{p|li|h[1-6]|pre|figure|tr|div|blockquote|section};
	1 while s{<($blocks)\b[^>]*class="(?:[^"]* )?$gone(?: moved)?"[^>]*>(?:(?!<\1\b).)*?</\1>\n?}{}s;
	s{<hr\b[^>]*class="$gone"[^>]*>\n}{}g;
	s{<(?:del|ins) class="$gone"[^>]*>.*?</(?:del|ins)>}{}gs;
	s{<(?:del|ins) class="$stays"[^>]*>(.*?)</(?:del|ins)>}{$1}gs;
	s{ class="$stays(?: moved)?"}{}g;
	s{ $stays(?: moved)?"}{"}g;
}
for ($redline, $draft) {
	# what is numbered through, and what has its name from that
	s{<(a|span)[^>]*class="noteref".*?</\1>}{<note>}g;
	s{<ol start="\d+">}{<ol>}g;
	s{(<p class="invitation">).*?</p>}{}gs;
	s{ data-chunk="\d+"| data-at="[^"]*"| data-[a-z-]*="[^"]*"}{}g;
	s{ id="n[^"]*"}{}g;
	s{<a class="backlink".*?</a>}{}g;
	s{<script type="application/json".*?</script>\n?}{}gs;
	s{href="mailto:[^"]*"}{href=""}g;
	s{src="data:[^"]*"}{src=""}g;
	if ($side eq 'old') {
		s{<h[1-6]\b[^>]*>}{<h>}g;
		s{</?(?:a|em|strong|span|i|b|code)\b[^>]*>}{}g;
		s{<[^>]*>}{ }g;
	}
	s{\s+}{ }g;
}
exit 0 if $redline eq $draft;
my $i = 0;
$i++ while substr($redline, $i, 1) eq substr($draft, $i, 1);
$i = $i > 100 ? $i - 100 : 0;
print "redline: ", substr($redline, $i, 400), "\n\ndraft: ", substr($draft, $i, 400), "\n";
exit 1;
