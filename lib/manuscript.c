/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "alloc.h"
#include "error.h"
#include "history.h"
#include "manuscript.h"
#include "review_round.h"
#include "strbuf.h"

/* Read a file if it is there: 1; 0 when it is not. */
static int read_if_there(struct strbuf *out, struct manuscript *ms,
			 const char *path, struct error *err)
{
	int rc = tree_read(out, ms->tree, path, err);

	if (rc == ERROR_NOT_FOUND)
		return 0;
	return rc < 0 ? rc : 1;
}

static int read_settings(struct manuscript *ms, struct error *err)
{
	struct strbuf text = STRBUF_INIT;
	int rc = read_if_there(&text, ms, "galley.conf", err);

	if (rc > 0)
		rc = settings_parse(&ms->settings, strbuf_slice(&text),
				    "galley.conf", err);
	strbuf_release(&text);
	return rc;
}

/* The folder of `path`, with its '/', as a new string. */
static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) + 1 : 0;
	char *folder = xmalloc(len + 1);

	memcpy(folder, path, len);
	folder[len] = '\0';
	return folder;
}

static int read_outline_at(struct manuscript *ms, const char *path,
			   struct error *err)
{
	struct strbuf text = STRBUF_INIT;
	int rc = read_if_there(&text, ms, path, err);

	if (rc > 0) {
		ms->outline_path = xstrdup(path);
		free(ms->folder);
		ms->folder = folder_of(path);
		rc = outline_parse(&ms->outline, strbuf_slice(&text),
				   ms->folder, path, err);
		rc = rc < 0 ? rc : 1;
	}
	strbuf_release(&text);
	return rc;
}

/* Add the settings whose keys are not there yet, with all their values. */
static void add_missing(struct settings *settings,
			const struct settings *others)
{
	size_t own = settings->count;
	bool missing = false;

	for (size_t i = 0; i < others->count; i++) {
		const struct setting *s = &others->items[i];
		struct settings before = *settings;

		before.count = own;
		if (!i || strcmp(s->key, others->items[i - 1].key))
			missing = !settings_get(&before, s->key);
		if (missing)
			settings_add(settings, s->key, s->value);
	}
}

/*
 * mdBook's settings stand in for what galley.conf does not say; its outline
 * is in the folder of its chapters.
 */
static int read_mdbook(struct manuscript *ms, struct error *err)
{
	struct strbuf text = STRBUF_INIT, path = STRBUF_INIT;
	struct settings toml = SETTINGS_INIT;
	struct slice source;
	int rc;

	if ((rc = read_if_there(&text, ms, "book.toml", err)) <= 0)
		goto out;
	if ((rc = settings_parse_book_toml(&toml, strbuf_slice(&text),
					   "book.toml", err)) < 0)
		goto out;
	add_missing(&ms->settings, &toml);
	source = slice_of(settings_get(&toml, "book.source")
			  ? settings_get(&toml, "book.source") : "src");
	while (slice_starts_with(source, SLICE("./")))
		source = slice_sub(source, 2, source.len);
	while (source.len && source.ptr[source.len - 1] == '/')
		source.len--;
	if (source.len && !slice_eq(source, SLICE(".")))
		strbuf_addf(&path, "%.*s/", SLICE_ARG(source));
	strbuf_adds(&path, "SUMMARY.md");
	rc = read_outline_at(ms, path.buf, err);
out:
	settings_release(&toml);
	strbuf_release(&text);
	strbuf_release(&path);
	return rc;
}

static bool has_extension(const char *path)
{
	static const char *const extensions[] = { ".md", ".markdown", ".txt" };
	size_t len = strlen(path);

	for (size_t i = 0; i < 3; i++) {
		size_t n = strlen(extensions[i]);

		if (len > n && !strcasecmp(path + len - n, extensions[i]))
			return true;
	}
	return false;
}

