/* SPDX-License-Identifier: MIT */
#include "symbol/isolate.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"

enum { LOOK_EVERY = 50 }; /* ms, to see whether it is cancelled */

/* Exit status of a child for which memory was not enough: that of alloc_fail. */
enum { NO_MEMORY = 3 };

/* Registered last, so it runs before what the program does at its end (a terminal is given back). */
static void leave(void)
{
	_exit(NO_MEMORY);
}

#if defined(__SANITIZE_ADDRESS__)
/* The sanitizer's shadow is larger than any limit. */
static void limit_memory(uint64_t more)
{
	(void)more;
}
#else
static void limit_memory(uint64_t more)
{
	unsigned long long pages = 0;
	char line[64] = "";
	int descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	struct rlimit limit;

	if (descriptor < 0)
		return;
	if (read(descriptor, line, sizeof(line) - 1) > 0)
		pages = strtoull(line, NULL, 10);
	close(descriptor);
	if (getrlimit(RLIMIT_AS, &limit) != 0)
		return;
	more += pages * (unsigned long long)sysconf(_SC_PAGESIZE);
	if (limit.rlim_cur == RLIM_INFINITY || more < limit.rlim_cur)
		limit.rlim_cur = more;
	setrlimit(RLIMIT_AS, &limit);
}
#endif

static _Noreturn void run_child(const struct isolate_work *work,
				const struct isolate_limits *limits, int out)
{
	static const int defaults[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE,  SIGILL,
				       SIGTERM, SIGINT, SIGHUP,  SIGPIPE, SIGXCPU};
	const struct rlimit no_core = {0, 0};
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	sigset_t none;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (size_t i = 0; i < sizeof(defaults) / sizeof(defaults[0]); i++)
		signal(defaults[i], SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (int i = 0; null >= 0 && i < 3; i++)
		dup2(null, i);
	setrlimit(RLIMIT_CORE, &no_core);
	limit_memory(limits->memory);
	atexit(leave);
	work->run(work->context, out);
	_exit(0);
}

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

/* Takes what the child writes; false when it is to be ended, with an error if that is its fault. */
static bool follow(const struct isolate_work *work, int in, uint64_t deadline, unsigned seconds,
		   const struct progress *progress, struct error *error)
{
	enum { STEP = 1 << 16 };
	char *bytes = alloc(STEP);
	bool more = true, good = true;

	while (more) {
		struct pollfd polled = {in, POLLIN, 0};
		int ready = poll(&polled, 1, LOOK_EVERY);
		ssize_t count = ready > 0 ? read(in, bytes, STEP) : -1;

		if (progress && atomic_load(&progress->cancelled))
			good = error_set(error, "cancelled");
		else if (now() > deadline)
			good = error_set(error, "it took longer than %u s", seconds);
		else if (count > 0 && !work->take(work->context, bytes, (size_t)count))
			good = error_set(error, "what came of it makes no sense");
		more = good && count != 0;
	}
	free(bytes);
	return good;
}

static bool say_end(int status, uint64_t memory, struct error *error)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	if (WIFEXITED(status) && WEXITSTATUS(status) == NO_MEMORY)
		return error_set(error, "it needs more than %llu MB of memory",
				 (unsigned long long)(memory >> 20));
	return error_set(error, "it is broken in a way that crashes its reader (signal %d)",
			 WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}

bool isolate_run(const struct isolate_work *work, const struct isolate_limits *limits,
		 const struct progress *progress, struct error *error)
{
	uint64_t deadline = now() + (uint64_t)limits->seconds * 1000;
	int pair[2], status = 0;
	bool good;
	pid_t child;

	if (pipe2(pair, O_CLOEXEC) != 0)
		return error_set(error, "no pipe for its reader: %s", strerror(errno));
	child = fork();
	if (child == 0) {
		close(pair[0]);
		run_child(work, limits, pair[1]);
	}
	close(pair[1]);
	if (child < 0) {
		error_set(error, "no process for its reader: %s", strerror(errno));
		close(pair[0]);
		return false;
	}
	good = follow(work, pair[0], deadline, limits->seconds, progress, error);
	close(pair[0]);
	if (!good)
		kill(child, SIGKILL);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return good && say_end(status, limits->memory, error);
}
