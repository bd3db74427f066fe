/* SPDX-License-Identifier: MIT */
/*
 * What `perf script` prints, with the fields of its own choice or of -F:
 *
 *     COMM  TID [CPU] SECONDS:  PERIOD EVENT:
 *             2f922 runtime.park_m+0x82 (/usr/bin/app)       (leaf first)
 *       proc.go:364                                          (with +srcline)
 *             63d21 runtime.goexit.abi0+0x1 (/usr/bin/app)
 *
 * Without call chains the only frame follows the event. The root of each stack
 * is the command, as in stackcollapse-perf.pl. Each event is a type of values,
 * "samples" counts them all; a sample without a period counts 1.
 */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "format/lines.h"
#include "format/list.h"
#include "format/stacks/perf_line.h"
#include "format/stacks/perf_stack.h"

#define EVENT_LIMIT 32

struct perf_sample {
	uint32_t event; /* NONE: the line names none */
	int64_t period;
	string_id process, thread; /* as text; 0: not there */
};

struct perf {
	struct builder *builder;
	struct lines lines;
	struct perf_stack stack;
	string_id events[EVENT_LIMIT];
	bool has_period[EVENT_LIMIT]; /* by event */
	uint32_t event_count;
	struct perf_sample *samples; /* by stack */
	size_t sample_count, sample_capacity;
	bool open;         /* frames belong to the last of the samples */
	uint32_t command;  /* location of its root */
	struct text title; /* a line that may be the command of the frames below it */
	uint64_t title_number;
	int64_t first_time, last_time;
	uint64_t skipped, first_skipped;
};

static string_id add_string(struct perf *perf, struct span span)
{
	return builder_string(perf->builder, span.at, span_length(span));
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
	perf_stack_end(&perf->stack, perf->command);
}

static bool begin_sample(struct perf *perf, const struct perf_header *header, struct error *error)
{
	struct perf_sample sample = {.event = NONE, .period = header->period};

	end_sample(perf);
	if (header->task)
		return true;
	if (!span_is_empty(header->event)) {
		sample.event = event_number(perf, header->event, error);
		if (sample.event == NONE)
			return false;
		perf->has_period[sample.event] |= header->has_period;
	}
	sample.process = add_string(perf, header->process);
	sample.thread = add_string(perf, header->thread);
	if (header->time && (!perf->first_time || header->time < perf->first_time))
		perf->first_time = header->time;
	if (header->time > perf->last_time)
		perf->last_time = header->time;
	perf->command = perf_stack_command(&perf->stack, header->command);
	array_push(perf->samples, perf->sample_count, perf->sample_capacity, sample);
	perf->open = true;
	return true;
}

static void skip_line(struct perf *perf, uint64_t number)
{
	if (perf->skipped++ == 0)
		perf->first_skipped = number;
}

/* What is no command after all is a line that does not belong here. */
static void drop_title(struct perf *perf)
{
	if (perf->title.length)
		skip_line(perf, perf->title_number);
	text_reset(&perf->title);
}

/* A sample whose head says no more than the command, or is not there at all. */
static bool begin_bare_sample(struct perf *perf, struct error *error)
{
	struct perf_header header = {
		.command = {text_string(&perf->title),
			    text_string(&perf->title) + perf->title.length},
		.period = 1,
	};

	if (!perf->title.length)
		header.command = span_of("[unknown]");
	header.process = header.thread = header.event =
		(struct span){header.command.end, header.command.end};
	if (!begin_sample(perf, &header, error))
		return false;
	text_reset(&perf->title);
	return true;
}

static bool read_indented(struct perf *perf, struct span line, struct error *error)
{
	struct perf_frame frame;
	struct span file;
	int64_t number;

	if (!perf->open && perf_line_frame(line, &frame) && !begin_bare_sample(perf, error))
		return false;
	if (perf->open && !perf_stack_add_line(&perf->stack, line) &&
	    perf_line_place(line, &file, &number))
		perf_stack_place(&perf->stack, file, number);
	return true;
}

/* Indented, too, where there are no call chains. */
static bool read_header(struct perf *perf, const struct perf_header *header, struct error *error)
{
	struct perf_frame frame;

	drop_title(perf);
	if (!begin_sample(perf, header, error))
		return false;
	if (perf->open && perf_line_only_frame(header->rest, &frame))
		perf_stack_add(&perf->stack, &frame);
	return true;
}

