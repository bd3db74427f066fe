/* SPDX-License-Identifier: MIT */
/*
 * One generation of a trace of version 2: the batches of its threads as they
 * stand in the file, and its tables of strings, stacks and CPU samples. Nothing
 * can be told of a generation before all of it is here, and nothing of one is
 * needed for the next, so one is held at a time.
 */
#ifndef FORMAT_TRACE_GENERATION_H
#define FORMAT_TRACE_GENERATION_H

#include "base/text.h"
#include "format/format.h"
#include "format/trace/feed.h"
#include "format/trace/wire.h"

/* The bytes of the input, counted. */
struct trace_bytes {
	struct input *input;
	const unsigned char *at, *end;
	uint64_t offset; /* of `end` in the unpacked file */
	bool failed;     /* the input gave up: see error */
	struct error error;
};

/* The place of the next byte. */
static inline uint64_t trace_bytes_place(const struct trace_bytes *bytes)
{
	return bytes->offset - (uint64_t)(bytes->end - bytes->at);
}

/* True if there is a next byte, which is then at bytes->at. */
bool trace_bytes_more(struct trace_bytes *bytes);

/* A piece of generation.bytes with the events of a thread. */
struct batch {
	uint64_t time;
	size_t at;
	uint32_t length, thread;
};

struct local_string {
	size_t at;
	uint32_t length;
	string_id text; /* NONE: not asked for so far */
};

struct local_stack {
	size_t at;
	uint32_t length;
	uint32_t stack; /* NONE: not asked for so far */
};

struct cpu_sample {
	uint64_t time, thread, proc, goroutine, stack;
};

/* The clock of the trace and the one on the wall at the same moment. */
struct clock_snapshot {
	uint64_t trace, monotonic, seconds, nanoseconds;
};

struct batch_header {
	uint64_t generation, thread, time, size;
	uint64_t place; /* in the file */
	bool experimental;
};

struct generation {
	int version; /* 22 for "go 1.22" */
	uint64_t number;
	unsigned char *bytes;
	size_t length, capacity;
	struct batch *batches;
	size_t batch_count, batch_capacity;
	struct pair_map threads; /* both halves of an id: in order of first batch */
	bool has_batches, has_strings, has_clock;
	bool cut; /* amid a batch */
	uint64_t least_time;
	uint64_t frequency; /* units a second; 0: not seen */
	struct clock_snapshot clock;
	struct pair_map string_ids, stack_ids;
	struct local_string *strings;
	struct local_stack *stacks;
	struct cpu_sample *samples;
	size_t string_count, stack_count, sample_count;
	size_t string_capacity, stack_capacity, sample_capacity;
	uint64_t first_byte, lost_bytes; /* in the file; of batches that do not decode */
	/* The batch that belongs to the next generation. */
	struct batch_header pending;
	bool has_pending;
	struct text broken; /* why the file cannot be read further; empty: it can */
};

enum generation_state {
	GENERATION_NONE, /* the end of the file */
	GENERATION_WHOLE,
	GENERATION_PARTIAL, /* the file ends or breaks within: `broken` says where */
};

/* Reads the next generation in place of the present one. */
enum generation_state generation_read(struct generation *generation, struct trace_bytes *bytes);
void generation_clear(struct generation *generation);

/*
 * Adds a string or a stack of at most GENERATION_FRAME_LIMIT frames that stands
 * at a place of generation.bytes; the first of an id holds.
 */
#define GENERATION_FRAME_LIMIT 1000
void generation_add_string(struct generation *generation, uint64_t id, size_t at, uint32_t length);
void generation_add_stack(struct generation *generation, uint64_t id, size_t at, uint32_t length);

/* Reads what is left of the file into generation.bytes. */
void generation_read_all(struct generation *generation, struct trace_bytes *bytes);

/*
 * The string or stack of the trace that an id of this generation means; those
 * that are not there are counted, and are "?" and no stack.
 */
string_id generation_string(struct generation *generation, struct feed *feed, uint64_t id);
uint32_t generation_stack(struct generation *generation, struct feed *feed, uint64_t id);

#endif
