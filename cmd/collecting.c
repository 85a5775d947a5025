/* SPDX-License-Identifier: MIT */
#include "collecting.h"
#include "command.h"
#include "markdown_read.h"

void collecting_release(struct collecting *c)
{
	collection_release(&c->made);
	feedback_in_release(&c->in);
	identity_release(&c->me);
	manuscript_close(c->ms);
	*c = (struct collecting)COLLECTING_INIT;
}

int collecting_run(struct collecting *c, struct collect_options *options,
		   char **paths, int count, struct error *err)
{
	int rc = manuscript_open(&c->ms, ".", "HEAD", err);

	if (!rc)
		rc = identity_read(&c->me, c->ms->repo,
				   &people_of_environment()->committer, err);
	c->in.sender = options->from;
	if (!rc)
		rc = feedback_in_read(&c->in, paths, count, err);
	if (!rc)
		rc = feedback_in_again(&c->in, c->ms, err);
	if (rc < 0)
		return rc;
	options->who = c->me.person;
	options->when = c->me.when;
	options->again = c->in.again;
	return collect(&c->made, c->ms, markdown_read, &c->in.list, options,
		       err);
}
