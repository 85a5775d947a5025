/* SPDX-License-Identifier: MIT */
/*
 * measure <runs> <name> <command> [<name> <command>]...: runs shell commands
 * in turn, as often as asked, so that a busy moment of the machine meets them
 * all, and prints for each a line
 *
 *	name <tab> wall <tab> user <tab> cpu <tab> peak
 *
 * medians in seconds (cpu is user and system), and the largest memory that any
 * run had, in KiB. A command that failed has "-" for figures. What commands
 * print is dropped.
 */
#define _DEFAULT_SOURCE /* wait4 */
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct run {
	double wall, user, cpu;
	long peak;
	int failed;
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(const struct timeval *t)
{
	return (double)t->tv_sec + (double)t->tv_usec / 1e6;
}

static void be_command(const char *command)
{
	int null = open("/dev/null", O_RDWR);

	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	if (!getenv("MEASURE_VERBOSE"))
		dup2(null, STDERR_FILENO);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

static struct run run_once(const char *command)
{
	struct run run = { 0, 0, 0, 0, 1 };
	struct rusage usage;
	double start = now();
	int status;
	pid_t pid = fork();

	if (!pid)
		be_command(command);
	if (pid < 0 || wait4(pid, &status, 0, &usage) < 0)
		return run;
	run.wall = now() - start;
	run.user = seconds(&usage.ru_utime);
	run.cpu = run.user + seconds(&usage.ru_stime);
	run.peak = usage.ru_maxrss;
	run.failed = !WIFEXITED(status) || WEXITSTATUS(status);
	return run;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The median of one of the figures; `offset` is where it is in a run. */
static double median(const struct run *runs, int count, size_t offset)
{
	double *all = calloc((size_t)count, sizeof(*all)), middle;

	if (!all)
		abort();
	for (int i = 0; i < count; i++)
		memcpy(&all[i], (const char *)&runs[i] + offset, sizeof(*all));
	qsort(all, (size_t)count, sizeof(*all), by_size);
	middle = all[count / 2];
	free(all);
	return middle;
}

static void print_medians(const char *name, const struct run *runs, int count)
{
	long peak = 0;

	for (int i = 0; i < count; i++) {
		if (runs[i].failed) {
			printf("%s\t-\t-\t-\t-\n", name);
			return;
		}
		if (runs[i].peak > peak)
			peak = runs[i].peak;
	}
	printf("%s\t%.4f\t%.4f\t%.4f\t%ld\n", name,
	       median(runs, count, offsetof(struct run, wall)),
	       median(runs, count, offsetof(struct run, user)),
	       median(runs, count, offsetof(struct run, cpu)), peak);
}

int main(int argc, char **argv)
{
	int runs = argc > 1 ? atoi(argv[1]) : 0, commands = (argc - 2) / 2;
	struct run *results;

	if (runs < 1 || commands < 1 || argc % 2) {
		fputs("usage: measure <runs> <name> <command>...\n", stderr);
		return 129;
	}
	results = calloc((size_t)(runs * commands), sizeof(*results));
	if (!results)
		abort();
	for (int i = 0; i < runs; i++)
		for (int c = 0; c < commands; c++)
			results[c * runs + i] = run_once(argv[3 + 2 * c]);
	for (int c = 0; c < commands; c++)
		print_medians(argv[2 + 2 * c], results + c * runs, runs);
	free(results);
	return 0;
}
