/* SPDX-License-Identifier: MIT */
/*
 * The commits are made in a thread of their own. Hashing texts, folders and
 * commits takes a third of the time of applying, and nobody asks for them
 * before all are published.
 */
#include <stdlib.h>

#include "alloc.h"
#include "apply_private.h"
#include "error.h"

#define MOST_BYTES ((size_t)16 << 20)	/* of texts that wait */
#define JOBS_AT_ONCE 32			/* to wake the thread costs as much as
					 * a tenth of a job */

struct job_file {
	struct job_file *next;
	const char *path;
	struct slice bytes;
};

struct commit_job {
	struct commit_job *next;
	struct arena arena;
	struct job_file *files;		/* the last first: their order is not
					 * asked for */
	size_t bytes;
	const struct person *author;	/* and `when`: NULL for the author's */
	const struct moment *when;
	const char *message;
	char *id;
};

void apply_commits_open(struct apply_commits *q, struct change *change)
{
	*q = (struct apply_commits){ .change = change, .err = ERROR_INIT };
	q->end = &q->first;
	pthread_mutex_init(&q->mutex, NULL);
	pthread_cond_init(&q->changed, NULL);
}

static void job_free(struct commit_job *job)
{
	if (job)
		arena_release(&job->arena);
	free(job);
}

static struct commit_job *job_at_hand(struct apply_commits *q)
{
	if (!q->job)
		q->job = xcalloc(1, sizeof(*q->job));
	return q->job;
}

void apply_commits_write(struct apply_commits *q, const char *path,
			 struct slice bytes)
{
	struct commit_job *job = job_at_hand(q);
	struct job_file *file = arena_alloc(&job->arena, sizeof(*file));

	*file = (struct job_file){ job->files, path,
				   arena_slice(&job->arena, bytes) };
	job->files = file;
	job->bytes += bytes.len;
}

static int make_commit(struct apply_commits *q, const struct commit_job *job,
		       struct error *err)
{
	int rc = 0;

	for (const struct job_file *f = job->files; f && !rc; f = f->next)
		rc = change_write(q->change, f->path, f->bytes, err);
	return rc < 0 ? rc : change_next(job->id, q->change, job->author,
					 job->when, job->message, err);
}

/* Unless one before has failed: they are based on each other. */
static void do_job(struct apply_commits *q, const struct commit_job *job)
{
	struct error err = ERROR_INIT;
	int rc;

	pthread_mutex_lock(&q->mutex);
	rc = q->rc;
	pthread_mutex_unlock(&q->mutex);
	if (rc < 0 || !(rc = make_commit(q, job, &err)))
		return;
	pthread_mutex_lock(&q->mutex);
	q->rc = rc;
	q->err = err;
	pthread_mutex_unlock(&q->mutex);
}

/* Do jobs until there are no more to come; one is the first till it is done. */
static void *do_jobs(void *data)
{
	struct apply_commits *q = data;

	pthread_mutex_lock(&q->mutex);
	while (q->first || !q->closed) {
		struct commit_job *job = q->first;

		if (!job) {
			pthread_cond_wait(&q->changed, &q->mutex);
			continue;
		}
		pthread_mutex_unlock(&q->mutex);
		do_job(q, job);
		pthread_mutex_lock(&q->mutex);
		q->first = job->next;
		if (!q->first)
			q->end = &q->first;
		q->bytes -= job->bytes;
		job_free(job);
		pthread_cond_broadcast(&q->changed);
	}
	pthread_mutex_unlock(&q->mutex);
	return NULL;
}

static void wake(struct apply_commits *q)
{
	q->untold = 0;
	pthread_cond_broadcast(&q->changed);
}

static void enqueue(struct apply_commits *q, struct commit_job *job)
{
	pthread_mutex_lock(&q->mutex);
	if (q->first && q->bytes + job->bytes > MOST_BYTES)
		wake(q);
	while (q->first && q->bytes + job->bytes > MOST_BYTES)
		pthread_cond_wait(&q->changed, &q->mutex);
	q->bytes += job->bytes;
	*q->end = job;
	q->end = &job->next;
	if (++q->untold == JOBS_AT_ONCE)
		wake(q);
	pthread_mutex_unlock(&q->mutex);
}

void apply_commits_add(struct apply_commits *q, const struct person *author,
		       const struct moment *when, const char *message,
		       char *id)
{
	struct commit_job *job = job_at_hand(q);

	job->author = author;
	job->when = when;
	job->message = arena_strdup(&job->arena, message);
	job->id = id;
	q->job = NULL;
	if (!q->started)
		q->started = !pthread_create(&q->thread, NULL, do_jobs, q);
	if (q->started) {
		enqueue(q, job);
	} else { /* there are no threads to be had */
		do_job(q, job);
		job_free(job);
	}
}

int apply_commits_settle(struct apply_commits *q, struct error *err)
{
	int rc;

	pthread_mutex_lock(&q->mutex);
	wake(q);
	while (q->first)
		pthread_cond_wait(&q->changed, &q->mutex);
	rc = q->rc;
	if (rc < 0 && err)
		*err = q->err;
	pthread_mutex_unlock(&q->mutex);
	return rc;
}

void apply_commits_close(struct apply_commits *q)
{
	if (!q->end)
		return;
	pthread_mutex_lock(&q->mutex);
	q->closed = true;
	if (!q->rc)
		q->rc = ERROR_BUSY; /* what is left is not wanted any more */
	wake(q);
	pthread_mutex_unlock(&q->mutex);
	if (q->started)
		pthread_join(q->thread, NULL);
	job_free(q->job);
	pthread_mutex_destroy(&q->mutex);
	pthread_cond_destroy(&q->changed);
}
