/* SPDX-License-Identifier: MIT */
/*
 * killed N COMMAND...: run the command, and kill it by SIGKILL just before the
 * N-th system call (from 1) by which it would write to the disk: what a power
 * cut or an impatient person does to it. Ends with 137 if it came to that, else
 * as the command did. Linux only; threads are counted together, and processes
 * that it starts are let be.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KILLED = 128 + SIGKILL, CANNOT = 125 };

static const unsigned long long writers[] = {
	SYS_write, SYS_pwrite64, SYS_writev, SYS_ftruncate, SYS_truncate,
	SYS_fsync, SYS_fdatasync, SYS_fchmod, SYS_fchmodat, SYS_mkdirat,
	SYS_unlinkat, SYS_linkat, SYS_symlinkat, SYS_renameat2, SYS_utimensat,
	SYS_copy_file_range, SYS_sendfile,
#ifdef SYS_renameat
	SYS_renameat,
#endif
#ifdef SYS_open /* machines whose calls are old */
	SYS_creat, SYS_mkdir, SYS_rmdir, SYS_unlink, SYS_link, SYS_symlink,
	SYS_rename, SYS_chmod,
#endif
};

static bool opens_to_write(const struct __ptrace_syscall_info *call)
{
	unsigned long long flags = 0;

	if (call->entry.nr == SYS_openat)
		flags = call->entry.args[2];
#ifdef SYS_open
	else if (call->entry.nr == SYS_open)
		flags = call->entry.args[1];
#endif
	return flags & (O_CREAT | O_TRUNC);
}

/* Is the thread about to write? To stdout and stderr does not count. */
static bool writes(pid_t thread)
{
	struct __ptrace_syscall_info call;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof(call), &call) <= 0 ||
	    call.op != PTRACE_SYSCALL_INFO_ENTRY)
		return false;
	if (opens_to_write(&call))
		return true;
	for (size_t i = 0; i < sizeof(writers) / sizeof(*writers); i++)
		if (call.entry.nr == writers[i])
			return !(i < 3 && call.entry.args[0] <= 2);
	return false;
}

static int cannot(const char *what)
{
	perror(what);
	return CANNOT;
}

/* Let it run from call to call; returns how it ended. */
static int watch(pid_t command, unsigned long n)
{
	int state, signal;
	pid_t thread;

	while ((thread = waitpid(-1, &state, __WALL)) > 0) {
		if (!WIFSTOPPED(state)) {
			if (thread == command)
				return WIFEXITED(state)
				       ? WEXITSTATUS(state)
				       : 128 + WTERMSIG(state);
			continue;
		}
		signal = WSTOPSIG(state);
		if (signal == (SIGTRAP | 0x80)) {
			if (writes(thread) && !--n)
				kill(command, SIGKILL);
			signal = 0;
		} else if (signal == SIGTRAP || signal == SIGSTOP) {
			signal = 0; /* a thread or a program starts */
		}
		ptrace(PTRACE_SYSCALL, thread, 0, signal);
	}
	return cannot("waitpid");
}

int main(int argc, char **argv)
{
	unsigned long n = argc > 2 ? strtoul(argv[1], NULL, 10) : 0;
	pid_t command;
	int state;

	if (!n) {
		fputs("usage: killed <n> <command> ...\n", stderr);
		return CANNOT;
	}
	command = fork();
	if (command < 0)
		return cannot("fork");
	if (!command) {
		if (ptrace(PTRACE_TRACEME, 0, 0, 0) < 0)
			_exit(cannot("ptrace"));
		execvp(argv[2], argv + 2);
		_exit(cannot(argv[2]));
	}
	if (waitpid(command, &state, 0) < 0)
		return cannot("waitpid");
	if (WIFEXITED(state))
		return WEXITSTATUS(state);
	if (ptrace(PTRACE_SETOPTIONS, command, 0,
		   PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE |
		   PTRACE_O_EXITKILL) < 0 ||
	    ptrace(PTRACE_SYSCALL, command, 0, 0) < 0)
		return cannot("ptrace");
	return watch(command, n);
}
