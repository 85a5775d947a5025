/* SPDX-License-Identifier: MIT */
/* Feedback as lines of text: an item, and what is known of it, one a line. */
#ifndef MAIL_DUMP_H
#define MAIL_DUMP_H

#include "feedback.h"
#include "patch.h"
#include "strbuf.h"

static inline void dump_field(struct strbuf *out, const char *name,
			      struct slice value)
{
	struct slice line;

	if (!value.len)
		return;
	strbuf_addf(out, "  %s:", name);
	if (slice_find(value, '\n') == value.len) {
		strbuf_addf(out, " %.*s\n", SLICE_ARG(value));
		return;
	}
	strbuf_addch(out, '\n');
	while (slice_next_line(&line, &value))
		strbuf_addf(out, "    |%.*s\n",
			    SLICE_ARG(slice_chomp(line)));
}

static inline void dump_patch(struct strbuf *out, const struct patch *patch)
{
	for (size_t i = 0; i < patch->file_count; i++) {
		const struct patch_file *file = &patch->files[i];

		strbuf_addf(out, "  file: %s", file->new_path ? file->new_path
			    : file->old_path ? file->old_path : "?");
		for (size_t k = 0; k < file->hunk_count; k++)
			strbuf_addf(out, " -%zu,%zu +%zu,%zu",
				    file->hunks[k].old_start,
				    file->hunks[k].old_count,
				    file->hunks[k].new_start,
				    file->hunks[k].new_count);
		strbuf_addch(out, '\n');
		for (size_t k = 0; k < file->hunk_count; k++)
			dump_field(out, "lines", file->hunks[k].lines);
	}
	if (patch->base_commit)
		strbuf_addf(out, "  base: %s\n", patch->base_commit);
}

static inline void dump_feedback(struct strbuf *out, const struct feedback *f)
{
	static const char *const kinds[] = { "patch", "edit", "remark",
					     "copy", "lost", "stop" };

	strbuf_addf(out, "%s %u of <%s>\n", kinds[f->kind], f->part,
		    f->message_id);
	strbuf_addf(out, "  who: %s <%s>\n", f->who.name, f->who.email);
	strbuf_addf(out, "  when: %lld %+d%s\n", (long long)f->when.seconds,
		    f->when.offset, f->undated ? " undated" : "");
	dump_field(out, "copy", slice_of(f->copy));
	dump_field(out, "channel", slice_of(f->channel));
	dump_field(out, "in reply to", slice_of(f->in_reply_to));
	dump_field(out, "thread", slice_of(f->thread));
	dump_field(out, "subject", slice_of(f->subject));
	if (f->total || f->version != 1)
		strbuf_addf(out, "  series: v%u %u/%u\n", f->version,
			    f->number, f->total);
	dump_field(out, "round", slice_of(f->round));
	dump_field(out, "label", slice_of(f->label));
	for (size_t i = 0; i < f->quote_count; i++)
		dump_field(out, "quote", f->quotes[i]);
	dump_field(out, "old", f->old_words ? slice_of(f->old_words)
					    : SLICE("(null)"));
	dump_field(out, "new", f->new_words ? slice_of(f->new_words)
					    : SLICE("(null)"));
	dump_field(out, "words", slice_of(f->words));
	if (f->kind == FEEDBACK_COPY) {
		dump_field(out, "file", slice_of(f->file_name));
		dump_field(out, "bytes", f->file);
		if (f->otherwise)
			strbuf_addf(out, "  otherwise: %zu before\n",
				    f->otherwise);
	}
	dump_field(out, "trouble", slice_of(f->trouble));
	if (f->patch)
		dump_patch(out, f->patch);
}

static inline void dump_feedback_list(struct strbuf *out,
				      const struct feedback_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		dump_feedback(out, &list->items[i]);
}

#endif
