/* SPDX-License-Identifier: MIT */
/*
 *	killer [-n <number>] [-o <file>] <command> [<argument>...]
 *
 * Run a command, and kill it, all its processes at once, just before its
 * <number>th system call that writes: one that makes, fills, renames, removes
 * or syncs something. Into <file> goes how many there were. Exits as the
 * command does, with 137 when it was killed, 125 when it could not be run.
 *
 * What was written stays written: this is a process that dies, not a machine
 * that loses its power.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define COULD_NOT 125
#define OPTIONS (PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK |		\
		 PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |		\
		 PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL)

/* Those that always write; the ones with "at" first, which all systems have. */
static const long writers[] = {
	SYS_write, SYS_pwrite64, SYS_writev, SYS_pwritev, SYS_pwritev2,
	SYS_sendfile, SYS_copy_file_range, SYS_ftruncate, SYS_truncate,
	SYS_fallocate, SYS_fsync, SYS_fdatasync, SYS_msync, SYS_renameat2,
	SYS_linkat, SYS_symlinkat, SYS_unlinkat, SYS_mkdirat, SYS_fchmod,
	SYS_fchmodat, SYS_fchown, SYS_fchownat, SYS_utimensat,
#ifdef SYS_renameat
	SYS_renameat,
#endif
#ifdef SYS_rename
	SYS_rename, SYS_link, SYS_symlink, SYS_unlink, SYS_rmdir, SYS_mkdir,
	SYS_chmod, SYS_chown, SYS_creat,
#endif
};

struct hunt {
	unsigned long wanted;	/* 0: kill nobody */
	unsigned long seen;
	pid_t *pids;		/* threads and processes that live */
	size_t count;
	pid_t first;
	int status;		/* of the first */
	bool killed;
};

static bool makes_file(unsigned long long flags)
{
	return flags & (O_CREAT | O_TRUNC);
}

static bool writes(const struct __ptrace_syscall_info *info)
{
	long call = (long)info->entry.nr;

	if (call == SYS_openat)
		return makes_file(info->entry.args[2]);
#ifdef SYS_open
	if (call == SYS_open)
		return makes_file(info->entry.args[1]);
#endif
	for (size_t i = 0; i < sizeof(writers) / sizeof(*writers); i++)
		if (writers[i] == call)
			return true;
	return false;
}

static void add_pid(struct hunt *h, pid_t pid)
{
	for (size_t i = 0; i < h->count; i++)
		if (h->pids[i] == pid)
			return;
	h->pids = realloc(h->pids, (h->count + 1) * sizeof(*h->pids));
	if (!h->pids)
		abort();
	h->pids[h->count++] = pid;
}

static void remove_pid(struct hunt *h, pid_t pid)
{
	for (size_t i = 0; i < h->count; i++)
		if (h->pids[i] == pid) {
			h->pids[i] = h->pids[--h->count];
			return;
		}
}

static void kill_all(struct hunt *h)
{
	h->killed = true;
	for (size_t i = 0; i < h->count; i++)
		kill(h->pids[i], SIGKILL);
}

static void look_at_call(struct hunt *h, pid_t pid)
{
	struct __ptrace_syscall_info info;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, (void *)sizeof(info),
		   &info) <= 0 ||
	    info.op != PTRACE_SYSCALL_INFO_ENTRY || !writes(&info))
		return;
	/* one that is killed where it enters a call does not make it */
	if (++h->seen == h->wanted)
		kill_all(h);
}

/* What to do about a process that stopped: the signal to give it, if any. */
static int look_at_stop(struct hunt *h, pid_t pid, int status)
{
	int sig = WSTOPSIG(status);

	add_pid(h, pid);
	if (sig == (SIGTRAP | 0x80)) {
		if (!h->killed)
			look_at_call(h, pid);
		return 0;
	}
	/* new ones begin with SIGSTOP; forks and execs are SIGTRAP */
	return sig == SIGSTOP || sig == SIGTRAP ? 0 : sig;
}

static void follow(struct hunt *h)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR) {
		int sig;

		if (pid < 0)
			continue;
		if (!WIFSTOPPED(status)) {
			remove_pid(h, pid);
			if (pid == h->first)
				h->status = status;
			continue;
		}
		sig = look_at_stop(h, pid, status);
		ptrace(PTRACE_SYSCALL, pid, NULL, (void *)(long)sig);
	}
}

static pid_t start(char **command)
{
	pid_t pid = fork();
	int status;

	if (!pid) {
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		raise(SIGSTOP);
		execvp(*command, command);
		fprintf(stderr, "killer: cannot run '%s': %s\n", *command,
			strerror(errno));
		_exit(COULD_NOT);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0 || !WIFSTOPPED(status) ||
	    ptrace(PTRACE_SETOPTIONS, pid, NULL, (void *)OPTIONS) < 0) {
		fprintf(stderr, "killer: cannot trace '%s': %s\n", *command,
			strerror(errno));
		if (pid > 0)
			kill(pid, SIGKILL);
		return -1;
	}
	ptrace(PTRACE_SYSCALL, pid, NULL, NULL);
	return pid;
}

static int usage(void)
{
	fputs("usage: killer [-n <number>] [-o <file>] <command> ...\n",
	      stderr);
	return 129;
}

int main(int argc, char **argv)
{
	struct hunt hunt = { .wanted = 0 };
	const char *counted = NULL;
	FILE *out;
	int c;

	while ((c = getopt(argc, argv, "+n:o:")) != -1) {
		if (c == 'n')
			hunt.wanted = strtoul(optarg, NULL, 10);
		else if (c == 'o')
			counted = optarg;
		else
			return usage();
	}
	if (optind == argc)
		return usage();
	if ((hunt.first = start(argv + optind)) < 0)
		return COULD_NOT;
	add_pid(&hunt, hunt.first);
	follow(&hunt);
	free(hunt.pids);
	out = counted ? fopen(counted, "w") : NULL;
	if (counted && (!out || fprintf(out, "%lu\n", hunt.seen) < 0 ||
			fclose(out)))
		return COULD_NOT;
	return WIFEXITED(hunt.status) ? WEXITSTATUS(hunt.status)
				      : 128 + WTERMSIG(hunt.status);
}
