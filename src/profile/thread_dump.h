/* SPDX-License-Identifier: MIT */
/*
 * A dump of threads (jstack, py-spy dump) as a profile: each thread is a
 * sample of the value 1, with labels for what it does.
 */
#ifndef PROFILE_THREAD_DUMP_H
#define PROFILE_THREAD_DUMP_H

#define THREAD_TYPE "threads"

#define THREAD_LABEL_NAME "thread"
#define THREAD_LABEL_STATE "state"
#define THREAD_LABEL_WAITS_FOR "waits_for" /* a lock */
#define THREAD_LABEL_HOLDS "holds"         /* a lock; a thread may have several */

/* Comments of the profile that begin so tell who waits for whom in a deadlock. */
#define THREAD_DEADLOCK "deadlock: "

#endif
