/* SPDX-License-Identifier: MIT */
#include "format/trace/generation.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

bool trace_bytes_more(struct trace_bytes *bytes)
{
	const char *next;
	size_t length;

	if (bytes->at < bytes->end)
		return true;
	if (bytes->failed)
		return false;
	if (!input_next(bytes->input, &next, &length, &bytes->error)) {
		bytes->failed = true;
		return false;
	}
	bytes->at = (const unsigned char *)next;
	bytes->end = bytes->at + length;
	bytes->offset += length;
	return length > 0;
}

enum taken { TAKEN, TAKEN_CUT, TAKEN_TOO_LONG };

static enum taken take_number(struct trace_bytes *bytes, uint64_t *value)
{
	*value = 0;
	for (unsigned shift = 0; shift < 7 * WIRE_NUMBER_SIZE; shift += 7) {
		unsigned char byte;

		if (!trace_bytes_more(bytes))
			return TAKEN_CUT;
		byte = *bytes->at++;
		*value |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80)
			return TAKEN;
	}
	return TAKEN_TOO_LONG;
}

/* Appends `size` bytes of the file to those of the generation; false if there are fewer. */
static bool copy_bytes(struct generation *generation, struct trace_bytes *bytes, size_t size)
{
	while (size && trace_bytes_more(bytes)) {
		size_t left = (size_t)(bytes->end - bytes->at);
		size_t step = left < size ? left : size;

		array_reserve(generation->bytes, generation->capacity, generation->length + step);
		memcpy(generation->bytes + generation->length, bytes->at, step);
		generation->length += step;
		bytes->at += step;
		size -= step;
	}
	return size == 0;
}

void generation_read_all(struct generation *generation, struct trace_bytes *bytes)
{
	while (copy_bytes(generation, bytes, 1 << 20))
		;
}

static void set_broken(struct generation *generation, uint64_t place, const char *what)
{
	text_printf(&generation->broken, "%s at byte %" PRIu64, what, place);
}

static bool take_header(struct generation *generation, struct trace_bytes *bytes, bool experimental)
{
	struct batch_header *header = &generation->pending;
	uint64_t *fields[] = {&header->generation, &header->thread, &header->time, &header->size};
	uint64_t place = trace_bytes_place(bytes);

	*header = (struct batch_header){.experimental = experimental, .place = place};
	if (experimental) {
		if (!trace_bytes_more(bytes)) {
			set_broken(generation, place, "the file ends in the head of a batch");
			return false;
		}
		bytes->at++;
	}
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		enum taken taken = take_number(bytes, fields[i]);

		if (taken == TAKEN)
			continue;
		generation->cut = true;
		set_broken(generation, place,
			   taken == TAKEN_CUT ? "the file ends in the head of a batch"
					      : "a number of more than ten bytes stands");
		return false;
	}
	if (header->size > WIRE_BATCH_LIMIT) {
		set_broken(generation, place, "a batch of more than 65536 bytes begins");
		generation->cut = true;
		return false;
	}
	generation->has_pending = true;
	return true;
}

void generation_add_string(struct generation *generation, uint64_t id, size_t at, uint32_t length)
{
	if (feed_number(&generation->string_ids, id) == generation->string_count)
		array_push(generation->strings, generation->string_count,
			   generation->string_capacity, ((struct local_string){at, length, NONE}));
}

void generation_add_stack(struct generation *generation, uint64_t id, size_t at, uint32_t length)
{
	if (feed_number(&generation->stack_ids, id) == generation->stack_count)
		array_push(generation->stacks, generation->stack_count, generation->stack_capacity,
			   ((struct local_stack){at, length, NONE}));
}

/* The tables: each takes the entries of a batch until one does not decode. */

static bool take_strings(struct generation *generation, const unsigned char *at,
			 const unsigned char *end)
{
	while (at < end) {
		uint64_t id, length;

		if (*at++ != WIRE_STRING || !wire_number(&at, end, &id) ||
		    !wire_number(&at, end, &length) || length > WIRE_STRING_LIMIT ||
		    length > (uint64_t)(end - at))
			return false;
		generation_add_string(generation, id, (size_t)(at - generation->bytes),
				      (uint32_t)length);
		at += length;
	}
	generation->has_strings = true;
	return true;
}

static bool take_stacks(struct generation *generation, const unsigned char *at,
			const unsigned char *end)
{
	while (at < end) {
		uint64_t id, length, field;
		size_t start;

		if (*at++ != WIRE_STACK || !wire_number(&at, end, &id) ||
		    !wire_number(&at, end, &length) || length > WIRE_FRAME_LIMIT)
			return false;
		start = (size_t)(at - generation->bytes);
		for (uint64_t i = 0; i < 4 * length; i++)
			if (!wire_number(&at, end, &field))
				return false;
		generation_add_stack(generation, id, start, (uint32_t)length);
	}
	return true;
}

