#!/usr/bin/perl
# SPDX-License-Identifier: MIT
#
# edition.pl <NOVEL.md >SECOND.md: a second edition, as authors make one. Of a
# hundred paragraphs, in 25 some words are changed, 5 lose a sentence, 5 get
# one, 3 are rewritten, 2 split, 2 joined, 2 moved, 2 come and one goes. Always
# the same bytes.
use strict;
use warnings;

my $seed = 7;

sub random {
	my $n = shift;
	$seed = ($seed * 1103515245 + 12345) & 0x7fffffff;
	return ($seed >> 8) % $n;
}

my $text = do { local $/; <STDIN> };
$text =~ s/\n+\z//;
my @paragraphs = split /\n\n+/, $text;
my @words = map { /(\w+)/g } grep { /^\w/ } @paragraphs[0 .. 200];

sub words {
	return join ' ', map { $words[random(scalar @words)] } 1 .. shift;
}

my (@out, @held);
for my $p (@paragraphs) {
	if ($p !~ /^\w/) { # headings, notes, breaks
		push @out, $p;
		next;
	}
	my $kind = random(100);
	my @sentences = split /(?<=[.!?]) /, $p;
	if ($kind < 25) {
		for (0 .. random(3)) {
			my @of = split / /, $p;
			$of[random(scalar @of)] = words(1);
			$p = join ' ', @of;
		}
	} elsif ($kind < 30 && @sentences > 1) {
		splice @sentences, random(scalar @sentences), 1;
		$p = join ' ', @sentences;
	} elsif ($kind < 35) {
		splice @sentences, random(@sentences + 1), 0, words(9) . '.';
		$p = join ' ', @sentences;
	} elsif ($kind < 38) {
		$p = join ' ', map { random(2) ? words(1) : $_ } split / /, $p;
	} elsif ($kind < 40) {
		$p =~ s/(?<=[.!?]) /\n\n/;
	} elsif ($kind < 42 && @out && $out[-1] =~ /^\w/) {
		$out[-1] .= " $p";
		next;
	} elsif ($kind < 44) {
		push @held, $p;
		next;
	} elsif ($kind < 46) {
		push @out, words(40) . '.';
	} elsif ($kind < 47) {
		next;
	}
	push @out, $p;
	push @out, shift @held if @held > 30;
}
print join("\n\n", @out, @held), "\n";
