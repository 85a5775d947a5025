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

#include "place.h"
#include "repository_git.h"
#include "strbuf.h"
#include "tree_edit.h"

/* What the tree should be: files sorted by path. */
struct model {
	char *paths[400];
	git_oid ids[400];
	size_t count;
};

static unsigned long seed;

static unsigned next_random(unsigned below)
{
	seed = seed * 6364136223846793005UL + 1442695040888963407UL;
	return (unsigned)(seed >> 33) % below;
}

static void model_free(struct model *m)
{
	for (size_t i = 0; i < m->count; i++)
		free(m->paths[i]);
	m->count = 0;
}

static size_t model_find(const struct model *m, const char *path)
{
	size_t i = 0;

	while (i < m->count && strcmp(m->paths[i], path) < 0)
		i++;
	return i;
}

static bool model_has(const struct model *m, const char *path)
{
	size_t i = model_find(m, path);

	return i < m->count && !strcmp(m->paths[i], path);
}

/* Would the path be in a file, or a file where a folder is? */
static bool model_conflicts(const struct model *m, const char *path)
{
	size_t len = strlen(path);

	for (size_t i = 0; i < m->count; i++) {
		size_t n = strlen(m->paths[i]);

		if ((n < len && !strncmp(path, m->paths[i], n) &&
		     path[n] == '/') ||
		    (n > len && !strncmp(path, m->paths[i], len) &&
		     m->paths[i][len] == '/'))
			return true;
	}
	return false;
}

static void model_set(struct model *m, const char *path, const git_oid *id)
{
	size_t i = model_find(m, path);

	if (!model_has(m, path)) {
		memmove(m->paths + i + 1, m->paths + i,
			(m->count - i) * sizeof(*m->paths));
		memmove(m->ids + i + 1, m->ids + i,
			(m->count++ - i) * sizeof(*m->ids));
		m->paths[i] = strdup(path);
	}
	m->ids[i] = *id;
}

static void model_remove(struct model *m, const char *path)
{
	size_t i = model_find(m, path);

	free(m->paths[i]);
	m->count--;
	memmove(m->paths + i, m->paths + i + 1,
		(m->count - i) * sizeof(*m->paths));
	memmove(m->ids + i, m->ids + i + 1,
		(m->count - i) * sizeof(*m->ids));
}

static void model_tree(git_oid *out, const struct model *m)
{
	struct file_list list = FILE_LIST_INIT;
	git_index_entry entries[400];

	for (size_t i = 0; i < m->count; i++)
		entries[i] = (git_index_entry){
			.mode = GIT_FILEMODE_BLOB, .id = m->ids[i],
			.path = m->paths[i]
		};
	list.items = entries;
	list.count = m->count;
	file_list_tree_id(out, &list, NULL, NULL);
}

/* Names that are each other's beginnings, with bytes around '/'. */
static const char *random_path(char out[64])
{
	static const char *const parts[] = {
		"a", "a-b", "a.b", "a0", "ab", "b", "part", "part-one"
	};
	unsigned depth = next_random(4);

	*out = '\0';
	for (unsigned i = 0; i < depth; i++) {
		strcat(out, parts[next_random(8)]);
		strcat(out, "/");
	}
	strcat(out, parts[next_random(8)]);
	return out;
}

static void random_id(git_oid *out)
{
	for (size_t i = 0; i < GIT_OID_RAWSZ; i++)
		out->id[i] = (unsigned char)next_random(256);
}

static void random_step(struct tree_edit *edit, struct model *m)
{
	char path[64];
	git_oid id;

	random_path(path);
	random_id(&id);
	if (next_random(3)) {
		if (model_conflicts(m, path)) {
			assert_int_equal(ERROR_EXISTS, tree_edit_set(edit,
				path, &id, NULL));
			return;
		}
		assert_int_equal(0, tree_edit_set(edit, path, &id, NULL));
		model_set(m, path, &id);
	} else if (model_has(m, path)) {
		assert_int_equal(0, tree_edit_remove(edit, path, NULL));
		model_remove(m, path);
	} else {
		assert_int_equal(ERROR_NOT_FOUND, tree_edit_remove(edit, path,
								   NULL));
	}
}

static void assert_same(struct tree_edit *edit, const struct model *m)
{
	git_oid wanted, found;

	model_tree(&wanted, m);
	tree_edit_write(&found, edit);
	assert_true(git_oid_equal(&wanted, &found));
}

static void copy_model(struct model *to, const struct model *from)
{
	model_free(to);
	for (size_t i = 0; i < from->count; i++) {
		to->paths[i] = strdup(from->paths[i]);
		to->ids[i] = from->ids[i];
	}
	to->count = from->count;
}

