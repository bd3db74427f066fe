/* SPDX-License-Identifier: MIT */
/* Threads that leave signals to the main thread, which owns the terminal. */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>

/*
 * Starts `run`. All signals are blocked in the new thread except those that it
 * raises itself: SIGPIPE and SIGXFSZ by a write, SIGSEGV and the like by a
 * crash, for whose handlers it has a stack of its own (SA_ONSTACK). Returns 0
 * or an error number; then there is no thread.
 */
int thread_start(pthread_t *thread, void *(*run)(void *argument), void *argument);

#endif
