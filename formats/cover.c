/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <string.h>

#include "cover.h"
#include "html_escape.h"
#include "strbuf.h"
#include "utf8.h"

#define MARGIN 150
#define TEXT_WIDTH (COVER_WIDTH - 2 * MARGIN)
#define MAX_LINES 6

/* ---- chance that is always the same ----------------------------------- */

struct chance {
	uint64_t state;
};

static void chance_start(struct chance *c, const char *title,
			 const char *author)
{
	c->state = UINT64_C(0xcbf29ce484222325);
	for (const char *p = title; *p; p++)
		c->state = (c->state ^ (unsigned char)*p) *
			   UINT64_C(0x100000001b3);
	c->state *= UINT64_C(0x100000001b3);
	for (const char *p = author; *p; p++)
		c->state = (c->state ^ (unsigned char)*p) *
			   UINT64_C(0x100000001b3);
}

/* 0 to below `n`; Steele, Lea, Flood: SplitMix64. */
static unsigned chance_below(struct chance *c, unsigned n)
{
	uint64_t z = c->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	z ^= z >> 31;
	return (unsigned)((z >> 32) * n >> 32);
}

/* ---- colours ---------------------------------------------------------- */

struct palette {
	const char *ground, *ink, *quiet, *accent;
};

static const struct palette palettes[] = {
	{ "#1d2f3f", "#f6efe2", "#3c5568", "#d9a05b" },	/* harbour at night */
	{ "#f3ecdf", "#23303a", "#cdbfa6", "#9c3d2c" },	/* paper, brick */
	{ "#2f3d2f", "#f4f0e1", "#53654f", "#d8b45a" },	/* wood */
	{ "#e9ecea", "#1f2f36", "#b3c2c0", "#2e6b70" },	/* fog */
	{ "#4a2230", "#f7ebe2", "#714354", "#e0a08a" },	/* wine */
	{ "#efe6d4", "#2c2a4a", "#c5bad0", "#6a4c93" },	/* dusk */
	{ "#24243a", "#f1eff5", "#4b4b6b", "#e4c36a" },	/* stars */
	{ "#e4efe9", "#1f3a33", "#a9c9ba", "#c0653a" },	/* tide */
};

/* ---- ornaments, in 1600 by 1250 below the title ----------------------- */

#define TOP 850
#define BOTTOM 2030

/* Rings in the water. */
static void draw_rings(struct strbuf *out, struct chance *c,
		       const struct palette *p)
{
	int x = 500 + (int)chance_below(c, 600);
	int y = TOP + 480 + (int)chance_below(c, 260);
	int step = 58 + (int)chance_below(c, 3) * 12;
	int bold = 2 + (int)chance_below(c, 4);

	strbuf_addf(out, "<g fill=\"none\" stroke=\"%s\" stroke-width=\"5\">\n",
		    p->quiet);
	for (int r = step * 2, i = 0; r < 1500; r += step, i++)
		if (i != bold)
			strbuf_addf(out, "<circle cx=\"%d\" cy=\"%d\" "
				    "r=\"%d\"/>\n", x, y, r);
	strbuf_addf(out, "</g>\n<circle cx=\"%d\" cy=\"%d\" r=\"%d\" fill="
		    "\"none\" stroke=\"%s\" stroke-width=\"12\"/>\n", x, y,
		    step * (2 + bold), p->accent);
	strbuf_addf(out, "<circle cx=\"%d\" cy=\"%d\" r=\"%d\" fill=\"%s\"/>\n",
		    x, y, step, p->accent);
}

/* Quarter rings on a grid, each tile turned one of two ways. */
static void draw_tiles(struct strbuf *out, struct chance *c,
		       const struct palette *p)
{
	const int size = 200;
	unsigned marked = chance_below(c, 28);

	for (int row = 0; row < 6; row++) {
		for (int column = 0; column < 8; column++) {
			int x = column * size, y = TOP + 20 + row * size;
			int h = size / 2;
			bool turned = chance_below(c, 2);
			const char *colour = marked-- ? p->quiet : p->accent;

			strbuf_addf(out, "<path fill=\"none\" stroke=\"%s\" "
				    "stroke-width=\"14\" d=\"", colour);
			if (turned)
				strbuf_addf(out, "M%d %dA%d %d 0 0 1 %d %d"
					    "M%d %dA%d %d 0 0 0 %d %d",
					    x + h, y, h, h, x, y + h,
					    x + size, y + h, h, h, x + h,
					    y + size);
			else
				strbuf_addf(out, "M%d %dA%d %d 0 0 0 %d %d"
					    "M%d %dA%d %d 0 0 1 %d %d",
					    x + h, y, h, h, x + size, y + h,
					    x, y + h, h, h, x + h, y + size);
			strbuf_adds(out, "\"/>\n");
		}
	}
}

