/* SPDX-License-Identifier: MIT */
/* What --json prints: the little that jansson lacks for it. */
#ifndef JSON_OUT_H
#define JSON_OUT_H

#include <stddef.h>

#include <jansson.h>

struct moment;

/** Text as a string; U+FFFD for one that is not UTF-8, which JSON cannot
 * hold; never NULL. */
json_t *json_text(const char *text);

/** A moment as calendar_time() has it. */
json_t *json_time(const struct moment *moment);

void json_set_number(json_t *object, const char *key, size_t number);

/** Print it to stdout, with an end of line, and let go of it. */
void json_print(json_t *json);

#endif