static void any_steps_give_the_tree_of_the_files(void **state)
{
	struct place *p = *state;

	for (unsigned round = 0; round < 200; round++) {
		struct object_list *objects;
		struct tree_edit *edit;
		struct model now = { .count = 0 }, marked = { .count = 0 };
		git_oid probed, wanted;

		seed = round;
		assert_int_equal(0, object_list_new(&objects, p->repo,
						    &p->err));
		edit = tree_edit_new(objects, NULL);
		for (unsigned i = 0; i < 60; i++) {
			for (unsigned n = next_random(8); n; n--)
				random_step(edit, &now);
			assert_same(edit, &now);
			tree_edit_mark(edit);
			copy_model(&marked, &now);
			for (unsigned n = next_random(5); n; n--)
				random_step(edit, &now);
			model_tree(&wanted, &now);
			switch (next_random(4)) {
			case 0:
				tree_edit_probe(&probed, edit);
				assert_true(git_oid_equal(&probed, &wanted));
				copy_model(&now, &marked);
				break;
			case 1:
				assert_same(edit, &now);
				tree_edit_rewind(edit);
				copy_model(&now, &marked);
				break;
			case 2:
				tree_edit_rewind(edit);
				copy_model(&now, &marked);
				break;
			}
			/* what follows is not to be gone back from */
			assert_same(edit, &now);
			tree_edit_mark(edit);
		}
		tree_edit_free(edit);
		object_list_free(objects);
		model_free(&now);
		model_free(&marked);
	}
}

static void root_of(git_oid *out, struct place *p, const char *rev)
{
	git_object *tree;

	assert_int_equal(0, git_revparse_single(&tree, p->repo->git, rev));
	*out = *git_object_id(tree);
	git_object_free(tree);
}

/* As git has it: read the tree of `rev`, change it, compare. */
static void trees_are_as_git_writes_them(void **state)
{
	struct place *p = *state;
	struct object_list *objects;
	struct tree_edit *edit;
	char command[400], hex[GIT_OID_HEXSZ + 1];
	git_oid root, blob;

	assert_run(p, "mkdir -p a/b a-b && echo 1 >a/b/c && echo 2 >a/x && "
		   "echo 3 >a.md && echo 4 >a-b/z && echo 5 >run && "
		   "chmod +x run && git add . && git commit -qm first && "
		   "git rev-parse HEAD^{tree} >../root");
	git_oid_fromstr(&blob, "d00491fd7e5bb6fa28c517a0bb32b8b506539d4d");
	root_of(&root, p, "HEAD^{tree}");
	assert_int_equal(0, object_list_new(&objects, p->repo, &p->err));
	edit = tree_edit_new(objects, &root);
	assert_int_equal(0, tree_edit_set(edit, "run", &blob, &p->err));
	assert_int_equal(0, tree_edit_set(edit, "a/b/c", &blob, &p->err));
	assert_int_equal(0, tree_edit_set(edit, "new/d", &blob, &p->err));
	assert_int_equal(0, tree_edit_remove(edit, "a-b/z", &p->err));
	tree_edit_write(&root, edit);
	assert_int_equal(0, object_list_write(objects, &p->err));
	git_oid_tostr(hex, sizeof(hex), &root);
	snprintf(command, sizeof(command), "mkdir new && echo 1 >new/d && "
		 "cp new/d a/b/c && cp new/d run && git rm -q a-b/z && "
		 "git add . && test $(git write-tree) = %s && "
		 "git ls-tree -r %s && git fsck --strict", hex, hex);
	assert_run(p, command);
	tree_edit_free(edit);
	object_list_free(objects);
}

static void what_is_no_plain_file_is_not_replaced(void **state)
{
	struct place *p = *state;
	struct object_list *objects;
	struct tree_edit *edit;
	git_oid root, blob = { { 1 } };

	assert_run(p, "ln -s else link && git add link && git commit -qm l");
	root_of(&root, p, "HEAD^{tree}");
	assert_int_equal(0, object_list_new(&objects, p->repo, &p->err));
	edit = tree_edit_new(objects, &root);
	assert_int_equal(ERROR_INVALID, tree_edit_set(edit, "link", &blob,
						      &p->err));
	assert_int_equal(ERROR_INVALID, tree_edit_set(edit, "../x", &blob,
						      &p->err));
	assert_int_equal(ERROR_INVALID, tree_edit_set(edit, ".git/x", &blob,
						      &p->err));
	tree_edit_free(edit);
	object_list_free(objects);
}

/* Cut short, in disorder, no tree at all: an error, and nothing is read. */
static void a_damaged_folder_is_an_error(void **state)
{
	const struct slice damaged[] = {
		SLICE("100644 a\0""123456789"), SLICE("100644 a"),
		SLICE("x y\0""12345678901234567890"),
		SLICE("100644 b\0""12345678901234567890"
		      "100644 a\0""12345678901234567890"),
		SLICE("100644 a\0""12345678901234567890"
		      "100644 a\0""12345678901234567890"),
		SLICE("100644 \0""12345678901234567890"),
		SLICE("10064412345 a\0""12345678901234567890")
	};
	struct place *p = *state;
	git_oid root, blob = { { 1 } };
	git_odb *odb;

	assert_int_equal(0, git_repository_odb(&odb, p->repo->git));
	for (size_t i = 0; i < sizeof(damaged) / sizeof(*damaged); i++) {
		struct object_list *objects;
		struct tree_edit *edit;

		assert_int_equal(0, git_odb_write(&root, odb, damaged[i].ptr,
			damaged[i].len, GIT_OBJECT_TREE));
		assert_int_equal(0, object_list_new(&objects, p->repo,
						    &p->err));
		edit = tree_edit_new(objects, &root);
		assert_int_equal(ERROR_MALFORMED, tree_edit_set(edit, "a",
			&blob, &p->err));
		tree_edit_free(edit);
		object_list_free(objects);
	}
	git_odb_free(odb);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(any_steps_give_the_tree_of_the_files),
		TEST(trees_are_as_git_writes_them),
		TEST(what_is_no_plain_file_is_not_replaced),
		TEST(a_damaged_folder_is_an_error)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
