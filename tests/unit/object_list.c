/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "alloc.h"
#include "object_list.h"
#include "place.h"
#include "strbuf.h"

static unsigned long seed = 1;

static unsigned next_random(unsigned below)
{
	seed = seed * 6364136223846793005UL + 1442695040888963407UL;
	return (unsigned)(seed >> 33) % below;
}

static void add_noise(struct strbuf *out, size_t len)
{
	while (len--)
		strbuf_addch(out, (char)next_random(256));
}

/* Put noise of any length in the place of a run of any length. */
static void change_text(struct strbuf *text)
{
	struct strbuf out = STRBUF_INIT;
	size_t start = next_random((unsigned)text->len + 1);
	size_t end = start + next_random(400);

	if (end > text->len)
		end = text->len;
	strbuf_add(&out, text->buf, start);
	add_noise(&out, next_random(400));
	strbuf_add(&out, text->buf + end, text->len - end);
	strbuf_release(text);
	*text = out;
}

struct history {
	struct object_list *objects;
	struct strbuf texts[300];
	size_t numbers[300], count;
};

static void add_text(struct history *h, const struct strbuf *text,
		     size_t base)
{
	git_oid id;

	object_id(&id, GIT_OBJECT_BLOB, strbuf_slice(text));
	h->numbers[h->count] = object_list_add_like(h->objects,
		GIT_OBJECT_BLOB, strbuf_slice(text), &id, base);
	h->texts[h->count] = (struct strbuf)STRBUF_INIT;
	strbuf_add_slice(&h->texts[h->count++], strbuf_slice(text));
}

static void release(struct history *h)
{
	object_list_free(h->objects);
	while (h->count)
		strbuf_release(&h->texts[--h->count]);
}

/* Texts as they are in the list, and then as git reads them. */
static void check(struct place *p, struct history *h)
{
	struct strbuf out = STRBUF_INIT;

	for (size_t i = 0; i < h->count; i++) {
		strbuf_truncate(&out, 0);
		strbuf_adds(&out, "before ");
		assert_int_equal(0, object_list_read(&out, h->objects,
			h->numbers[i], &p->err));
		assert_true(slice_eq(slice_sub(strbuf_slice(&out), 7,
					       out.len),
				     strbuf_slice(&h->texts[i])));
	}
	strbuf_release(&out);
	assert_int_equal(0, object_list_write(h->objects, &p->err));
	/* which hashes them all */
	assert_run(p, "git fsck --strict --no-dangling");
	for (size_t i = 0; i < h->count; i += 13) {
		char id[COMMIT_ID_LENGTH + 1], command[128];

		blob_id(id, strbuf_slice(&h->texts[i]));
		snprintf(command, sizeof(command),
			 "test $(git cat-file -s %s) = %zu", id,
			 h->texts[i].len);
		assert_run(p, command);
	}
}

static void check_versions(struct place *p, size_t size, size_t count)
{
	struct history h = { .count = 0 };
	struct strbuf text = STRBUF_INIT;

	assert_int_equal(0, object_list_new(&h.objects, p->repo, &p->err));
	add_noise(&text, size);
	add_text(&h, &text, NO_OBJECT);
	while (h.count < count) {
		size_t from = next_random(3) ? h.count - 1
					     : next_random((unsigned)h.count);

		strbuf_truncate(&text, 0);
		strbuf_add_slice(&text, strbuf_slice(&h.texts[from]));
		change_text(&text);
		add_text(&h, &text, h.numbers[from]);
	}
	check(p, &h);
	release(&h);
	strbuf_release(&text);
}

static void versions_of_a_text_are_read_as_they_were(void **state)
{
	struct place *p = *state;

	check_versions(p, 0, 300);
	check_versions(p, 500, 300);
	check_versions(p, 3000, 300);
	/* copies of more than 64 KB */
	check_versions(p, 200000, 200);
	/* few: loose */
	check_versions(p, 3000, 30);
	assert_run(p, "git verify-pack .git/objects/pack/*.idx && "
		   "test $(ls .git/objects/pack/*.pack | wc -l) = 4");
}

static void what_is_at_the_ends_or_nothing_may_change(void **state)
{
	struct place *p = *state;
	struct history h = { .count = 0 };
	struct strbuf whole = STRBUF_INIT, text = STRBUF_INIT;

	assert_int_equal(0, object_list_new(&h.objects, p->repo, &p->err));
	for (int i = 0; i < 2000; i++)
		strbuf_addf(&whole, "%d ", i);
	add_text(&h, &whole, NO_OBJECT);
	for (size_t i = 1; i < 70; i++) {
		strbuf_truncate(&text, 0);
		strbuf_add(&text, whole.buf, whole.len - i); /* the start */
		add_text(&h, &text, h.numbers[0]);
		strbuf_truncate(&text, 0);
		strbuf_add(&text, whole.buf + i, whole.len - i);
		add_text(&h, &text, h.numbers[0]);
		strbuf_truncate(&text, 0);	/* a run twice */
		strbuf_add(&text, whole.buf, i * 100);
		strbuf_add(&text, whole.buf + i, whole.len - i);
		add_text(&h, &text, h.numbers[0]);
	}
	add_text(&h, &whole, h.numbers[0]);
	strbuf_truncate(&text, 0);
	add_text(&h, &text, h.numbers[0]);
	check(p, &h);
	release(&h);
	strbuf_release(&whole);
	strbuf_release(&text);
}

/* The base is in the repository only: it has to be in the pack, too. */
static void a_pack_has_the_bases_that_it_needs(void **state)
{
	struct place *p = *state;
	struct history h = { .count = 0 };
	struct strbuf text = STRBUF_INIT;
	git_oid base;
	size_t number;

	assert_run(p, "seq 1000 >a && git add a && git commit -qm first");
	for (int i = 1; i <= 1000; i++)
		strbuf_addf(&text, "%d\n", i);
	object_id(&base, GIT_OBJECT_BLOB, strbuf_slice(&text));
	assert_int_equal(0, object_list_new(&h.objects, p->repo, &p->err));
	assert_int_equal(NO_OBJECT, object_list_number(h.objects, &base));
	assert_int_equal(0, object_list_find(&number, h.objects, &base,
					     &p->err));
	for (int i = 0; i < 150; i++) {
		text.buf[next_random((unsigned)text.len)] = '#';
		add_text(&h, &text, number);
	}
	check(p, &h);
	release(&h);
	strbuf_release(&text);
	/* without the loose one the pack stands by itself */
	assert_run(p, "git count-objects && git index-pack --strict "
		   ".git/objects/pack/*.pack -o ../check.idx && "
		   "git verify-pack -v .git/objects/pack/*.idx | "
		   "grep -c '^chain length = 1'");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(versions_of_a_text_are_read_as_they_were),
		TEST(what_is_at_the_ends_or_nothing_may_change),
		TEST(a_pack_has_the_bases_that_it_needs)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