static bool read_line(struct perf *perf, struct span line, struct error *error)
{
	struct perf_header header;

	if (span_is_empty(span_trim(line))) {
		end_sample(perf);
		return true;
	}
	if (*line.at == '#')
		return true;
	if (*line.at == '\t' || !perf_line_header(line, &header)) {
		if (char_is_space(*line.at))
			return read_indented(perf, line, error);
		drop_title(perf);
		end_sample(perf);
		line = span_trim(line);
		text_add(&perf->title, line.at, span_length(line));
		perf->title_number = perf->lines.number;
		return true;
	}
	return read_header(perf, &header, error);
}

/* The clock events count nanoseconds. */
static const char *unit_of(const char *event)
{
	size_t length = strcspn(event, ":/");

	if (length == 9 && memcmp(event, "cpu-clock", 9) == 0)
		return "nanoseconds";
	return length == 10 && memcmp(event, "task-clock", 10) == 0 ? "nanoseconds" : "count";
}

/*
 * The event that people want to see first: what the processor did. Of a hybrid
 * processor each kind has its own, "cpu_core/cycles/P".
 */
static uint32_t first_event(const struct perf *perf)
{
	static const char *const names[] = {"cycles", "cpu-cycles", "cpu-clock", "task-clock",
					    "instructions"};
	const struct profile *profile = builder_profile(perf->builder);

	for (size_t i = 0; i < COUNT(names); i++) {
		for (uint32_t k = 0; k < perf->event_count; k++) {
			const char *event = profile_text(profile, perf->events[k]);
			const char *slash = strchr(event, '/');
			size_t length;

			if (slash && strncmp(event, "cpu", 3) == 0)
				event = slash + 1;
			length = strcspn(event, ":/");
			if (length == strlen(names[i]) && memcmp(event, names[i], length) == 0)
				return k;
		}
	}
	return 0;
}

static void add_types(struct perf *perf)
{
	struct builder *builder = perf->builder;
	struct profile *profile = builder_profile(builder);

	builder_type(builder, builder_text(builder, "samples"), builder_text(builder, "count"));
	for (uint32_t i = 0; i < perf->event_count; i++) {
		const char *event = profile_text(profile, perf->events[i]);

		builder_type(builder, perf->events[i],
			     builder_text(builder, perf->has_period[i] ? unit_of(event) : "count"));
	}
	if (perf->event_count)
		profile->default_type = perf->events[first_event(perf)];
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
		const uint32_t *stack = stack_list_get(&perf->stack.stacks, i, &depth);

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
	drop_title(perf);
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
	perf_stack_init(&perf.stack, builder);
	good = read_lines(&perf, error);
	lines_clear(&perf.lines);
	perf_stack_clear(&perf.stack);
	text_clear(&perf.title);
	free(perf.samples);
	return good;
}

/* What a probe sees of the lines. */
struct sight {
	bool header;   /* the line before was the head of a sample */
	size_t headed; /* frames right below a head */
	size_t only;   /* heads with a frame */
	size_t bare;   /* heads of samples without frames */
	size_t frames, others;
};

static void look_at(struct sight *sight, struct span line)
{
	struct perf_header header;
	struct perf_frame frame;
	bool indented = char_is_space(*line.at);

	if (indented && perf_line_frame(line, &frame)) {
		sight->frames++;
		sight->headed += sight->header;
		sight->header = false;
	} else if (perf_line_header(line, &header)) {
		sight->header = !span_is_empty(header.event);
		sight->only += perf_line_only_frame(header.rest, &frame);
		sight->bare += sight->header && header.time;
	} else {
		sight->header = false;
		sight->others++;
	}
}

/*
 * A head with a frame makes it certain; what perf says on standard error may
 * stand before it. There may be frames alone, or no frame at all.
 */
static int probe_perf(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line;
	struct sight sight = {0};

	while (span_take_line(&head, &line))
		if (!span_is_comment(line))
			look_at(&sight, line);
	if (sight.headed || sight.only)
		return 85;
	if (sight.frames > 1 && sight.frames >= sight.others)
		return 82;
	return sight.bare > sight.others ? 60 : 0;
}

const struct format format_perf = {
	.name = "perf",
	.summary = "output of perf script, with call chains or without",
	.probe = probe_perf,
	.embedded = true,
	.prefixed = true,
	.read = read_perf,
};
