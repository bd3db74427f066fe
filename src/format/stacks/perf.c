/* SPDX-License-Identifier: MIT */
/*
 * What `perf script` prints of a recording with call chains:
 *
 *     COMM  TID [CPU] SECONDS:  PERIOD EVENT:
 *             2f922 runtime.park_m+0x82 (/usr/bin/app)       (leaf first)
 *             63d21 runtime.goexit.abi0+0x1 (/usr/bin/app)
 *
 * The root of each stack is the command, as in stackcollapse-perf.pl. Each
 * event is a type of values, "samples" counts them all.
 */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "format/lines.h"
#include "format/list.h"
#include "format/stacks/perf_line.h"
#include "format/stack_list.h"
#include "format/symbols.h"

#define EVENT_LIMIT 32

/* What makes two frames one location. */
struct frame_key {
	uint64_t address;
	string_id name, object;
};

struct perf_sample {
	uint32_t event; /* NONE: the line names none */
	int64_t period;
	string_id process, thread; /* as text; 0: not there */
};

struct perf {
	struct builder *builder;
	struct lines lines;
	struct intern frames;  /* the number is that of the location */
	struct intern objects; /* the number is that of the mapping */
	struct symbols symbols;
	struct symbol_line *inlined; /* of one location */
	size_t inlined_capacity;
	string_id events[EVENT_LIMIT];
	uint32_t event_count;
	struct stack_list stacks;
	struct perf_sample *samples; /* by stack */
	size_t sample_count, sample_capacity;
	bool open;        /* frames belong to the last of the samples */
	uint32_t command; /* location of its root */
	int64_t first_time, last_time;
	uint64_t skipped, first_skipped;
};

static string_id add_string(struct perf *perf, struct span span)
{
	return builder_string(perf->builder, span.at, span_length(span));
}

/* The mapping of an object file; perf says where it is mapped to no one. */
static mapping_id mapping_of(struct perf *perf, string_id object)
{
	size_t known = perf->objects.count;
	mapping_id number = intern_add(&perf->objects, &object);
	struct mapping mapping = {.id = (uint64_t)number + 1,
				  .file = object,
				  .has_functions = true,
				  .has_inline_frames = true};

	if (number == known)
		builder_mapping(perf->builder, &mapping);
	return number;
}

/* A symbol may be a chain of inlined functions, "outer->inner"; but not the one in "operator->". */
static const char *find_arrow(struct span chain)
{
	struct span rest = chain;
	const char *arrow;

	for (; (arrow = span_find(rest, "->")); rest.at = arrow + 2)
		if (arrow - chain.at < 8 || memcmp(arrow - 8, "operator", 8) != 0)
			return arrow;
	return NULL;
}

/* The lines of a symbol, innermost first. */
static uint32_t split_symbol(struct perf *perf, struct span symbol)
{
	uint32_t count = 0;
	const char *arrow;

	do {
		struct span name = symbol;

		arrow = find_arrow(symbol);
		if (arrow) {
			name.end = arrow;
			symbol.at = arrow + 2;
		}
		array_reserve(perf->inlined, perf->inlined_capacity, (size_t)count + 1);
		perf->inlined[count++] = (struct symbol_line){
			symbols_function(&perf->symbols, add_string(perf, name), 0, false), 0};
	} while (arrow);
	for (uint32_t i = 0; i < count / 2; i++) {
		struct symbol_line line = perf->inlined[i];

		perf->inlined[i] = perf->inlined[count - 1 - i];
		perf->inlined[count - 1 - i] = line;
	}
	return count;
}

/* What is not known by name is known by its object, like "[libc.so.6]". */
static uint32_t name_unknown(struct perf *perf, struct span object)
{
	struct text name = {0};
	uint32_t count;
	const char *base = object.end;

	while (base > object.at && base[-1] != '/')
		base--;
	text_add_char(&name, '[');
	text_add(&name, base, (size_t)(object.end - base));
	text_add_char(&name, ']');
	count = split_symbol(perf, (struct span){name.bytes, name.bytes + name.length});
	text_clear(&name);
	return count;
}

/* The location of a frame; of a command, which has no object, it is only a name. */
static uint32_t location_of(struct perf *perf, uint64_t address, struct span symbol,
			    struct span object)
{
	struct frame_key key = {address, add_string(perf, symbol), add_string(perf, object)};
	size_t known = perf->frames.count;
	uint32_t number = intern_add(&perf->frames, &key), count;
	struct location location = {
		.id = (uint64_t)number + 1, .address = address, .mapping = NONE};

	if (number != known)
		return number;
	if (key.object)
		location.mapping = mapping_of(perf, key.object);
	if (key.object && span_equals(symbol, "[unknown]"))
		count = name_unknown(perf, object);
	else
		count = split_symbol(perf, symbol);
	symbols_set(&perf->symbols, number, perf->inlined, count);
	symbols_add_location(&perf->symbols, perf->builder, number, &location);
	return number;
}

/* The number of an event; NONE with an error if there are too many. */
static uint32_t event_number(struct perf *perf, struct span name, struct error *error)
{
	string_id event = add_string(perf, name);

	for (uint32_t i = 0; i < perf->event_count; i++)
		if (perf->events[i] == event)
			return i;
	if (perf->event_count == EVENT_LIMIT) {
		error_set(
			error,
			"line %llu has the 33rd kind of event; record fewer events with perf record -e",
			(unsigned long long)perf->lines.number);
		return NONE;
	}
	perf->events[perf->event_count] = event;
	return perf->event_count++;
}

