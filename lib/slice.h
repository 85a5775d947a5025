/* SPDX-License-Identifier: MIT */
/*
 * A borrowed run of bytes, not ended by NUL. Whoever owns the bytes must
 * outlive the slice. Passed by value.
 */
#ifndef SLICE_H
#define SLICE_H

#include <stdbool.h>
#include <stddef.h>

struct slice {
	const char *ptr;	/* may be NULL when len is 0 */
	size_t len;
};

/** A place in a text: bytes from `start` up to, not including, `end`. */
struct span {
	size_t start, end;
};

/** A slice of a string literal, and of any C string. */
#define SLICE(literal) ((struct slice){ "" literal, sizeof(literal) - 1 })
struct slice slice_of(const char *s);

/** For printf("%.*s"): precision and pointer of a slice. */
#define SLICE_ARG(s) (int)(s).len, (s).ptr ? (s).ptr : ""

bool slice_eq(struct slice a, struct slice b);
bool slice_eq_str(struct slice a, const char *b);
int slice_cmp(struct slice a, struct slice b);		/* as memcmp */
bool slice_starts_with(struct slice s, struct slice prefix);
bool slice_ends_with(struct slice s, struct slice suffix);

/** Bytes `from` to `to` of `s`; both are clamped to its length. */
struct slice slice_sub(struct slice s, size_t from, size_t to);

/**
 * How many bytes two texts have in common at their starts, and, not counting
 * those, at their ends.
 */
void slice_common_ends(size_t *prefix, size_t *suffix, struct slice a,
		       struct slice b);

/** Without ASCII white space at both ends; at the end alone. */
struct slice slice_trim(struct slice s);
struct slice slice_trim_end(struct slice s);

/** True when there is nothing but spaces, tabs and line ends. */
bool slice_is_blank(struct slice s);

/**
 * Take the next line off the front of `rest`: true and the line with its
 * line end (LF, CRLF, or a lone CR) in `line`; false at the end.
 */
bool slice_next_line(struct slice *line, struct slice *rest);

/** The same line without its line end. */
struct slice slice_chomp(struct slice line);

/** Index of byte `c`, or s.len. */
size_t slice_find(struct slice s, char c);

/** Index where `needle` starts first, or s.len. */
size_t slice_find_slice(struct slice s, struct slice needle);

#endif
