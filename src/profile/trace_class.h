/* SPDX-License-Identifier: MIT */
/* What goroutines do in an execution trace, and for what they wait. */
#ifndef PROFILE_TRACE_CLASS_H
#define PROFILE_TRACE_CLASS_H

/* The states of goroutines and of Ps (idle is waiting). As GoStatus has them on the wire. */
enum trace_status {
	TRACE_GONE, /* does not exist (yet, or any more) */
	TRACE_RUNNABLE,
	TRACE_RUNNING,
	TRACE_SYSCALL,
	TRACE_WAITING,
	TRACE_UNDETERMINED, /* first mention */
	TRACE_STATUS_COUNT,
};
#define TRACE_IDLE TRACE_WAITING

/* What a goroutine does, and for what it waits. */
enum trace_class {
	TRACE_CLASS_RUNNING,
	TRACE_CLASS_SCHED, /* runnable: it waits for a P */
	TRACE_CLASS_SYSCALL,
	TRACE_CLASS_NETWORK,
	TRACE_CLASS_SYNC,
	TRACE_CLASS_CHANNEL,
	TRACE_CLASS_SELECT,
	TRACE_CLASS_SLEEP,
	TRACE_CLASS_GC,
	TRACE_CLASS_OTHER,
	TRACE_CLASS_COUNT,
};

/* "running", "sched", "network", ... */
extern const char *const trace_class_names[TRACE_CLASS_COUNT];

enum trace_class trace_class_of(enum trace_status status, const char *reason);

#endif
