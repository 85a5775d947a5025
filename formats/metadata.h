/* SPDX-License-Identifier: MIT */
/*
 * What a draft says of its book, as formats want it written: languages,
 * directions, names to sort by, dates.
 */
#ifndef METADATA_H
#define METADATA_H

#include <stdbool.h>
#include <stdint.h>

struct manuscript;
struct strbuf;

/**
 * Append the language as a well-formed BCP 47 tag: "en_GB" becomes "en-GB",
 * what is none becomes "und".
 */
void metadata_language(struct strbuf *out, const char *language);

/** True when the text runs from right to left: book.direction, or by its
 * language's script. */
bool metadata_is_rtl(const struct manuscript *ms);

/** False when letters of the language are not slanted: what is stressed is
 * bold, or has dots beside it. */
bool metadata_has_italics(const struct manuscript *ms);

/** True when lines run from top to bottom: book.writing is "vertical". */
bool metadata_is_vertical(const struct manuscript *ms);

/** Append a title to sort by: "Harbour, The", by the language's articles. */
void metadata_title_file_as(struct strbuf *out, const char *title,
			    const char *language);

/**
 * Append a person to sort by: "Writer, A."; as it is where it has a comma or
 * only one word, and in languages that put the family's name first.
 */
void metadata_name_file_as(struct strbuf *out, const char *name,
			   const char *language);

/** Append all authors, for people to read: "A. Writer, B. Writer". */
void metadata_authors(struct strbuf *out, const struct manuscript *ms);

/** Append the day of `time` (seconds since 1970) in UTC: "2026-01-02"; with
 * `clock`, "2026-01-02T03:04:05Z". */
void metadata_date(struct strbuf *out, int64_t time, bool clock);

/** The day in words, as string_get() has words: "2 January 2026". */
void metadata_date_in_words(struct strbuf *out, int64_t time,
			    const char *language);

/** Seconds since 1970 that stand for the draft: its commit's, or the start
 * of 1980 before the first commit. */
int64_t metadata_time(const struct manuscript *ms);

/** True for a date as dc:date has it: year, year and month, or all three. */
bool metadata_is_date(const char *date);

#endif