/* Files about the repository rather than of the book. */
static bool is_about_repository(const char *path)
{
	static const char *const names[] = {
		"README", "LICENSE", "LICENCE", "COPYING", "NOTICE",
		"CONTRIBUTING", "CONTRIBUTORS", "AUTHORS", "MAINTAINERS",
		"CHANGELOG", "CHANGES", "NEWS", "HISTORY", "SECURITY",
		"SUPPORT", "CODE_OF_CONDUCT", "CODE-OF-CONDUCT", "TODO",
		"INSTALL", "ISSUE_TEMPLATE", "PULL_REQUEST_TEMPLATE",
		"ROBOTS", "REQUIREMENTS", "CMAKELISTS"
	};
	size_t len = strcspn(path, ".");

	if (strchr(path, '/'))
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strlen(names[i]) == len &&
		    !strncasecmp(path, names[i], len))
			return true;
	return false;
}

static bool is_dotted(const char *path)
{
	return *path == '.' || strstr(path, "/.");
}

/* "part-one/03-the_fog.md": "The fog" */
static void title_of_name(struct strbuf *out, const char *path)
{
	const char *name = strrchr(path, '/'), *dot, *start;

	name = name ? name + 1 : path;
	dot = strrchr(name, '.');
	start = name + strspn(name, "0123456789");
	start += strspn(start, " -_.");
	if (start >= dot)
		start = name;
	for (; start < dot; start++)
		strbuf_addch(out, *start == '-' || *start == '_' ? ' '
								 : *start);
	if (out->len)
		*out->buf = (char)toupper((unsigned char)*out->buf);
}

struct collector {
	struct outline *outline;
	struct strbuf title;
	bool about;	/* of the repository, instead of the book */
};

static int collect_chunk(const char *path, void *data)
{
	struct collector *c = data;
	struct outline_entry entry = { .kind = OUTLINE_CHAPTER, .path = path };

	if (!has_extension(path) || is_dotted(path) ||
	    is_about_repository(path) != c->about)
		return 0;
	strbuf_truncate(&c->title, 0);
	title_of_name(&c->title, path);
	entry.title = c->title.buf;
	outline_add(c->outline, &entry);
	return 0;
}

static int list_chunks(struct manuscript *ms, struct error *err)
{
	struct collector c = { &ms->outline, STRBUF_INIT, false };
	int rc = tree_each(ms->tree, collect_chunk, &c, err);

	c.about = true;
	if (!rc && !ms->outline.count)
		rc = tree_each(ms->tree, collect_chunk, &c, err);
	strbuf_release(&c.title);
	return rc;
}

static int read_outline(struct manuscript *ms, struct error *err)
{
	const char *named = settings_get(&ms->settings, "book.outline");
	int rc;

	if (named) {
		rc = read_outline_at(ms, named, err);
		if (!rc)
			rc = error_set(err, ERROR_NOT_FOUND, "galley.conf: "
				       "there is no outline '%s'", named);
		return rc;
	}
	if ((rc = read_outline_at(ms, "SUMMARY.md", err)) != 0 ||
	    (rc = read_mdbook(ms, err)) != 0)
		return rc;
	return list_chunks(ms, err);
}

/*
 * A round that is asked for by its name is that one, though its commit may
 * have others.
 */
static bool is_round_of(const struct commit_info *commit,
			struct repository *repo, const char *name)
{
	struct strbuf ref = STRBUF_INIT;
	char tag[COMMIT_ID_LENGTH + 1];
	struct commit_info tagged;
	bool is;

	strbuf_addf(&ref, ROUND_TAGS "%s", name);
	is = !ref_read(tag, repo, ref.buf, NULL) &&
	     !repository_resolve(&tagged, repo, tag, NULL) &&
	     !strcmp(tagged.id, commit->id) &&
	     strcmp(tag, commit->id); /* else a tag without a message */
	strbuf_release(&ref);
	return is;
}

static int read_commit(struct manuscript *ms, const char *rev,
		       struct error *err)
{
	const char *name = rev ? review_round_name(rev) : NULL;
	int rc = tree_commit(&ms->commit, &ms->modified, ms->tree, err);

