/* SPDX-License-Identifier: MIT */
/* Our words in a page: what the scripts say, words.nothing and so on; and
 * draft.html, which has the others. */
#include <assert.h>

#include "html_escape.h"
#include "strings.h"
#include "web_private.h"

static const char template[] = {
#include "formats/draft.html.inc"
};

struct word {
	const char *name;
	enum string_id id;
};

/* %s is put in by the script */
static const struct word said[] = {
	/* draft_search.js */
	{ "nothing", STRING_NOTHING_FOUND }, { "results", STRING_RESULTS },
	/* draft_notes.js */
	{ "note", STRING_NOTE },
	/* draft_place.js */
	{ "wordsLeft", STRING_WORDS_LEFT }, { "continue", STRING_CONTINUE },
	{ "read", STRING_READ }, { "begun", STRING_HALF_READ },
	/* draft_changes.js */
	{ "changedSince", STRING_CHANGED_SINCE },
	{ "sinceRound", STRING_SINCE_ROUND }, { "changes", STRING_CHANGES },
	{ "isNew", STRING_NEW }, { "changed", STRING_CHANGED },
	{ "cutHere", STRING_CUT_HERE },
	/* suggest_*.js */
	{ "paragraph", STRING_PARAGRAPH }, { "noWords", STRING_NO_WORDS },
	{ "suggestionCount", STRING_SUGGESTION_COUNT },
	{ "aboutBook", STRING_ABOUT_BOOK }, { "edit", STRING_EDIT },
	{ "delete", STRING_DELETE }, { "byMail", STRING_SEND_BY_MAIL },
	{ "copied", STRING_COPIED }, { "sent", STRING_SENT },
	{ "notKept", STRING_NOT_KEPT },
	{ "fileMade", STRING_FILE_MADE }
};

/* "{close}" in draft.html */
static const struct word placed[] = {
	{ "close", STRING_CLOSE }, { "appearance", STRING_APPEARANCE },
	{ "colours", STRING_COLOURS }, { "automatic", STRING_AUTOMATIC },
	{ "light", STRING_LIGHT }, { "dark", STRING_DARK },
	{ "size", STRING_TEXT_SIZE }, { "smaller", STRING_SMALLER },
	{ "larger", STRING_LARGER }, { "width", STRING_LINE_WIDTH },
	{ "narrower", STRING_NARROWER }, { "wider", STRING_WIDER },
	{ "spacing", STRING_LINE_SPACING }, { "tighter", STRING_TIGHTER },
	{ "looser", STRING_LOOSER }, { "face", STRING_TYPEFACE },
	{ "serif", STRING_SERIF }, { "sans", STRING_SANS_SERIF },
	{ "writing", STRING_WRITING }, { "vertical", STRING_VERTICAL },
	{ "horizontal", STRING_HORIZONTAL },
	{ "search", STRING_SEARCH }, { "searchBook", STRING_SEARCH_BOOK },
	{ "whatChanged", STRING_WHAT_CHANGED },
	{ "noChanges", STRING_NO_CHANGES },
	{ "showChanges", STRING_SHOW_CHANGES },
	{ "nextChange", STRING_NEXT_CHANGE },
	{ "previousChange", STRING_PREVIOUS_CHANGE },
	{ "suggestions", STRING_SUGGESTIONS }, { "suggest", STRING_SUGGEST },
	{ "remark", STRING_REMARK }, { "why", STRING_WHY },
	{ "yourRemark", STRING_YOUR_REMARK }, { "keep", STRING_KEEP },
	{ "cancel", STRING_CANCEL }, { "shouldRead", STRING_SHOULD_READ },
	{ "aboutChapter", STRING_ABOUT_CHAPTER },
	{ "aboutBook", STRING_ABOUT_BOOK }, { "yourName", STRING_YOUR_NAME },
	{ "yourAddress", STRING_YOUR_ADDRESS }, { "asFile", STRING_AS_FILE },
	{ "copy", STRING_COPY }, { "clearSent", STRING_CLEAR_SENT },
	{ "share", STRING_SHARE },
	{ "noSuggestions", STRING_NO_SUGGESTIONS }
};

void web_add_words(struct strbuf *out, const char *language)
{
	if (*string_language(language))
		strbuf_adds(out, " data-words-lang=\"en\"");
	strbuf_adds(out, " data-words=\"");
	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++) {
		strbuf_addf(out, "%s%s=", i ? "|" : "", said[i].name);
		html_escape_str(out, string_get(language, said[i].id));
	}
	strbuf_addch(out, '"');
}

static void add_placed(struct strbuf *out, struct slice name,
		       const char *language)
{
	size_t i = 0;

	if (slice_eq(name, SLICE("ours"))) {
		strbuf_adds(out, string_language(language));
		return;
	}
	while (!slice_eq(name, slice_of(placed[i].name))) {
		i++;
		assert(i < sizeof(placed) / sizeof(*placed));
	}
	html_escape_str(out, string_get(language, placed[i].id));
}

void web_add_template(struct strbuf *out, const char *language)
{
	struct slice rest = { template, sizeof(template) };

	while (rest.len) {
		size_t open = slice_find(rest, '{'), close;

		strbuf_add(out, rest.ptr, open);
		rest = slice_sub(rest, open, rest.len);
		if (!rest.len)
			break;
		close = slice_find(rest, '}');
		add_placed(out, slice_sub(rest, 1, close), language);
		rest = slice_sub(rest, close + 1, rest.len);
	}
}
