/* SPDX-License-Identifier: MIT */
/* What collect and am begin with: what readers sent becomes comments. */
#ifndef COLLECTING_H
#define COLLECTING_H

#include "collect.h"
#include "feedback_in.h"
#include "identity.h"

struct error;

struct collecting {
	struct manuscript *ms;
	struct identity me;
	struct feedback_in in;
	struct collection made;
};

#define COLLECTING_INIT { NULL, IDENTITY_INIT, FEEDBACK_IN_INIT, \
			  COLLECTION_INIT }

void collecting_release(struct collecting *collecting);

/**
 * Open the manuscript, read the paths (feedback_in.h) and what was kept
 * before, and make comments of it all. Of the options round, from and dry_run
 * are the caller's; the rest is set here.
 */
int collecting_run(struct collecting *collecting,
		   struct collect_options *options, char **paths, int count,
		   struct error *err);

#endif