static bool take_samples(struct generation *generation, const unsigned char *at,
			 const unsigned char *end)
{
	while (at < end) {
		struct cpu_sample s;

		if (*at++ != WIRE_SAMPLE || !wire_number(&at, end, &s.time) ||
		    !wire_number(&at, end, &s.thread) || !wire_number(&at, end, &s.proc) ||
		    !wire_number(&at, end, &s.goroutine) || !wire_number(&at, end, &s.stack))
			return false;
		array_push(generation->samples, generation->sample_count,
			   generation->sample_capacity, s);
	}
	return true;
}

static bool take_clock(struct generation *generation, const unsigned char *at,
		       const unsigned char *end)
{
	struct clock_snapshot *clock = &generation->clock;
	uint64_t delta;

	while (at < end) {
		if (*at == WIRE_FREQUENCY) {
			at++;
			if (!wire_number(&at, end, &generation->frequency))
				return false;
			continue;
		}
		if (*at++ != WIRE_CLOCK_SNAPSHOT || !wire_number(&at, end, &delta) ||
		    !wire_number(&at, end, &clock->monotonic) ||
		    !wire_number(&at, end, &clock->seconds) ||
		    !wire_number(&at, end, &clock->nanoseconds))
			return false;
		clock->trace = generation->pending.time + delta;
		generation->has_clock = true;
	}
	return true;
}

/* Puts the data of a batch, the last `size` bytes, where they belong. */
static void take_data(struct generation *generation, size_t size)
{
	const unsigned char *at = generation->bytes + generation->length - size, *end = at + size;
	const struct batch_header *header = &generation->pending;
	unsigned char kind = size && !header->experimental ? *at : 0;
	bool good = true, keep = false;

	if (kind == WIRE_STRINGS) {
		keep = good = take_strings(generation, at + 1, end);
	} else if (kind == WIRE_STACKS) {
		keep = good = take_stacks(generation, at + 1, end);
	} else if (kind == WIRE_SAMPLES) {
		good = take_samples(generation, at + 1, end);
	} else if (kind == WIRE_FREQUENCY || kind == WIRE_SYNC) {
		good = take_clock(generation, at + (kind == WIRE_SYNC), end);
	} else if (!header->experimental) {
		keep = true;
		array_push(generation->batches, generation->batch_count, generation->batch_capacity,
			   ((struct batch){header->time, generation->length - size, (uint32_t)size,
					   feed_number(&generation->threads, header->thread)}));
	}
	if (!good)
		generation->lost_bytes += size;
	/* What was read of a broken table is in use. */
	if (!keep && good)
		generation->length -= size;
}

static void begin(struct generation *generation, struct trace_bytes *bytes)
{
	generation->number = 0;
	generation->length = generation->batch_count = 0;
	generation->string_count = generation->stack_count = generation->sample_count = 0;
	generation->has_batches = generation->has_strings = generation->has_clock = false;
	generation->frequency = 0;
	generation->lost_bytes = 0;
	generation->first_byte =
		generation->has_pending ? generation->pending.place : trace_bytes_place(bytes);
	pair_map_clear(&generation->threads);
	pair_map_clear(&generation->string_ids);
	pair_map_clear(&generation->stack_ids);
}

/* The batch whose head has been read; false at the end of what can be read. */
static bool take_batch(struct generation *generation, struct trace_bytes *bytes)
{
	const struct batch_header *header = &generation->pending;
	size_t before = generation->length;

	generation->number = header->generation;
	if (!generation->has_batches || header->time < generation->least_time)
		generation->least_time = header->time;
	generation->has_batches = true;
	generation->has_pending = false;
	if (copy_bytes(generation, bytes, header->size)) {
		take_data(generation, header->size);
		return true;
	}
	/* What there is of a cut batch can be read, too. */
	take_data(generation, generation->length - before);
	generation->cut = true;
	set_broken(generation, header->place, "the file ends in the batch that begins");
	return false;
}

/* The next head of a batch; false at the end of the generation or of the file, or where it breaks. */
static bool next_batch(struct generation *generation, struct trace_bytes *bytes, bool *ended)
{
	unsigned char type;

	*ended = false;
	if (generation->has_pending)
		return true;
	do {
		if (!trace_bytes_more(bytes))
			return false;
		type = *bytes->at;
		*ended = type == WIRE_END_OF_GENERATION && generation->version >= 26;
		bytes->at += *ended;
	} while (*ended && !generation->has_batches);
	if (*ended)
		return false;
	if (type == 'g') {
		set_broken(generation, trace_bytes_place(bytes), "another trace seems to begin");
		return false;
	}
	if (type != WIRE_BATCH && type != WIRE_EXPERIMENTAL_BATCH) {
		set_broken(generation, trace_bytes_place(bytes),
			   "something else than a batch stands");
		return false;
	}
	bytes->at++;
	return take_header(generation, bytes, type == WIRE_EXPERIMENTAL_BATCH);
}

