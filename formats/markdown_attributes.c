/* SPDX-License-Identifier: MIT */
/* {#id .class key=value key="more words"}, and "::: name". */
#include <string.h>

#include "alloc.h"
#include "markdown_reader.h"

#define ITEMS_MAX 64	/* of a kind; who needs more needs another tool */

struct collected {
	struct slice id, classes[ITEMS_MAX];
	struct attribute pairs[ITEMS_MAX];
	size_t class_count, pair_count;
};

static bool is_name(char c)
{
	return (c >= '0' && c <= '9') ||
	       ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' ||
	       c == '_' || c == ':' || c == '.' || (c & 0x80);
}

static size_t name_length(struct slice s, size_t i)
{
	size_t start = i;

	while (i < s.len && is_name(s.ptr[i]))
		i++;
	return i - start;
}

static bool add_class(struct collected *c, struct slice name)
{
	if (!name.len || c->class_count == ITEMS_MAX)
		return false;
	c->classes[c->class_count++] = name;
	return true;
}

static struct slice unescape(struct document *doc, struct slice s)
{
	char *p;
	size_t n = 0;

	if (slice_find(s, '\\') == s.len)
		return s;
	p = arena_alloc(&doc->arena, s.len + 1);
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '\\' && i + 1 < s.len && is_punct(s.ptr[i + 1]))
			i++;
		p[n++] = s.ptr[i];
	}
	return (struct slice){ p, n };
}

/* What follows "key=": its length, or 0. */
static size_t value_length(struct slice *value, struct slice s, size_t i)
{
	size_t start = i;
	char quote;

	if (i < s.len && (s.ptr[i] == '"' || s.ptr[i] == '\'')) {
		quote = s.ptr[i++];
		while (i < s.len && s.ptr[i] != quote)
			i += s.ptr[i] == '\\' && i + 1 < s.len ? 2 : 1;
		if (i >= s.len)
			return 0;
		*value = slice_sub(s, start + 1, i);
		return i + 1 - start;
	}
	while (i < s.len && !is_space(s.ptr[i]) && s.ptr[i] != '}' &&
	       s.ptr[i] != '{' && s.ptr[i] != '"' && s.ptr[i] != '\'')
		i++;
	*value = slice_sub(s, start, i);
	return i - start;
}

static size_t take_pair(struct collected *c, struct document *doc,
			struct slice s, size_t i)
{
	size_t key = name_length(s, i), n;
	struct attribute *pair = &c->pairs[c->pair_count];

	if (!key || c->pair_count == ITEMS_MAX || i + key >= s.len ||
	    s.ptr[i + key] != '=')
		return 0;
	n = value_length(&pair->value, s, i + key + 1);
	if (!n)
		return 0;
	pair->key = slice_sub(s, i, i + key);
	pair->value = unescape(doc, pair->value);
	c->pair_count++;
	return key + 1 + n;
}

/* One of "#id", ".class", "key=value": its length, or 0. */
static size_t take_item(struct collected *c, struct document *doc,
			struct slice s, size_t i)
{
	size_t n;

	switch (s.ptr[i]) {
	case '#':
		n = name_length(s, i + 1);
		if (n && !c->id.len)
			c->id = slice_sub(s, i + 1, i + 1 + n);
		return n ? n + 1 : 0;
	case '.':
		n = name_length(s, i + 1);
		return add_class(c, slice_sub(s, i + 1, i + 1 + n)) ? n + 1 : 0;
	case '-':
		/* pandoc's short form, of headings */
		n = name_length(s, i);
		return n == 1 && add_class(c, SLICE("unnumbered")) ? 1 : 0;
	default:
		return take_pair(c, doc, s, i);
	}
}

static struct attributes *keep(struct document *doc, const struct collected *c)
{
	struct attributes *a = arena_calloc(&doc->arena, sizeof(*a));
	size_t classes = c->class_count * sizeof(*c->classes);
	size_t pairs = c->pair_count * sizeof(*c->pairs);

	a->id = c->id;
	a->class_count = c->class_count;
	a->pair_count = c->pair_count;
	if (classes)
		a->classes = memcpy(arena_alloc(&doc->arena, classes),
				    c->classes, classes);
	if (pairs)
		a->pairs = memcpy(arena_alloc(&doc->arena, pairs), c->pairs,
				  pairs);
	return a;
}

size_t markdown_attributes(struct attributes **out, struct document *doc,
			   struct slice s)
{
	struct collected c;
	size_t i = 1, n;
	bool apart = true;

	c.id = (struct slice){ NULL, 0 };
	c.class_count = c.pair_count = 0;
	if (!s.len || s.ptr[0] != '{')
		return 0;
	for (;;) {
		for (; i < s.len && is_space(s.ptr[i]); i++)
			apart = true;
		if (i >= s.len)
			return 0;
		if (s.ptr[i] == '}')
			break;
		n = apart ? take_item(&c, doc, s, i) : 0;
		if (!n)
			return 0;
		i += n;
		apart = false;
	}
	if (!c.id.len && !c.class_count && !c.pair_count)
		return 0;
	*out = keep(doc, &c);
	return i + 1;
}

/* What follows the colons of a fence: names are classes. */
void markdown_div_attributes(struct attributes **out, struct document *doc,
			     struct slice s)
{
	struct collected c;
	size_t n;

	s = slice_trim(s);
	while (s.len && s.ptr[s.len - 1] == ':')
		s.len--;
	s = slice_trim(s);
	if (s.len && s.ptr[0] == '{') {
		markdown_attributes(out, doc, s);
		return;
	}
	c.id = (struct slice){ NULL, 0 };
	c.class_count = c.pair_count = 0;
	while (s.len) {
		for (n = 0; n < s.len && !is_space(s.ptr[n]);)
			n++;
		add_class(&c, slice_sub(s, 0, n));
		s = slice_trim(slice_sub(s, n, s.len));
	}
	if (c.class_count)
		*out = keep(doc, &c);
}

/* Attributes at the end of a heading's last words. */
void markdown_heading_attributes(struct reader *r, struct node *heading)
{
	struct node *last = heading->last;
	struct slice s;
	size_t i, n;

	if (!last || last->type != NODE_TEXT || last->flags & NODE_LITERAL)
		return;
	s = last->text;
	if (!s.len || s.ptr[s.len - 1] != '}')
		return;
	for (i = s.len; i && s.ptr[i - 1] != '{';)
		i--;
	/* a brace in quotes starts nothing; before it, the text goes on */
	if (!i)
		return;
	i--;
	n = markdown_attributes(&heading->attributes, r->doc,
				slice_sub(s, i, s.len));
	if (n != s.len - i) {
		heading->attributes = NULL;
		return;
	}
	last->text = slice_trim_end(slice_sub(s, 0, i));
	last->end = last->start + (uint32_t)last->text.len;
	if (last->text.len)
		return;
	if (heading->first == last) {
		heading->first = heading->last = NULL;
		return;
	}
	for (heading->last = heading->first; heading->last->next != last;)
		heading->last = heading->last->next;
	heading->last->next = NULL;
}
