/* SPDX-License-Identifier: MIT */
/* Between letter*.c alone. */
#ifndef LETTER_PRIVATE_H
#define LETTER_PRIVATE_H

#include "letter.h"

/** Our own text for the language, or of English; which of them in `language`,
 * static. */
struct slice letter_own_text(const char **language,
			     const struct letter_kind *kind,
			     const char *wanted);

#endif
