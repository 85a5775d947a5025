/* SPDX-License-Identifier: MIT */
#include "error.h"
#include "git_date.h"
#include "identity.h"
#include "repository_git.h"

static const char *if_said(const char *text)
{
	return text && *text ? text : NULL;
}

/* What git config and the clock say; NULL when git knows no name. */
static int read_own(git_signature **own, struct repository *repo,
		    struct error *err)
{
	int rc = git_signature_default(own, repo->git);

	if (!rc || rc == GIT_ENOTFOUND)
		return 0;
	return error_set_git(err, "cannot tell who you are");
}

static int set_no_name(struct error *err)
{
	return error_set(err, ERROR_NOT_FOUND, "git does not know your name; "
			 "run: git config --global user.name 'Your Name' && "
			 "git config --global user.email you@example.org");
}

int identity_now(struct moment *out, const char *said, struct error *err)
{
	git_signature *now = NULL;

	if (if_said(said))
		return git_date_parse(&out->seconds, &out->offset, said, err);
	if (git_signature_now(&now, "-", "-") < 0)
		return error_set_git(err, "cannot tell what time it is");
	*out = (struct moment){ now->when.time, now->when.offset };
	git_signature_free(now);
	return 0;
}

int identity_read(struct identity *out, struct repository *repo,
		  const struct change_person *said, struct error *err)
{
	static const struct change_person nothing = { NULL, NULL, NULL };
	git_signature *own = NULL, *who = NULL;
	const char *name, *email;
	struct moment when;
	int rc;

	said = said ? said : &nothing;
	name = if_said(said->name);
	email = if_said(said->email);
	if ((rc = identity_now(&when, said->date, err)) < 0)
		return rc;
	if ((!name || !email) && (rc = read_own(&own, repo, err)) < 0)
		return rc;
	name = name || !own ? name : own->name;
	email = email || !own ? email : own->email;
	if (!name || !email)
		return set_no_name(err);
	/* it cuts off what git cuts off */
	if (git_signature_now(&who, name, email) < 0) {
		rc = error_set_git(err, "cannot tell who you are");
		goto out;
	}
	out->person.name = arena_strdup(&out->arena, who->name);
	out->person.email = arena_strdup(&out->arena, who->email);
	out->when = when;
	rc = 0;
out:
	git_signature_free(who);
	git_signature_free(own);
	return rc;
}

void identity_release(struct identity *identity)
{
	arena_release(&identity->arena);
	*identity = (struct identity)IDENTITY_INIT;
}
