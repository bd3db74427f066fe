/* SPDX-License-Identifier: MIT */
#include "base/thread.h"

#include <signal.h>

int thread_start(pthread_t *thread, void *(*run)(void *argument), void *argument)
{
	sigset_t blocked, old;
	int failure;

	sigfillset(&blocked);
	sigdelset(&blocked, SIGPIPE);
	sigdelset(&blocked, SIGXFSZ);
	/* A thread inherits the mask; to block them in the thread itself would leave a gap. */
	pthread_sigmask(SIG_SETMASK, &blocked, &old);
	failure = pthread_create(thread, NULL, run, argument);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return failure;
}
