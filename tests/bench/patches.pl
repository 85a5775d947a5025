#!/usr/bin/perl
# SPDX-License-Identifier: MIT
#
# patches.pl CHUNKS PATCHES flat|folders FOLDER [PARAGRAPHS READERS]: a
# manuscript of so many chunks of 22 paragraphs, some 5 KB, in FOLDER/book, and
# one mbox of so many one-line patches by mail to its only commit in
# FOLDER/patches.mbox. With READERS, every third of these mails is a remark
# under a quoted line instead. Always the same bytes.
use strict;
use warnings;
use Digest::SHA qw(sha1_hex);

my ($chunks, $patches, $layout, $folder, $paragraphs, $readers) = @ARGV;
my $remarks = $readers;
$paragraphs ||= 22;
$readers ||= 500;
my $seed = 42;

sub random {
	my $n = shift;
	$seed = ($seed * 1103515245 + 12345) & 0x7fffffff;
	return ($seed >> 8) % $n;
}

my @syllables = qw(ba ce di fo gu ha ke li mo nu pa re si to vu wa ze ro ly en);
my @words = map {
	join '', map { $syllables[random(scalar @syllables)] } 1 .. 1 + random(3)
} 1 .. 5000;

# Paragraphs of one line each, a blank line between.
sub chunk {
	my @lines = ("# " . ucfirst $words[random(scalar @words)], '');
	for (1 .. $paragraphs) {
		my @sentences = map {
			ucfirst(join ' ', map { $words[random(scalar @words)] }
				1 .. 8 + random(8)) . '.'
		} 1 .. 3;
		push @lines, join(' ', @sentences), '';
	}
	pop @lines;
	return \@lines;
}

sub text { return join '', map { "$_\n" } @_ }

sub blob {
	my $bytes = shift;
	return sha1_hex('blob ' . length($bytes) . "\0" . $bytes);
}

my (@paths, @texts, @blobs);
mkdir "$folder/book" or die "$folder/book: $!";
open my $summary, '>', "$folder/book/SUMMARY.md" or die $!;
print $summary "# Summary\n\n";
for my $i (0 .. $chunks - 1) {
	my $path = sprintf '%04d.md', $i;
	if ($layout eq 'folders') {
		my $part = sprintf 'part-%02d', int($i / 30);
		mkdir "$folder/book/$part";
		$path = "$part/$path";
	}
	push @paths, $path;
	push @texts, chunk();
	push @blobs, blob(text(@{$texts[$i]}));
	print $summary "- [Chapter $i]($path)\n";
	open my $out, '>', "$folder/book/$path" or die "$path: $!";
	print $out text(@{$texts[$i]});
	close $out or die $!;
}
close $summary or die $!;

open my $mbox, '>', "$folder/patches.mbox" or die $!;
for my $n (0 .. $patches - 1) {
	my $i = $n % $chunks;
	my @lines = @{$texts[$i]};
	# not twice the same paragraph, never the title
	my $at = 4 + 2 * (int($n / $chunks) % ($paragraphs - 4));
	my @old = split / /, $lines[$at];
	my @new = @old;
	my $word = 1 + random(scalar(@new) - 2);
	my $from = $at < 3 ? 0 : $at - 3;
	my $to = $at + 3 > $#lines ? $#lines : $at + 3;
	my ($before, $after) = (join(' ', @old), '');

	$new[$word] = "changed$n" . ($old[$word] =~ /\.$/ ? '.' : '');
	$after = join ' ', @new;
	$lines[$at] = $after;
	my $id = substr blob(text(@lines)), 0, 12;
	my $base = substr $blobs[$i], 0, 12;
	my $count = $to - $from + 1;
	printf $mbox "From %040d Mon Sep 17 00:00:00 2001\n", 0;
	printf $mbox "From: Reader %d <reader%d\@example.org>\n", $n % $readers,
		$n % $readers;
	printf $mbox "Date: Fri, 2 Jan 2026 %02d:%02d:%02d +0000\n",
		int($n / 3600) % 24, int($n / 60) % 60, $n % 60;
	print $mbox "Message-Id: <$n\@example.org>\n";
	if ($remarks && $n % 3 == 2) {
		my $quote = join ' ', @old[$word .. $#old];

		print $mbox "Subject: Re: [Book r1] $paths[$i]\n\n";
		print $mbox "> $quote\n\nThis goes on for too long, $n.\n\n";
		next;
	}
	print $mbox "Subject: [PATCH] a better word, $n\n\n---\n $paths[$i] | 2 +-\n";
	print $mbox " 1 file changed, 1 insertion(+), 1 deletion(-)\n\n";
	print $mbox "diff --git a/$paths[$i] b/$paths[$i]\n";
	print $mbox "index $base..$id 100644\n--- a/$paths[$i]\n+++ b/$paths[$i]\n";
	printf $mbox "\@\@ -%d,%d +%d,%d \@\@\n", $from + 1, $count, $from + 1, $count;
	for my $l ($from .. $to) {
		if ($l == $at) {
			print $mbox "-$before\n+$after\n";
		} else {
			print $mbox " $lines[$l]\n";
		}
	}
	print $mbox "-- \n2.39.5\n\n";
}
close $mbox or die $!;
