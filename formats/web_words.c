/* SPDX-License-Identifier: MIT */
/* The words of the scripts: galley.words.search and so on. */
#include "html_escape.h"
#include "strings.h"
#include "web_private.h"

static const struct {
	const char *name;
	enum string_id id;
} words[] = {
	/* draft.js */
	{ "close", STRING_CLOSE },
	/* draft_look.js */
	{ "appearance", STRING_APPEARANCE }, { "colours", STRING_COLOURS },
	{ "automatic", STRING_AUTOMATIC }, { "light", STRING_LIGHT },
	{ "dark", STRING_DARK }, { "size", STRING_TEXT_SIZE },
	{ "smaller", STRING_SMALLER }, { "larger", STRING_LARGER },
	{ "width", STRING_LINE_WIDTH }, { "narrower", STRING_NARROWER },
	{ "wider", STRING_WIDER }, { "spacing", STRING_LINE_SPACING },
	{ "tighter", STRING_TIGHTER }, { "looser", STRING_LOOSER },
	{ "face", STRING_TYPEFACE }, { "serif", STRING_SERIF },
	{ "sans", STRING_SANS_SERIF },
	/* draft_search.js; %s is put in by the script */
	{ "search", STRING_SEARCH }, { "searchBook", STRING_SEARCH_BOOK },
	{ "nothing", STRING_NOTHING_FOUND }, { "results", STRING_RESULTS },
	/* draft_notes.js */
	{ "note", STRING_NOTE },
	/* draft_place.js */
	{ "wordsLeft", STRING_WORDS_LEFT }, { "continue", STRING_CONTINUE },
	{ "read", STRING_READ }, { "begun", STRING_HALF_READ },
	/* draft_changes.js */
	{ "whatChanged", STRING_WHAT_CHANGED },
	{ "changedSince", STRING_CHANGED_SINCE },
	{ "sinceRound", STRING_SINCE_ROUND }, { "changes", STRING_CHANGES },
	{ "isNew", STRING_NEW }, { "changed", STRING_CHANGED },
	{ "noChanges", STRING_NO_CHANGES },
	{ "showChanges", STRING_SHOW_CHANGES },
	{ "nextChange", STRING_NEXT_CHANGE },
	{ "previousChange", STRING_PREVIOUS_CHANGE },
	{ "cutHere", STRING_CUT_HERE },
	/* suggest_*.js */
	{ "suggestions", STRING_SUGGESTIONS }, { "suggest", STRING_SUGGEST },
	{ "remark", STRING_REMARK }, { "paragraph", STRING_PARAGRAPH },
	{ "why", STRING_WHY }, { "yourRemark", STRING_YOUR_REMARK },
	{ "keep", STRING_KEEP }, { "cancel", STRING_CANCEL },
	{ "shouldRead", STRING_SHOULD_READ }, { "noWords", STRING_NO_WORDS },
	{ "suggestionCount", STRING_SUGGESTION_COUNT },
	{ "aboutChapter", STRING_ABOUT_CHAPTER },
	{ "aboutBook", STRING_ABOUT_BOOK }, { "edit", STRING_EDIT },
	{ "delete", STRING_DELETE }, { "yourName", STRING_YOUR_NAME },
	{ "byMail", STRING_SEND_BY_MAIL }, { "asFile", STRING_AS_FILE },
	{ "copy", STRING_COPY }, { "copied", STRING_COPIED },
	{ "sent", STRING_SENT }, { "clearSent", STRING_CLEAR_SENT },
	{ "yourAddress", STRING_YOUR_ADDRESS },
	{ "notKept", STRING_NOT_KEPT },
	{ "noSuggestions", STRING_NO_SUGGESTIONS },
	{ "fileMade", STRING_FILE_MADE }, { "share", STRING_SHARE }
};

void web_add_words(struct strbuf *out, const char *language)
{
	if (*string_language(language))
		strbuf_adds(out, " data-words-lang=\"en\"");
	strbuf_adds(out, " data-words=\"");
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		strbuf_addf(out, "%s%s=", i ? "|" : "", words[i].name);
		html_escape_str(out, string_get(language, words[i].id));
	}
	strbuf_addch(out, '"');
}
