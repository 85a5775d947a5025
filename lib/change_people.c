/* SPDX-License-Identifier: MIT */
/* Who makes a change, and when. */
#include "change_private.h"
#include "error.h"
#include "git_date.h"

static int set_person(struct change *c, struct said *person,
		      const struct change_person *said, struct error *err)
{
	if (said->name && *said->name)
		person->name = arena_strdup(&c->arena, said->name);
	if (said->email && *said->email)
		person->email = arena_strdup(&c->arena, said->email);
	if (!said->date || !*said->date)
		return 0;
	person->dated = true;
	return git_date_parse(&person->when.seconds,
			      &person->when.offset, said->date, err);
}

int change_set_people(struct change *change,
		      const struct change_people *people, struct error *err)
{
	int rc;

	if (!people)
		return 0;
	rc = set_person(change, &change->said_author, &people->author, err);
	return rc < 0 ? rc : set_person(change, &change->said_committer,
					&people->committer, err);
}

static int set_nameless(struct error *err)
{
	return error_set(err, ERROR_NOT_FOUND, "git does not know your "
			 "name; run: git config --global user.name "
			 "'Your Name' && git config --global "
			 "user.email you@example.org");
}

/* What nobody said is as git config and the clock have it. */
static int sign(struct signature *out, struct change *c,
		const struct said *said, struct error *err)
{
	git_signature *own = NULL;
	int rc = 0;

	if (!said->name || !said->email || !said->dated)
		rc = git_signature_default(&own, c->repo->git);
	if (rc == GIT_ENOTFOUND && said->name && said->email)
		rc = git_signature_now(&own, said->name, said->email);
	if (rc == GIT_ENOTFOUND)
		return set_nameless(err);
	if (rc < 0)
		return error_set_git(err, "cannot tell who you are");
	*out = (struct signature){
		.who = { said->name ? said->name
				    : arena_strdup(&c->arena, own->name),
			 said->email ? said->email
				     : arena_strdup(&c->arena, own->email) },
		.when = said->when
	};
	if (!said->dated)
		out->when = (struct moment){ own->when.time,
					     own->when.offset };
	git_signature_free(own);
	return 0;
}

int change_sign(struct change *c, struct error *err)
{
	int rc;

	if (c->is_signed)
		return 0;
	if ((rc = sign(&c->author, c, &c->said_author, err)) < 0 ||
	    (rc = sign(&c->committer, c, &c->said_committer, err)) < 0)
		return rc;
	c->is_signed = true;
	return 0;
}
