/* SPDX-License-Identifier: MIT */
/*
 * Markdown in: CommonMark 0.30 as libcmark reads it, and what books need
 * beyond it. Where CommonMark gives a text a meaning, that meaning stands;
 * the extensions take what it leaves as plain words.
 *
 * Blocks:
 *	::: verse			a division, to its ":::"; also
 *	::: {#id .class lang=fr}	with attributes; may be nested
 *	[^label]: words			a footnote, its further blocks indented
 *					by 4; not shown where it stands
 *	| a | b |			a pipe table, as GitHub's; below it a
 *	|---|--:|			line ": words" is its caption
 *	| The sea,			verse: each line as written, blanks
 *	|   the sea			after the bar are its indent. Inside
 *					"::: verse" bars are not needed
 *	***  ---  ⁂  #			a scene break, alone in its paragraph
 *	![alt](url "caption")		a figure, alone in its paragraph
 *	# Words {#id .class key=value}	a heading with attributes
 *	front matter			YAML between --- lines, or pandoc's %
 *					lines: no part of the document
 * Inlines:
 *	[words]{.class}			a span; attributes may also follow
 *					links, images and code
 *	[^label]  ^[words]		a footnote's mark; a note in its place.
 *					A label that nothing defines is words
 *	~~words~~			struck out
 *	{++new++} {--old--} {~~old~>new~~} {==words==} {>>remark<<}
 *					CriticMarkup, within one block
 *
 * Time and memory are linear in the text, whatever it is. Quotes, lists and
 * divisions more than 64 deep, and emphasis more than 32 deep, lose their
 * inner levels, not their words.
 */
#ifndef MARKDOWN_READ_H
#define MARKDOWN_READ_H

#include "document.h"

/**
 * Read `source` into `doc` (document.h, document_reader). Not thread-safe:
 * memory is kept from one call to the next.
 */
int markdown_read(struct document *doc, struct slice source,
		  const struct definitions *elsewhere, struct error *err);

#endif
