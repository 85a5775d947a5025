/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "refs.h"
#include "repository_git.h"
#include "strbuf.h"

int error_set_git(struct error *err, const char *format, ...)
{
	const git_error *last = git_error_last();
	struct strbuf said = STRBUF_INIT;
	char words[256];
	va_list args;
	int rc;

	/* libgit2 forgets at the next call, and does not know what we were
	 * about */
	strbuf_adds(&said, last && last->message ? last->message : "");
	va_start(args, format);
	vsnprintf(words, sizeof(words), format, args);
	va_end(args);
	if (said.len > 1 && isupper((unsigned char)said.buf[0]) &&
	    !isupper((unsigned char)said.buf[1]))
		said.buf[0] = (char)tolower((unsigned char)said.buf[0]);
	rc = error_set(err, ERROR_GIT, "%s%s%s", words, said.len ? ": " : "",
		       said.buf);
	strbuf_release(&said);
	return rc;
}

/*
 * libgit2 reads the machine's certificates when it starts, for the network
 * that galley never asks it for: 3.5 ms, more than all the rest of starting a
 * command, and no option prevents it. So the function of Mbed TLS that it
 * calls is ours in these programs, and finds none; libgit2 goes on without.
 * (With a libgit2 that is built on another library it is never called.)
 */
int mbedtls_x509_crt_parse_file(void *chain, const char *path);

int mbedtls_x509_crt_parse_file(void *chain, const char *path)
{
	return -1;
}

static void start_library(void)
{
	git_libgit2_init();
	/* what is on the author's disk has been checked by the git that put
	 * it there; git does not hash every object that it reads either */
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
}

static char *name_of(git_repository *git)
{
	const char *work_tree = git_repository_workdir(git);
	struct slice path = slice_of(work_tree ? work_tree
					       : git_repository_path(git));
	char *name;

	while (path.len > 1 && path.ptr[path.len - 1] == '/')
		path.len--;
	if (!work_tree && slice_ends_with(path, SLICE("/.git")))
		path.len -= 5;
	else if (!work_tree && slice_ends_with(path, SLICE(".git")))
		path.len -= 4;
	for (size_t i = path.len; i; i--)
		if (path.ptr[i - 1] == '/') {
			path = slice_sub(path, i, path.len);
			break;
		}
	name = xmalloc(path.len + 1);
	memcpy(name, path.ptr, path.len);
	name[path.len] = '\0';
	return name;
}

/* libgit2 1.5 does not know the '*' of safe.directory. */
static int is_star(const git_config_entry *entry, void *data)
{
	bool *star = data;

	if (!*entry->value)
		*star = false;
	else if (!strcmp(entry->value, "*"))
		*star = true;
	return 0;
}

static bool all_are_safe(void)
{
	git_config *config = NULL;
	bool star = false;

	if (!git_config_open_default(&config))
		git_config_get_multivar_foreach(config, "safe.directory",
						NULL, is_star, &star);
	git_config_free(config);
	return star;
}

static int open_git(git_repository **out, const char *path)
{
	int rc = git_repository_open_ext(out, path, 0, NULL);

	if (rc == GIT_EOWNER && all_are_safe()) {
		git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
		rc = git_repository_open_ext(out, path, 0, NULL);
		git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
	}
	return rc;
}

static int set_open_error(struct error *err, const char *path, int rc)
{
	const git_error *last = git_error_last();
	const char *start, *end;

	if (rc == GIT_ENOTFOUND)
		return error_set(err, ERROR_NOT_FOUND,
				 "no git repository at '%s', nor in a folder "
				 "above it", path);
	if (rc != GIT_EOWNER)
		return error_set_git(err, "cannot open the repository at '%s'",
				     path);
	start = last && last->message ? strchr(last->message, '\'') : NULL;
	end = start ? strrchr(start, '\'') : NULL;
	if (!end || end == start)
		return error_set_git(err, "the repository at '%s' belongs to "
				     "someone else", path);
	start++;
	while (end > start + 1 && end[-1] == '/')
		end--;
	return error_set(err, ERROR_GIT,
			 "the repository at '%.*s' belongs to someone else; "
			 "if you trust it, run: git config --global --add "
			 "safe.directory '%.*s'", (int)(end - start), start,
			 (int)(end - start), start);
}

int repository_open(struct repository **out, const char *path,
		    struct error *err)
{
	git_repository *git = NULL;
	struct repository *repo;
	int rc;

	start_library();
	if ((rc = open_git(&git, path)) < 0) {
		rc = set_open_error(err, path, rc);
		git_libgit2_shutdown();
		return rc;
	}
	repo = xcalloc(1, sizeof(*repo));
	repo->git = git;
	repo->name = name_of(git);
	staging_recover(repo);
	refs_recover(repo);
	*out = repo;
	return 0;
}

static char *default_branch(void)
{
	git_config *config = NULL;
	git_buf value = GIT_BUF_INIT;
	char *name;

	if (!git_config_open_default(&config) &&
	    !git_config_get_string_buf(&value, config, "init.defaultbranch") &&
	    value.size)
		name = xstrdup(value.ptr);
	else
		name = xstrdup("main");
	git_buf_dispose(&value);
	git_config_free(config);
	return name;
}

int repository_init(struct repository **out, const char *path,
		    struct error *err)
{
	git_repository_init_options options;
	git_repository *git = NULL;
	char *branch;
	int rc;

	start_library();
	branch = default_branch();
	git_repository_init_options_init(&options,
					 GIT_REPOSITORY_INIT_OPTIONS_VERSION);
	options.flags = GIT_REPOSITORY_INIT_MKDIR |
			GIT_REPOSITORY_INIT_MKPATH;
	options.initial_head = branch;
	if (git_repository_init_ext(&git, path, &options) < 0)
		rc = error_set_git(err, "cannot make a repository at '%s'",
				   path);
	else
		rc = repository_open(out, path, err);
	git_repository_free(git);
	free(branch);
	git_libgit2_shutdown();
	return rc;
}

