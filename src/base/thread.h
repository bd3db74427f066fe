/* SPDX-License-Identifier: MIT */
/* Threads that leave signals to the main thread, which owns the terminal. */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>

/*
 * Starts `run`. All signals are blocked in the new thread except SIGPIPE and
 * SIGXFSZ, which a write of the thread itself raises. Returns 0 or an error
 * number; then there is no thread.
 */
int thread_start(pthread_t *thread, void *(*run)(void *argument), void *argument);

#endif
