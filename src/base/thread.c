/* SPDX-License-Identifier: MIT */
#include "base/thread.h"

#include <signal.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"

#define STACK_SIZE 32768 /* of signal handlers: the other one may be what overflowed */

struct start {
	void *(*run)(void *argument);
	void *argument;
};

/* Signals that a thread raises itself; only it can take them. */
static const int own[] = {SIGPIPE, SIGXFSZ, SIGSEGV, SIGBUS, SIGFPE,
			  SIGILL,  SIGABRT, SIGSYS,  SIGTRAP};

static void *begin(void *data)
{
	struct start start = *(struct start *)data;
	/* At the far end of this thread's stack, so it is still good when that has overflowed. */
	char bytes[STACK_SIZE];
	stack_t stack = {.ss_sp = bytes, .ss_size = sizeof(bytes)}, none = {.ss_flags = SS_DISABLE};
	void *result;

	free(data);
	sigaltstack(&stack, NULL);
	result = start.run(start.argument);
	sigaltstack(&none, NULL);
	return result;
}

int thread_start(pthread_t *thread, void *(*run)(void *argument), void *argument)
{
	struct start *start = alloc(sizeof(*start));
	sigset_t blocked, old;
	int failure;

	*start = (struct start){run, argument};
	sigfillset(&blocked);
	for (size_t i = 0; i < COUNT(own); i++)
		sigdelset(&blocked, own[i]);
	/* A thread inherits the mask; to block them in the thread itself would leave a gap. */
	pthread_sigmask(SIG_SETMASK, &blocked, &old);
	failure = pthread_create(thread, NULL, begin, start);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (failure)
		free(start);
	return failure;
}
