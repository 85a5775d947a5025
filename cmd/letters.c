/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "letters.h"
#include "reader_list.h"
#include "review_address.h"
#include "strbuf.h"

struct letters {
	const struct letter_kind *kind;
	const struct manuscript *ms;
	struct kept {
		char *language;
		struct letter *letter;
	} *items;
	size_t count, capacity;
};

struct letters *letters_new(const struct letter_kind *kind,
			    const struct manuscript *ms)
{
	struct letters *letters = xcalloc(1, sizeof(*letters));

	letters->kind = kind;
	letters->ms = ms;
	return letters;
}

void letters_free(struct letters *letters)
{
	if (!letters)
		return;
	for (size_t i = 0; i < letters->count; i++) {
		free(letters->items[i].language);
		letter_free(letters->items[i].letter);
	}
	free(letters->items);
	free(letters);
}

static int read_file_of(struct strbuf *text, const struct manuscript *ms,
			const char *path, struct error *err)
{
	struct tree *tree = NULL;
	int rc = tree_open_now(&tree, ms->repo, err);

	if (!rc)
		rc = tree_read(text, tree, path, err);
	tree_close(tree);
	return rc;
}

/* The author's own for exactly that tag: 1; 0 if there is none. */
static int read_own(struct letter **out, const struct letters *letters,
		    const char *language, struct error *err)
{
	const char *folder = settings_get(&letters->ms->settings,
					  "review.letters");
	struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
	int rc;

	strbuf_addf(&path, "%s/%s.%s.txt", folder && *folder ? folder :
		    "letters", letters->kind->name, language);
	rc = read_file_of(&text, letters->ms, path.buf, err);
	if (rc == ERROR_NOT_FOUND)
		rc = 0;
	else if (!rc)
		rc = letter_parse(out, strbuf_slice(&text), path.buf,
				  letters->kind, language, err);
	if (!rc && *out)
		rc = 1;
	strbuf_release(&path);
	strbuf_release(&text);
	return rc;
}

/* "pt-BR", then "pt". */
static int find(struct letter **out, const struct letters *letters,
		const char *language, struct error *err)
{
	char *tag = xstrdup(language), *dash;
	int rc = read_own(out, letters, tag, err);

	while (!rc && (dash = strrchr(tag, '-'))) {
		*dash = '\0';
		rc = read_own(out, letters, tag, err);
	}
	free(tag);
	if (!rc)
		*out = letter_own(letters->kind, language);
	return rc < 0 ? rc : 0;
}

/* It becomes part of a path. */
static bool is_tag(const char *language)
{
	return *language && !language[strspn(language,
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789-")];
}

int letters_get(const struct letter **out, struct letters *letters,
		const char *language, struct error *err)
{
	struct letter *letter = NULL;
	int rc;

	if (!*language)
		language = manuscript_language(letters->ms);
	if (!is_tag(language))
		language = "en";
	for (size_t i = 0; i < letters->count; i++)
		if (!strcmp(letters->items[i].language, language)) {
			*out = letters->items[i].letter;
			return 0;
		}
	if ((rc = find(&letter, letters, language, err)) < 0)
		return rc;
	GROW(letters->items, letters->count, letters->capacity);
	letters->items[letters->count++] = (struct kept){ xstrdup(language),
							  letter };
	*out = letter;
	return 0;
}

const char *letters_reply_to(const struct manuscript *ms)
{
	const char *address = review_address(ms);

	return address && mail_address_is_valid(slice_of(address)) ? address :
								     "";
}