static void end_sample(struct perf *perf)
{
	if (!perf->open)
		return;
	perf->open = false;
	stack_list_push(&perf->stacks, perf->command);
	stack_list_end(&perf->stacks);
}

static bool begin_sample(struct perf *perf, const struct perf_header *header, struct error *error)
{
	struct perf_sample sample = {.event = NONE, .period = header->period};

	end_sample(perf);
	if (!span_is_empty(header->event)) {
		sample.event = event_number(perf, header->event, error);
		if (sample.event == NONE)
			return false;
	}
	sample.process = add_string(perf, header->process);
	sample.thread = add_string(perf, header->thread);
	if (header->time && (!perf->first_time || header->time < perf->first_time))
		perf->first_time = header->time;
	if (header->time > perf->last_time)
		perf->last_time = header->time;
	perf->command = location_of(perf, 0, header->command, span_of(""));
	array_push(perf->samples, perf->sample_count, perf->sample_capacity, sample);
	perf->open = true;
	return true;
}

static bool read_line(struct perf *perf, struct span line, struct error *error)
{
	struct perf_header header;
	struct perf_frame frame;

	if (span_is_empty(line)) {
		end_sample(perf);
		return true;
	}
	if (*line.at == '#')
		return true;
	if (perf_line_header(line, &header))
		return begin_sample(perf, &header, error);
	if (!char_is_space(*line.at)) {
		if (perf->skipped++ == 0)
			perf->first_skipped = perf->lines.number;
	} else if (perf->open && perf_line_frame(line, &frame)) {
		stack_list_push(&perf->stacks,
				location_of(perf, frame.address, frame.symbol, frame.object));
	}
	return true;
}

/* The clock events count nanoseconds. */
static const char *unit_of(const char *event)
{
	size_t length = strcspn(event, ":/");

	if (length == 9 && memcmp(event, "cpu-clock", 9) == 0)
		return "nanoseconds";
	return length == 10 && memcmp(event, "task-clock", 10) == 0 ? "nanoseconds" : "count";
}

static void add_types(struct perf *perf)
{
	struct builder *builder = perf->builder;
	struct profile *profile = builder_profile(builder);

	builder_type(builder, builder_text(builder, "samples"), builder_text(builder, "count"));
	for (uint32_t i = 0; i < perf->event_count; i++)
		builder_type(
			builder, perf->events[i],
			builder_text(builder, unit_of(profile_text(profile, perf->events[i]))));
	if (perf->event_count)
		profile->default_type = perf->events[0];
	profile->duration_nanos = perf->last_time - perf->first_time;
}

static void add_samples(struct perf *perf)
{
	string_id process = builder_text(perf->builder, "pid");
	string_id thread = builder_text(perf->builder, "tid");

	for (size_t i = 0; i < perf->sample_count; i++) {
		const struct perf_sample *sample = &perf->samples[i];
		int64_t values[1 + EVENT_LIMIT] = {1};
		struct label labels[2];
		size_t label_count = 0, depth;
		const uint32_t *stack = stack_list_get(&perf->stacks, i, &depth);

		if (sample->event != NONE)
			values[1 + sample->event] = sample->period;
		if (sample->process)
			labels[label_count++] =
				(struct label){.key = process, .text = sample->process};
		if (sample->thread)
			labels[label_count++] =
				(struct label){.key = thread, .text = sample->thread};
		builder_sample(perf->builder, stack, depth, values, 1 + perf->event_count, labels,
			       label_count);
	}
}

static bool read_lines(struct perf *perf, struct error *error)
{
	struct span line;
	bool more;

	for (;;) {
		if (!lines_next(&perf->lines, &line, &more, error))
			return false;
		if (!more)
			break;
		if (!read_line(perf, line, error))
			return false;
	}
	end_sample(perf);
	add_types(perf);
	add_samples(perf);
	if (perf->skipped)
		builder_warn(
			perf->builder,
			"passed over %llu lines that are not of perf script; the first is line %llu",
			(unsigned long long)perf->skipped, (unsigned long long)perf->first_skipped);
	return true;
}

static bool read_perf(struct input *input, struct builder *builder, struct error *error)
{
	struct perf perf = {.builder = builder};
	bool good;

	lines_init(&perf.lines, input);
	symbols_init(&perf.symbols);
	intern_init(&perf.frames, sizeof(struct frame_key));
	intern_init(&perf.objects, sizeof(string_id));
	good = read_lines(&perf, error);
	lines_clear(&perf.lines);
	symbols_clear(&perf.symbols);
	intern_clear(&perf.frames);
	intern_clear(&perf.objects);
	stack_list_clear(&perf.stacks);
	free(perf.inlined);
	free(perf.samples);
	return good;
}

static int probe_perf(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line;
	struct perf_header header;
	struct perf_frame frame;

	do {
		if (!span_take_line(&head, &line))
			return 0;
	} while (span_is_comment(line));
	if (!perf_line_header(line, &header) || span_is_empty(header.event))
		return 0;
	/* A frame makes it certain. There may be none, and a line that is cut off says nothing. */
	if (span_take_line(&head, &line) && perf_line_frame(line, &frame))
		return 85;
	return header.time && (span_is_empty(head) || span_is_empty(line)) ? 60 : 0;
}

const struct format format_perf = {
	.name = "perf",
	.summary = "output of perf script, recorded with call chains",
	.probe = probe_perf,
	.read = read_perf,
};