/* Hills, or waves, under a sun or moon. */
static void draw_hills(struct strbuf *out, struct chance *c,
		       const struct palette *p)
{
	int x = 350 + (int)chance_below(c, 900);

	strbuf_addf(out, "<circle cx=\"%d\" cy=\"%d\" r=\"150\" fill=\"%s\"/>"
		    "\n", x, TOP + 300, p->accent);
	for (int i = 0; i < 5; i++) {
		int y = TOP + 430 + i * 160;
		int left = y + (int)chance_below(c, 160) - 80;
		int middle = y + (int)chance_below(c, 160) - 80;
		int right = y + (int)chance_below(c, 160) - 80;
		int bend = 120 + (int)chance_below(c, 120);

		strbuf_addf(out, "<path fill=\"%s\" stroke=\"%s\" "
			    "stroke-width=\"6\" d=\"M-20 %dC300 %d 500 %d 800 "
			    "%dS1300 %d 1620 %dV2420H-20Z\"/>\n", p->ground,
			    p->quiet, left, left - bend, middle + bend, middle,
			    right - bend, right);
	}
}

/* Lines of a page, one of them marked. */
static void draw_lines(struct strbuf *out, struct chance *c,
		       const struct palette *p)
{
	int marked = 4 + (int)chance_below(c, 8);

	for (int i = 0; i < 16; i++) {
		int y = TOP + 60 + i * 70;
		int indent = chance_below(c, 4) ? 0 : 110;
		int end = chance_below(c, 3) ? TEXT_WIDTH
			: TEXT_WIDTH - 150 - (int)chance_below(c, 700);
		int cut = indent + 200 + (int)chance_below(c, 300);
		int cut_end = cut + 220 + (int)chance_below(c, 200);

		strbuf_addf(out, "<path fill=\"none\" stroke=\"%s\" "
			    "stroke-width=\"16\" stroke-linecap=\"round\" "
			    "d=\"M%d %dH%d\"/>\n", p->quiet, MARGIN + indent,
			    y, MARGIN + end);
		if (i == marked)
			strbuf_addf(out, "<path fill=\"none\" stroke=\"%s\" "
				    "stroke-width=\"16\" stroke-linecap="
				    "\"round\" d=\"M%d %dH%d\"/>\n", p->accent,
				    MARGIN + cut, y, MARGIN + cut_end);
	}
}

/* ---- words ------------------------------------------------------------ */

/* Width of a character in thousandths of the font size, a little more than
 * common serif fonts give it: text may come out narrower, never wider. */
static unsigned char_width(unsigned c)
{
	if (c < 0x80) {
		if (strchr(" .,:;'!|ijltfI()[]`", (int)c))
			return 350;
		if (strchr("mwMWQ@%&", (int)c))
			return 1000;
		return c >= 'A' && c <= 'Z' ? 780 : 610;
	}
	if (c >= 0x300 && c <= 0x36f)
		return 0;
	if ((c >= 0x1100 && c <= 0x11ff) || c >= 0x2e80)
		return 1040;
	return 680;
}

static unsigned text_width(struct slice s)
{
	unsigned width = 0, c;

	while (s.len) {
		size_t n = utf8_decode(&c, s);

		width += n ? char_width(c) : 610;
		s = slice_sub(s, n ? n : 1, s.len);
	}
	return width;
}

/* Length of what can't be broken at the start of `s`: a word, or one
 * character of a script that is written without spaces. */
static size_t unbroken(struct slice s)
{
	size_t n = 0;

	while (n < s.len && s.ptr[n] != ' ') {
		unsigned c = 0;
		size_t len = utf8_decode(&c, slice_sub(s, n, s.len));

		if (c >= 0x2e80 && c < 0xac00 && n)
			return n;
		n += len ? len : 1;
		if (c >= 0x2e80 && c < 0xac00)
			return n;
	}
	return n;
}

struct lines {
	struct slice items[MAX_LINES];
	size_t count;
	unsigned widest;	/* thousandths of the font size */
};

