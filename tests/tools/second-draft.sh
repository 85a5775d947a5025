#!/bin/sh
# SPDX-License-Identifier: MIT
#
# second-draft.sh: in a copy of samples/handbook, a repository, changes of every
# kind: words, markup, links, notes, a table's rows and cells, an item of a list,
# pictures, code, verse, HTML; paragraphs are split and joined, one moves to
# another chapter, a chunk is renamed, a chapter goes.
set -e
perl -0pi -e '
	s/There are three openings in the wall\./There are *three* openings in the old wall./;
	s/Nobody works it\. //;
	s/(\| Doors are slow to open[^\n]*\n)(\| A thin sheet[^\n]*\n)/$2| Nothing at all | All is well | Have tea |\n/;
	s/A key that is hidden is/A key that is well hidden is/' 01-water/gates.md
perl -0pi -e '
	s/section\.svg "[^"]*"/section.svg "The pond is high and the creek is low"/;
	s/16,800/16,900/; s/\*area\*/_area_ of it/;
	s/(all at once\*:\n\n)(1\. )/${1}1. Tell everybody.\n$2/;
	s/Wading depth/Waist depth/;
	s/\(gates\.md#waste-gate\)/(gates.md#the-sluice)/' 01-water/pond.md
perl -0ne 'print $1 if /\n\n(Oak floats outlast.*?rots\.)\n\n/s' 01-water/wheel.md >moved
perl -0pi -e 's/\n\nOak floats outlast.*?rots\.\n\n/\n\n/s' 01-water/wheel.md
perl -0pi -e '
	s/× 0\.60 /× 0.62 /; s/hours in \(3, 4, 5\)/hours in (3, 4, 5, 6)/;
	s/# How Much Power Is There\?/# How Much Power?/' 01-water/reckoning.md
perl -0pi -e '
	BEGIN { local $/; open my $f, "<", "moved"; $moved = <$f>;
		$moved =~ s/eight years/ten years/ }
	s/\n\n/\n\n$moved\n\n/; s/\[\^damsel\]//; s/\n\[\^damsel\]:.*?(\n\n|\z)/\n/s;
	s/the story, and means only/the story[^old], and means only/;
	s/It is not,/It is *not*,/; $_ .= "\n[^old]: As old as thumbs.\n"' \
	02-stones/grinding.md
rm moved
sed 's/fill="#[0-9a-f]*"/fill="#886644"/' images/dress.svg >images/dress-2.svg
perl -0pi -e 's/dress\.svg/dress-2.svg/; s/A four-furrow dress/A five-furrow dress/' \
	02-stones/dressing.md
perl -0pi -e 's/above it\. It weighs/above it.\n\nIt weighs/;
	s/from the bran\.\n\nThe gap is set/from the bran. The gap is put right/' \
	02-stones/stones.md
git mv 03-keeping/log.md 03-keeping/book.md
sed -i 's/03-keeping\/log.md/03-keeping\/book.md/; /Colophon/d' SUMMARY.md
git rm -q colophon.md
cat >>glossary.md <<'END'

```c
int main(void);
```

<div class="x">Raw <b>words</b>.</div>

::: verse
A line of verse,
  and another.
:::
END
git add -A
