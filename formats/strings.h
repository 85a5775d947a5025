/* SPDX-License-Identifier: MIT */
/* The few words of our own in a draft, by its language. */
#ifndef STRINGS_H
#define STRINGS_H

enum string_id {
	STRING_CONTENTS,
	STRING_NOTES,
	STRING_COVER,
	STRING_COVER_ALT,	/* title, author: "Cover: %s, by %s" */
	STRING_COVER_ALT_TITLE,	/* title: "Cover: %s" */
	STRING_BY,		/* author: "by %s" */
	STRING_TITLE_PAGE,
	STRING_ABOUT,		/* About this draft */
	STRING_BACK_TO_NOTE,	/* number: "Back to note %s" */
	STRING_NOTE,		/* number: "Note %s" */
	STRING_NEXT,
	STRING_PREVIOUS,
	STRING_PARAGRAPHS,	/* name of the list of labels */
	STRING_LANDMARKS,
	STRING_START,		/* Start of the text */
	STRING_FOR_REVIEW,	/* draft for review */
	STRING_NOT_WRITTEN,	/* not written yet */
	STRING_MADE_FROM,	/* commit, date: "Made from commit %s on %s." */
	STRING_HOW_TO_COMMENT,	/* "To comment, name the paragraph by ..." */
	STRING_WRITE_TO,	/* address: "Write to %s" */
	STRING_SKIP,		/* Skip to the text */
	STRING_SEARCH,
	STRING_SEARCH_BOOK,	/* Search the book */
	STRING_NOTHING_FOUND,
	STRING_RESULTS,		/* number: "Places found: %s" */
	STRING_CLOSE,
	STRING_APPEARANCE,	/* Text and colours */
	STRING_LIGHT,
	STRING_DARK,
	STRING_AUTOMATIC,	/* as the device is set */
	STRING_COLOURS,
	STRING_TEXT_SIZE,
	STRING_SMALLER,
	STRING_LARGER,
	STRING_LINE_WIDTH,
	STRING_NARROWER,
	STRING_WIDER,
	STRING_CHAPTERS,	/* name of the navigation */
	STRING_WORDS_LEFT,	/* number: "Words left in this chapter: %s" */
	STRING_CONTINUE,	/* Go on reading */
	STRING_NO_SCRIPT,	/* what is missing without scripts */
	STRING_BEGIN,		/* Begin reading */
	STRING_COUNT
};

/**
 * The words in the language of BCP 47 tag `language`, English if we have no
 * others. Static. %s stands where the names in the list above say.
 */
const char *string_get(const char *language, enum string_id id);

/** ` lang="en" dir="ltr"` where our words are English for want of others,
 * else "". */
const char *string_language(const char *language);

struct strbuf;

/** Append the words with their %s replaced, escaped for HTML; NULL: "". */
void string_add(struct strbuf *out, const char *language, enum string_id id,
		const char *first, const char *second);

#endif