void repository_close(struct repository *repo)
{
	if (!repo)
		return;
	object_list_free(repo->written);
	git_repository_free(repo->git);
	free(repo->name);
	free(repo);
	git_libgit2_shutdown();
}

const char *repository_work_tree(const struct repository *repo)
{
	return git_repository_workdir(repo->git);
}

const char *repository_path(const struct repository *repo)
{
	return git_repository_path(repo->git);
}

const char *repository_name(const struct repository *repo)
{
	return repo->name;
}

int repository_config(char **out, struct repository *repo, const char *key,
		      struct error *err)
{
	git_config *config = NULL;
	git_buf value = GIT_BUF_INIT;
	int rc;

	rc = git_repository_config_snapshot(&config, repo->git);
	if (!rc)
		rc = git_config_get_string_buf(&value, config, key);
	if (!rc)
		*out = xstrdup(value.ptr ? value.ptr : "");
	else if (rc == GIT_ENOTFOUND)
		rc = error_set(err, ERROR_NOT_FOUND, "no '%s' in git config",
			       key);
	else
		rc = error_set_git(err, "cannot read '%s' from git config",
				   key);
	git_buf_dispose(&value);
	git_config_free(config);
	return rc;
}

static void short_id(char out[COMMIT_ID_LENGTH + 1], git_object *object)
{
	git_buf id = GIT_BUF_INIT;

	if (!git_object_short_id(&id, object) && id.size <= COMMIT_ID_LENGTH)
		memcpy(out, id.ptr, id.size + 1);
	else
		git_oid_tostr(out, COMMIT_ID_LENGTH + 1,
			      git_object_id(object));
	git_buf_dispose(&id);
}

void commit_info_set(struct commit_info *out, git_commit *commit)
{
	git_oid_tostr(out->id, sizeof(out->id), git_commit_id(commit));
	short_id(out->short_id, (git_object *)commit);
	out->time = git_commit_time(commit);
}

int repository_commit(git_commit **out, struct repository *repo,
		      const char *rev, struct error *err)
{
	git_object *object = NULL;
	int rc = git_revparse_single(&object, repo->git, rev);

	/* "2" is the start of many, and meant as none */
	if (rc == GIT_EAMBIGUOUS && strlen(rev) >= GIT_OID_MINPREFIXLEN)
		return error_set(err, ERROR_AMBIGUOUS,
				 "'%s' could be several revisions", rev);
	if (rc == GIT_ENOTFOUND || rc == GIT_EINVALIDSPEC ||
	    rc == GIT_EAMBIGUOUS)
		return error_set(err, ERROR_NOT_FOUND, "no revision '%s'",
				 rev);
	if (rc < 0)
		return error_set_git(err, "cannot read revision '%s'", rev);
	rc = git_object_peel((git_object **)out, object, GIT_OBJECT_COMMIT);
	git_object_free(object);
	if (rc < 0)
		return error_set(err, ERROR_INVALID, "'%s' is not a commit",
				 rev);
	return 0;
}

int repository_resolve(struct commit_info *out, struct repository *repo,
		       const char *rev, struct error *err)
{
	git_commit *commit = NULL;
	int rc = repository_commit(&commit, repo, rev, err);

	if (!rc)
		commit_info_set(out, commit);
	git_commit_free(commit);
	return rc;
}

int repository_head(git_commit **out, struct repository *repo,
		    struct error *err)
{
	git_oid id;
	int rc = git_reference_name_to_id(&id, repo->git, "HEAD");

	if (rc == GIT_ENOTFOUND || rc == GIT_EUNBORNBRANCH)
		return error_set(err, ERROR_NOT_FOUND,
				 "no commit yet in '%s'", repo->name);
	if (rc < 0 || git_commit_lookup(out, repo->git, &id) < 0)
		return error_set_git(err, "cannot read HEAD of '%s'",
				     repo->name);
	return 0;
}

#define ROUND_PREFIX "refs/tags/round/"

/* The time of the tag if it is an annotated one on the commit, or -1. */
static git_time_t round_time(git_repository *git, git_reference *ref,
			     const git_oid *commit)
{
	const git_oid *id = git_reference_target(ref);
	const git_signature *tagger;
	git_time_t time = -1;
	git_tag *tag = NULL;

	if (!id || git_tag_lookup(&tag, git, id) < 0)
		return -1;
	if (git_oid_equal(git_tag_target_id(tag), commit)) {
		tagger = git_tag_tagger(tag);
		time = tagger ? tagger->when.time : 0;
	}
	git_tag_free(tag);
	return time;
}

int repository_round_at(char **out, struct repository *repo,
			const char *commit_id, struct error *err)
{
	git_reference_iterator *each = NULL;
	git_reference *ref = NULL;
	git_time_t newest = -1;
	char *name = NULL;
	git_oid commit;

	if (git_oid_fromstr(&commit, commit_id) < 0 ||
	    git_reference_iterator_glob_new(&each, repo->git,
					    ROUND_PREFIX "*") < 0)
		return error_set_git(err, "cannot read the rounds");
	while (!git_reference_next(&ref, each)) {
		git_time_t time = round_time(repo->git, ref, &commit);

		if (time > newest) {
			newest = time;
			free(name);
			name = xstrdup(git_reference_name(ref) +
				       strlen(ROUND_PREFIX));
		}
		git_reference_free(ref);
	}
	git_reference_iterator_free(each);
	if (!name)
		return error_set(err, ERROR_NOT_FOUND,
				 "no round at commit %s", commit_id);
	*out = name;
	return 0;
}
