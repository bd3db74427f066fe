/* SPDX-License-Identifier: MIT */
/*
 * Numbers and names of version 2 of the format, as Go 1.22 and later write it
 * (internal/trace/tracev2 of Go 1.26 lists them).
 */
#ifndef FORMAT_TRACE_WIRE_H
#define FORMAT_TRACE_WIRE_H

#include <stdbool.h>
#include <stdint.h>

enum wire_type {
	WIRE_BATCH = 1,
	WIRE_STACKS = 2,
	WIRE_STACK = 3,
	WIRE_STRINGS = 4,
	WIRE_STRING = 5,
	WIRE_SAMPLES = 6,
	WIRE_SAMPLE = 7,
	WIRE_FREQUENCY = 8,
	WIRE_PROCS_CHANGE = 9,
	WIRE_PROC_START = 10,
	WIRE_PROC_STOP = 11,
	WIRE_PROC_STEAL = 12,
	WIRE_PROC_STATUS = 13,
	WIRE_GO_CREATE = 14,
	WIRE_GO_CREATE_SYSCALL = 15,
	WIRE_GO_START = 16,
	WIRE_GO_DESTROY = 17,
	WIRE_GO_DESTROY_SYSCALL = 18,
	WIRE_GO_STOP = 19,
	WIRE_GO_BLOCK = 20,
	WIRE_GO_UNBLOCK = 21,
	WIRE_GO_SYSCALL_BEGIN = 22,
	WIRE_GO_SYSCALL_END = 23,
	WIRE_GO_SYSCALL_END_BLOCKED = 24,
	WIRE_GO_STATUS = 25,
	WIRE_STW_BEGIN = 26,
	WIRE_STW_END = 27,
	WIRE_GC_ACTIVE = 28,
	WIRE_GC_BEGIN = 29,
	WIRE_GC_END = 30,
	WIRE_SWEEP_ACTIVE = 31,
	WIRE_SWEEP_BEGIN = 32,
	WIRE_SWEEP_END = 33,
	WIRE_ASSIST_ACTIVE = 34,
	WIRE_ASSIST_BEGIN = 35,
	WIRE_ASSIST_END = 36,
	WIRE_HEAP_ALLOC = 37,
	WIRE_HEAP_GOAL = 38,
	WIRE_GO_LABEL = 39,
	WIRE_TASK_BEGIN = 40,
	WIRE_TASK_END = 41,
	WIRE_REGION_BEGIN = 42,
	WIRE_REGION_END = 43,
	WIRE_LOG = 44,
	WIRE_GO_SWITCH = 45,
	WIRE_GO_SWITCH_DESTROY = 46,
	WIRE_GO_CREATE_BLOCKED = 47,
	WIRE_GO_STATUS_STACK = 48,
	WIRE_EXPERIMENTAL_BATCH = 49,
	WIRE_SYNC = 50,
	WIRE_CLOCK_SNAPSHOT = 51,
	WIRE_END_OF_GENERATION = 52,
};

#define WIRE_NUMBER_SIZE 10
#define WIRE_BATCH_LIMIT 65536
#define WIRE_FRAME_LIMIT 128
#define WIRE_STRING_LIMIT 1024
#define WIRE_NO_ID UINT64_MAX /* no M, no P */

/* One more than the arguments of an event behind its time, by type; 0: not an event of a thread. */
extern const unsigned char wire_arguments[256];

/*
 * Takes an unsigned number of base 128, which need not be minimal, from the
 * front of [*at, end). False if it is cut or longer than ten bytes.
 */
static inline bool wire_number(const unsigned char **at, const unsigned char *end, uint64_t *value)
{
	const unsigned char *p = *at;
	uint64_t number = 0;

	if (p < end && *p < 0x80) {
		*value = *p;
		*at = p + 1;
		return true;
	}
	for (unsigned shift = 0; p < end && shift < 7 * WIRE_NUMBER_SIZE; shift += 7) {
		unsigned char byte = *p++;

		number |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80) {
			*value = number;
			*at = p;
			return true;
		}
	}
	return false;
}

#endif
