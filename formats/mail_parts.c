/* SPDX-License-Identifier: MIT */
/*
 * The tree of parts is cut from the outside in, so that each level looks at
 * its bytes once and what is cut short stays in its part. GMime reads what
 * the fields say.
 */
#include <gmime/gmime.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "alloc.h"
#include "mail_parts.h"

enum { ALL, ATTACHED };	/* ATTACHED: of an alternative that lost */

struct entity {		/* a part that may have parts */
	struct mail_part part;
	const char *boundary;
	const char *smime;
	bool is_report;
};

void mail_parts_release(struct mail_parts *parts)
{
	free(parts->items);
	arena_release(&parts->arena);
	*parts = (struct mail_parts)MAIL_PARTS_INIT;
}

static char *copy_lower(struct arena *arena, const char *s)
{
	char *copy = arena_strdup(arena, s ? s : "");

	for (char *p = copy; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p += 'a' - 'A';
	return copy;
}

static const char *parameter(struct arena *arena, GMimeContentType *type,
			     const char *name)
{
	const char *value = g_mime_content_type_get_parameter(type, name);

	return value ? arena_strdup(arena, value) : "";
}

/* A field without its folds, as a C string; longer ones are cut. */
static char *field(struct arena *arena, struct slice value)
{
	char *copy = arena_copy(arena, slice_sub(value, 0, 8192));

	for (char *p = copy; *p; p++)
		if (*p == '\r' || *p == '\n')
			*p = ' ';
	return copy;
}

static void read_type(struct entity *entity, struct arena *arena,
		      struct slice value)
{
	GMimeContentType *type =
		g_mime_content_type_parse(NULL, field(arena, value));
	struct mail_part *part = &entity->part;
	char *name;

	if (!type)
		return;
	name = g_mime_content_type_get_mime_type(type);
	part->type = copy_lower(arena, name);
	g_free(name);
	part->charset = parameter(arena, type, "charset");
	part->name = parameter(arena, type, "name");
	part->flowed = !strcasecmp(parameter(arena, type, "format"), "flowed");
	part->delsp = !strcasecmp(parameter(arena, type, "delsp"), "yes");
	entity->boundary = parameter(arena, type, "boundary");
	entity->smime = parameter(arena, type, "smime-type");
	entity->is_report = !strcasecmp(parameter(arena, type, "report-type"),
					"delivery-status");
	g_object_unref(type);
}

static void read_disposition(struct entity *entity, struct arena *arena,
			     struct slice value)
{
	GMimeContentDisposition *disposition =
		g_mime_content_disposition_parse(NULL, field(arena, value));
	const char *name;

	if (!disposition)
		return;
	entity->part.attached =
		g_mime_content_disposition_is_attachment(disposition);
	name = g_mime_content_disposition_get_parameter(disposition,
							"filename");
	if (name)
		entity->part.name = arena_strdup(arena, name);
	g_object_unref(disposition);
}

static void read_entity(struct entity *entity, struct arena *arena,
			const struct mail_header *header, const char *type)
{
	*entity = (struct entity){ .boundary = "", .smime = "" };
	entity->part = (struct mail_part){ .type = type, .charset = "",
		.name = "", .encoding = header->values[MAIL_ENCODING],
		.body = header->body };
	if (header->values[MAIL_TYPE].len)
		read_type(entity, arena, header->values[MAIL_TYPE]);
	if (header->values[MAIL_DISPOSITION].len)
		read_disposition(entity, arena,
				 header->values[MAIL_DISPOSITION]);
}

static void add_part(struct mail_parts *parts, const struct mail_part *part)
{
	GROW(parts->items, parts->count, parts->capacity);
	parts->items[parts->count++] = *part;
}

/* ---- boundaries ------------------------------------------------------- */

struct cutter {
	struct slice delimiter;	/* "\n--boundary" */
	struct slice rest;
	bool at_end;
};

/*
 * The next delimiter line of `c->rest`: what stands before it, without the
 * line end that belongs to the delimiter. False: there is none.
 */
static bool cut(struct cutter *c, struct slice *before)
{
	struct slice text = c->rest, line;
	size_t at = 0;

	while (at < text.len) {
		struct slice tail = slice_sub(text, at, text.len), after;
		size_t n = slice_find_slice(tail, c->delimiter);

		if (n == tail.len)
			return false;
		tail = slice_sub(tail, n + c->delimiter.len, tail.len);
		after = tail;
		at += n + c->delimiter.len;
		if (!slice_next_line(&line, &after))
			line = after;
		c->at_end = slice_starts_with(line, SLICE("--"));
		if (!c->at_end && !slice_is_blank(line))
			continue;
		*before = slice_sub(text, 0, at - c->delimiter.len);
		if (slice_ends_with(*before, SLICE("\r")))
			before->len--;
		/* One that follows at once has the line end, too. */
		if (line.len && !c->at_end) {
			size_t end = slice_chomp(line).len;

			c->rest = slice_sub(tail, end, tail.len);
		} else {
			c->rest = slice_sub(tail, line.len, tail.len);
		}
		return true;
	}
	return false;
}

/* A part begins after the line end of its delimiter. */
static struct slice part_bytes(struct slice bytes)
{
	if (slice_starts_with(bytes, SLICE("\r\n")))
		return slice_sub(bytes, 2, bytes.len);
	return slice_sub(bytes, slice_starts_with(bytes, SLICE("\n")),
			 bytes.len);
}

/* To the first delimiter, which may be the first line. False: none. */
static bool cut_preamble(struct cutter *c, struct slice body,
			 struct slice delimiter)
{
	struct slice first = slice_sub(delimiter, 1, delimiter.len), line;
	struct slice rest = body, preamble;

	*c = (struct cutter){ delimiter, body, false };
	if (slice_starts_with(body, first) && slice_next_line(&line, &rest) &&
	    slice_is_blank(slice_sub(line, first.len, line.len))) {
		c->rest = slice_sub(body, slice_chomp(line).len, body.len);
		return true;
	}
	return cut(c, &preamble) && !c->at_end;
}

/* The next of the parts; false when there are no more. */
static bool next_part(struct cutter *c, struct slice *part)
{
	if (c->at_end)
		return false;
	if (!cut(c, part)) {	/* cut short */
		*part = c->rest;
		c->at_end = true;
		if (slice_is_blank(*part))
			return false;
	}
	*part = part_bytes(*part);
	return true;
}

/* ---- the tree --------------------------------------------------------- */

static void read_bytes(struct mail_parts *parts, struct slice bytes,
		       const char *type, unsigned depth, int which);

static void read_mixed(struct mail_parts *parts, struct cutter *c,
		       const char *type, unsigned depth, int which)
{
	struct slice bytes;

	while (!parts->limit && next_part(c, &bytes))
		read_bytes(parts, bytes, type, depth, which);
}

static bool is_words(const struct mail_part *part)
{
	return !part->attached && (!strcmp(part->type, "text/plain") ||
				   !strcmp(part->type, "text/html"));
}

static bool is_plain(const struct mail_part *part)
{
	return is_words(part) && !strcmp(part->type, "text/plain") &&
	       !slice_is_blank(part->body);
}

static bool any(const struct mail_parts *parts, size_t from,
		bool (*is)(const struct mail_part *))
{
	for (size_t i = from; i < parts->count; i++)
		if (is(&parts->items[i]))
			return true;
	return false;
}

/* Drop the words from number `from` to `to`; what is attached stays: Apple's
 * program puts it into one of the alternatives. */
static void drop_words(struct mail_parts *parts, size_t from, size_t to)
{
	size_t kept = from;

	for (size_t i = from; i < parts->count; i++)
		if (i >= to || !is_words(&parts->items[i]))
			parts->items[kept++] = parts->items[i];
	parts->count = kept;
}

/* The plain one of them; else the last that has words. */
static void read_alternative(struct mail_parts *parts, struct cutter *c,
			     unsigned depth, int which)
{
	size_t first = parts->count, start;
	bool found = false, plain = false;
	struct slice bytes;

	while (!parts->limit && next_part(c, &bytes)) {
		start = parts->count;
		read_bytes(parts, bytes, "text/plain", depth,
			   plain ? ATTACHED : which);
		if (plain || !any(parts, start, is_words))
			continue;
		plain = any(parts, start, is_plain);
		if (found || plain)
			drop_words(parts, first, start);
		found = true;
	}
}

static void read_first(struct mail_parts *parts, struct cutter *c,
		       unsigned depth, int which)
{
	struct slice bytes;

	if (next_part(c, &bytes))
		read_bytes(parts, bytes, "text/plain", depth, which);
}

static void read_multipart(struct mail_parts *parts,
			   const struct entity *entity, unsigned depth,
			   int which)
{
	const char *kind = entity->part.type + strlen("multipart/");
	size_t n = strlen(entity->boundary);
	char *delimiter = arena_alloc(&parts->arena, n + 3);
	struct mail_part whole = entity->part;
	struct cutter c;

	memcpy(delimiter, "\n--", 3);
	memcpy(delimiter + 3, entity->boundary, n);
	if (!n || !cut_preamble(&c, entity->part.body,
				(struct slice){ delimiter, n + 3 })) {
		whole.type = "text/plain";
		add_part(parts, &whole);
	} else if (!strcmp(kind, "encrypted")) {
		parts->closed = "encrypted";
	} else if (!strcmp(kind, "report") && entity->is_report) {
		parts->closed = "an automatic report";
	} else if (!strcmp(kind, "alternative")) {
		read_alternative(parts, &c, depth, which);
	} else if (!strcmp(kind, "signed")) {
		read_first(parts, &c, depth, which);
	} else {
		read_mixed(parts, &c, strcmp(kind, "digest") ? "text/plain"
			   : "message/rfc822", depth, which);
	}
}

static void read_any(struct mail_parts *parts, const struct entity *entity,
		     unsigned depth, int which)
{
	const struct mail_part *part = &entity->part;

	if (++parts->seen > MAIL_PART_LIMIT) {
		parts->limit = "it has more than 1,000 parts";
	} else if (!strncmp(part->type, "multipart/", 10)) {
		if (depth == MAIL_DEPTH_LIMIT)
			parts->limit = "its parts are nested too deep";
		else
			read_multipart(parts, entity, depth + 1, which);
	} else if (!strcmp(part->type, "message/partial")) {
		parts->closed = "in pieces";
	} else if (strstr(part->type, "pkcs7-mime")) {
		parts->closed = strcmp(entity->smime, "signed-data")
			? "encrypted" : "sealed with its signature";
	} else if (which == ALL || !is_words(part)) {
		add_part(parts, part);
	}
}

static void read_bytes(struct mail_parts *parts, struct slice bytes,
		       const char *type, unsigned depth, int which)
{
	struct mail_header header;
	struct entity entity;

	mail_header_read(&header, bytes);
	read_entity(&entity, &parts->arena, &header, type);
	read_any(parts, &entity, depth, which);
}

void mail_parts_read(struct mail_parts *parts,
		     const struct mail_header *header)
{
	struct entity entity;

	arena_reset(&parts->arena);
	parts->count = parts->seen = 0;
	parts->limit = parts->closed = NULL;
	read_entity(&entity, &parts->arena, header, "text/plain");
	read_any(parts, &entity, 0, ALL);
}