/* Is it all here? Before Go 1.26 nothing says where the last one ends, but the strings come last. */
static enum generation_state judge(struct generation *generation)
{
	if (generation->version < 26 && generation->has_strings && !generation->cut)
		return GENERATION_WHOLE;
	if (generation->broken.length)
		return GENERATION_PARTIAL;
	text_add_string(&generation->broken, "the file ends amid a generation");
	return GENERATION_PARTIAL;
}

enum generation_state generation_read(struct generation *generation, struct trace_bytes *bytes)
{
	bool ended;

	if (generation->broken.length)
		return GENERATION_NONE;
	begin(generation, bytes);
	while (next_batch(generation, bytes, &ended)) {
		if (generation->has_batches && generation->pending.generation != generation->number)
			return GENERATION_WHOLE;
		if (!take_batch(generation, bytes))
			break;
	}
	if (ended)
		return GENERATION_WHOLE;
	if (!generation->has_batches)
		return GENERATION_NONE;
	return judge(generation);
}

void generation_clear(struct generation *generation)
{
	free(generation->bytes);
	free(generation->batches);
	free(generation->strings);
	free(generation->stacks);
	free(generation->samples);
	pair_map_clear(&generation->threads);
	pair_map_clear(&generation->string_ids);
	pair_map_clear(&generation->stack_ids);
	text_clear(&generation->broken);
	*generation = (struct generation){0};
}

/*
 * The strings that the runtime numbers first in each generation, in the order
 * of internal/trace/tracev2: what a generation that lost its strings still says.
 */
static const char *known_string(const struct generation *generation, uint64_t id)
{
	static const char *const first[] = {
		"",
		"Not worker",
		"GC (dedicated)",
		"GC (fractional)",
		"GC (idle)",
		"unspecified",
		"forever",
		"network",
		"select",
		"sync.(*Cond).Wait",
		"sync",
		"chan send",
		"chan receive",
		"GC mark assist wait for work",
		"GC background sweeper wait",
		"system goroutine wait",
		"preempted",
		"wait for debug call",
		"wait until GC ends",
		"sleep",
	};
	static const char *const rest[] = {"GC weak to strong wait", "synctest", "runtime.Gosched"};
	const size_t count = sizeof(first) / sizeof(first[0]);
	uint64_t at;

	if (generation->has_strings)
		return NULL;
	if (id < count)
		return first[id];
	/* Go 1.23 and 1.24 have one header; the latter has all three. */
	at = id - count + (generation->version < 23 ? 2 : 0);
	return at < sizeof(rest) / sizeof(rest[0]) ? rest[at] : NULL;
}

string_id generation_string(struct generation *generation, struct feed *feed, uint64_t id)
{
	uint32_t number;
	struct local_string *string;
	const char *known;

	if (!id)
		return 0;
	number = pair_map_find(&generation->string_ids, (uint32_t)(id >> 32), (uint32_t)id);
	if (number == NONE) {
		known = known_string(generation, id);
		feed->lost_strings += !known;
		return strings_add_text(feed->strings, known ? known : "?");
	}
	string = &generation->strings[number];
	if (string->text == NONE)
		string->text =
			strings_add(feed->strings, (const char *)generation->bytes + string->at,
				    string->length);
	return string->text;
}

static uint32_t read_stack(struct generation *generation, struct feed *feed,
			   const struct local_stack *stack)
{
	const unsigned char *at = generation->bytes + stack->at,
			    *end = generation->bytes + generation->length;
	uint32_t places[GENERATION_FRAME_LIMIT];

	for (uint32_t i = 0; i < stack->length; i++) {
		uint64_t pc = 0, function = 0, file = 0, line = 0;

		if (!wire_number(&at, end, &pc) || !wire_number(&at, end, &function) ||
		    !wire_number(&at, end, &file) || !wire_number(&at, end, &line))
			return 0;
		places[i] = call_stacks_place(
			feed->stacks,
			&(struct trace_place){pc, generation_string(generation, feed, function),
					      generation_string(generation, feed, file),
					      (uint32_t)line});
	}
	return call_stacks_add(feed->stacks, places, stack->length);
}

uint32_t generation_stack(struct generation *generation, struct feed *feed, uint64_t id)
{
	uint32_t number;
	struct local_stack *stack;

	if (!id)
		return 0;
	number = pair_map_find(&generation->stack_ids, (uint32_t)(id >> 32), (uint32_t)id);
	if (number == NONE) {
		feed->lost_stacks++;
		return 0;
	}
	stack = &generation->stacks[number];
	if (stack->stack == NONE)
		stack->stack = read_stack(generation, feed, stack);
	return stack->stack;
}