	if (rc == ERROR_NOT_FOUND)
		return 0;
	if (rc < 0)
		return rc;
	ms->has_commit = true;
	if (name && is_round_of(&ms->commit, ms->repo, name)) {
		ms->round = xstrdup(name);
		return 0;
	}
	rc = repository_round_at(&ms->round, ms->repo, ms->commit.id, err);
	return rc == ERROR_NOT_FOUND ? 0 : rc;
}

static int open_tree(struct manuscript *ms, const char *rev,
		     struct error *err)
{
	if (!rev && repository_work_tree(ms->repo))
		return tree_open_work_tree(&ms->tree, ms->repo, err);
	return tree_open_revision(&ms->tree, ms->repo, rev ? rev : "HEAD",
				  err);
}

/* The tree of what git knows by that name, or of the round of that name;
 * `name` is then what git calls it. */
static int open_revision(struct manuscript *ms, struct strbuf *name,
			 const char *rev, struct error *err)
{
	int rc = open_tree(ms, rev, err);

	if (!rev)
		return rc;
	if (rc < 0) {
		strbuf_addf(name, "round/%s", rev);
		if (open_tree(ms, name->buf, NULL) >= 0)
			return 0;
		strbuf_truncate(name, 0);
	}
	strbuf_adds(name, rev);
	return rc;
}

int manuscript_open(struct manuscript **out, const char *path,
		    const char *rev, struct error *err)
{
	struct manuscript *ms = xcalloc(1, sizeof(*ms));
	struct strbuf name = STRBUF_INIT;
	int rc;

	ms->settings = (struct settings)SETTINGS_INIT;
	ms->outline = (struct outline)OUTLINE_INIT;
	ms->folder = xstrdup("");
	if ((rc = repository_open(&ms->repo, path, err)) < 0 ||
	    (rc = open_revision(ms, &name, rev, err)) < 0 ||
	    (rc = read_commit(ms, rev ? name.buf : NULL, err)) < 0 ||
	    (rc = read_settings(ms, err)) < 0 ||
	    (rc = read_outline(ms, err)) < 0)
		manuscript_close(ms);
	else
		*out = ms;
	strbuf_release(&name);
	return rc < 0 ? rc : 0;
}

int manuscript_open_round(struct manuscript **out, const char *path,
			  const char *commit, const char *round,
			  struct error *err)
{
	int rc = manuscript_open(out, path, commit, err);

	if (rc < 0)
		return rc;
	free((*out)->round);
	(*out)->round = *round ? xstrdup(round) : NULL;
	return 0;
}

void manuscript_close(struct manuscript *ms)
{
	if (!ms)
		return;
	tree_close(ms->tree);
	repository_close(ms->repo);
	settings_release(&ms->settings);
	outline_release(&ms->outline);
	free(ms->outline_path);
	free(ms->folder);
	free(ms->round);
	free(ms);
}

/* What an outline is called rather than a book. */
static bool is_book_title(const char *title)
{
	return title && *title && strcasecmp(title, "Summary") &&
	       strcasecmp(title, "Table of contents") &&
	       strcasecmp(title, "Contents");
}

const char *manuscript_title(const struct manuscript *ms)
{
	const char *title = settings_get(&ms->settings, "book.title");

	if (title && *title)
		return title;
	if (is_book_title(ms->outline.title))
		return ms->outline.title;
	return repository_name(ms->repo);
}

const char *manuscript_subtitle(const struct manuscript *ms)
{
	const char *subtitle = settings_get(&ms->settings, "book.subtitle");

	return subtitle ? subtitle : "";
}

const char *manuscript_author(const struct manuscript *ms)
{
	const char *author = settings_get_nth(&ms->settings, "book.author", 0);

	return author ? author : "";
}

const char *manuscript_language(const struct manuscript *ms)
{
	const char *language = settings_get(&ms->settings, "book.language");

	return language && *language ? language : "en";
}

int manuscript_read(struct strbuf *out, const struct manuscript *ms,
		    const struct outline_entry *entry, struct error *err)
{
	if (!entry->path)
		return error_set(err, ERROR_NOT_FOUND,
				 "'%s' is not written yet", entry->title);
	return tree_read(out, ms->tree, entry->path, err);
}