/* Fill lines of `width`; false when they are too many or a word too long. */
static bool wrap(struct lines *lines, struct slice text, unsigned width)
{
	lines->count = 0;
	lines->widest = 0;
	text = slice_trim(text);
	while (text.len) {
		size_t end = 0, next = 0;

		while (next < text.len) {
			size_t n = next;

			while (n < text.len && text.ptr[n] == ' ')
				n++;
			n += unbroken(slice_sub(text, n, text.len));
			if (text_width(slice_sub(text, 0, n)) > width)
				break;
			end = next = n;
		}
		if (!end || lines->count == MAX_LINES)
			return false;
		lines->items[lines->count] = slice_sub(text, 0, end);
		if (text_width(lines->items[lines->count]) > lines->widest)
			lines->widest =
				text_width(lines->items[lines->count]);
		lines->count++;
		text = slice_trim(slice_sub(text, end, text.len));
	}
	return true;
}

/* The largest size at which `text` fits; lines of about the same width. */
static int fit(struct lines *lines, struct slice text, int largest,
	       int smallest, size_t most)
{
	int size = largest;
	struct lines narrower;

	while (!wrap(lines, text, (unsigned)(TEXT_WIDTH * 1000 / size)) ||
	       lines->count > most) {
		if (size <= smallest) {
			/* longer than a cover can show: its start */
			lines->items[0] = text;
			lines->count = 1;
			lines->widest = text_width(text);
			return (int)(TEXT_WIDTH * 1000u /
				     (lines->widest + 1)) + 1;
		}
		size -= size / 12 + 1;
	}
	narrower = *lines;
	for (unsigned width = lines->widest; width > 1000; width -= 200) {
		if (!wrap(&narrower, text, width) ||
		    narrower.count > lines->count)
			break;
		*lines = narrower;
	}
	return size;
}

static void add_line(struct strbuf *out, struct slice line, int y, int size,
		     const char *family, const char *colour)
{
	strbuf_addf(out, "<text x=\"%d\" y=\"%d\" font-size=\"%d\" "
		    "font-family=\"%s\" fill=\"%s\" text-anchor=\"middle\">",
		    COVER_WIDTH / 2, y, size, family, colour);
	html_escape(out, line);
	strbuf_adds(out, "</text>\n");
}

static void add_title(struct strbuf *out, const char *title,
		      const struct palette *p)
{
	struct lines lines;
	int size = fit(&lines, slice_of(title), 230, 60, 4);
	int leading = size * 6 / 5;
	int height = leading * ((int)lines.count - 1) + size;
	int y = 470 - height / 2 + size * 4 / 5;

	if (y < 200 + size * 4 / 5)
		y = 200 + size * 4 / 5;
	for (size_t i = 0; i < lines.count; i++)
		add_line(out, lines.items[i], y + (int)i * leading, size,
			 "serif", p->ink);
}

static void add_author(struct strbuf *out, const char *author,
		       const struct palette *p)
{
	struct lines lines;
	int size;

	if (!*author)
		return;
	size = fit(&lines, slice_of(author), 92, 40, 2);
	for (size_t i = 0; i < lines.count; i++)
		add_line(out, lines.items[i], 2225 - ((int)lines.count - 1 -
			 (int)i) * size * 6 / 5, size, "serif", p->ink);
}

void cover_draw(struct strbuf *out, const char *title, const char *author,
		const char *line)
{
	static void (*const ornaments[])(struct strbuf *, struct chance *,
					 const struct palette *) = {
		draw_rings, draw_tiles, draw_hills, draw_lines };
	const struct palette *p;
	struct chance chance;

	chance_start(&chance, title, author);
	p = &palettes[chance_below(&chance,
				   sizeof(palettes) / sizeof(*palettes))];
	strbuf_addf(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		    "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" "
		    "width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n"
		    "<title>", COVER_WIDTH, COVER_HEIGHT, COVER_WIDTH,
		    COVER_HEIGHT);
	html_escape_str(out, title);
	strbuf_addf(out, "</title>\n<rect width=\"%d\" height=\"%d\" fill="
		    "\"%s\"/>\n", COVER_WIDTH, COVER_HEIGHT, p->ground);
	ornaments[chance_below(&chance, sizeof(ornaments) /
			       sizeof(*ornaments))](out, &chance, p);
	/* bands of ground for the words to stand on */
	strbuf_addf(out, "<rect width=\"%d\" height=\"%d\" fill=\"%s\"/>\n"
		    "<rect y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n",
		    COVER_WIDTH, TOP, p->ground, BOTTOM, COVER_WIDTH,
		    COVER_HEIGHT - BOTTOM, p->ground);
	add_title(out, title, p);
	add_author(out, author, p);
	add_line(out, slice_of(line), 2330, 46, "sans-serif", p->accent);
	strbuf_adds(out, "</svg>\n");
}
