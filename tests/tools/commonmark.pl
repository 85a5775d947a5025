#!/usr/bin/perl
# SPDX-License-Identifier: MIT
#
# commonmark.pl SPEC.json PROGRAM EXCEPTIONS: the examples of the CommonMark
# specification through PROGRAM -n. Names those that differ and are no
# exception, and exceptions that do not differ. EXCEPTIONS has a line each:
# number of the example, reason.
use strict;
use warnings;
use File::Temp;
use JSON::PP;

my ($spec, $program, $list) = @ARGV;
my (%excepted, $differ);

open my $in, '<:raw', $spec or die "$spec: $!\n";
my $examples = decode_json(do { local $/; <$in> });
open $in, '<', $list or die "$list: $!\n";
/^(\d+)\s+\S/ and $excepted{$1} = 1 for <$in>;

my $texts = File::Temp->new;
binmode $texts, ':raw';
print $texts map { my $s = $_->{markdown}; utf8::encode($s); "$s\0" }
	@$examples;
$texts->flush;
my @html = split /\0/, qx($program -n <"$texts"), -1;
$? == 0 && @html == @$examples + 1 or die "$program: failed\n";
for my $e (@$examples) {
	my $want = $e->{html};
	my $have = shift @html;
	utf8::encode($want);
	my $same = $want eq $have;

	next if $same != !!$excepted{$e->{example}};
	$differ++;
	print "example $e->{example}: ", $same
		? "no longer an exception\n"
		: "\n$e->{markdown}--- wanted\n$want--- is\n$have---\n";
}
printf "%d examples, %d exceptions, %d wrong\n", scalar @$examples,
	scalar keys %excepted, $differ // 0;
exit($differ ? 1 : 0);
