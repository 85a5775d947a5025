/* SPDX-License-Identifier: MIT */
/* The language of a text, by its commonest words or its script. */
#ifndef LANGUAGE_GUESS_H
#define LANGUAGE_GUESS_H

#include "slice.h"

/**
 * "en", "de", "fr", "es", "it", "pt", "nl" by stop words; "ja", "zh", "ko",
 * "ru", "el", "ar", "he" by script; NULL when there is too little to go by.
 * Looks at no more than the first 200 KB.
 */
const char *language_guess(struct slice text);

#endif
