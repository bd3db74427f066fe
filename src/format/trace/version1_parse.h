/* SPDX-License-Identifier: MIT */
/*
 * The file of a trace of version 1 taken apart, and its events passed on once
 * they are in order. Of format/trace/version1.c alone.
 */
#ifndef FORMAT_TRACE_VERSION1_PARSE_H
#define FORMAT_TRACE_VERSION1_PARSE_H

#include "base/text.h"
#include "format/trace/generation.h"

enum version1_type {
	V1_BATCH = 1,
	V1_FREQUENCY = 2,
	V1_STACK = 3,
	V1_GOMAXPROCS = 4,
	V1_PROC_START = 5,
	V1_PROC_STOP = 6,
	V1_GC_START = 7,
	V1_GC_DONE = 8,
	V1_STW_START = 9,
	V1_STW_DONE = 10,
	V1_SWEEP_START = 11,
	V1_SWEEP_DONE = 12,
	V1_GO_CREATE = 13,
	V1_GO_START = 14,
	V1_GO_END = 15,
	V1_GO_STOP = 16,
	V1_GO_SCHED = 17,
	V1_GO_PREEMPT = 18,
	V1_GO_SLEEP = 19,
	V1_GO_BLOCK = 20,
	V1_GO_UNBLOCK = 21,
	V1_GO_BLOCK_SEND = 22,
	V1_GO_BLOCK_RECV = 23,
	V1_GO_BLOCK_SELECT = 24,
	V1_GO_BLOCK_SYNC = 25,
	V1_GO_BLOCK_COND = 26,
	V1_GO_BLOCK_NET = 27,
	V1_GO_SYS_CALL = 28,
	V1_GO_SYS_EXIT = 29,
	V1_GO_SYS_BLOCK = 30,
	V1_GO_WAITING = 31,
	V1_GO_IN_SYSCALL = 32,
	V1_HEAP_ALLOC = 33,
	V1_HEAP_GOAL = 34,
	V1_TIMER_GOROUTINE = 35,
	V1_FUTILE_WAKEUP = 36,
	V1_STRING = 37,
	V1_GO_START_LOCAL = 38,
	V1_GO_UNBLOCK_LOCAL = 39,
	V1_GO_SYS_EXIT_LOCAL = 40,
	V1_GO_START_LABEL = 41,
	V1_GO_BLOCK_GC = 42,
	V1_ASSIST_START = 43,
	V1_ASSIST_DONE = 44,
	V1_TASK_CREATE = 45,
	V1_TASK_END = 46,
	V1_REGION = 47,
	V1_LOG = 48,
	V1_SAMPLE = 49,
	V1_TYPE_COUNT,
};

/* Behind the ticks; the stack, if there is one, last. */
#define VERSION1_ARGUMENTS 5

struct version1_event {
	uint64_t ticks;
	uint32_t at;        /* of the arguments, in tables.bytes */
	uint32_t stream;    /* of a P, or the one of the samples */
	uint32_t goroutine; /* the one that runs; NONE */
	uint32_t subject;   /* the one that changes; NONE */
	uint8_t type;
	bool blocks; /* a system call that loses its P */
};

/* An event in order. */
struct version1_place {
	uint64_t ticks;
	uint32_t position, event;
};

struct version1 {
	struct feed *feed;
	int version;
	struct generation tables; /* the bytes of the file, its strings and stacks */
	uint64_t frequency;       /* 0: not seen */
	struct version1_event *events;
	size_t event_count, event_capacity;
	struct pair_map stream_ids; /* of Ps, and VERSION1_SAMPLES */
	uint32_t *last;             /* by stream: the goroutine that runs there */
	size_t last_count, last_capacity;
	struct version1_place *order;
};

#define VERSION1_SAMPLES (UINT64_MAX - 1)

/* The arguments of an event behind its ticks. */
void version1_arguments(const struct version1 *trace, const struct version1_event *event,
			uint64_t arguments[VERSION1_ARGUMENTS]);

/* Takes the file apart; `broken` says where it cannot be read further. */
void version1_parse(struct version1 *trace, struct text *broken);

/* Feeds the events in their order. */
void version1_emit(struct version1 *trace);

void version1_clear(struct version1 *trace);

#endif
