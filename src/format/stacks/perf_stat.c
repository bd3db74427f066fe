/* SPDX-License-Identifier: MIT */
/* What `perf stat` prints, as a table or with -x, at the end or with -I: see profile/counters.h. */
#include "base/array.h"
#include "profile/counters.h"

#include "base/intern.h"
#include "format/lines.h"
#include "format/list.h"
#include "format/stacks/perf_stat_line.h"

struct perf_stat {
	struct builder *builder;
	struct lines lines;
	struct intern events; /* strings; the number is that of the location */
	struct text uncounted;
	uint64_t count;
	bool titled;
};

static location_id location_of(struct perf_stat *stat, struct span event)
{
	string_id name = builder_string(stat->builder, event.at, span_length(event));
	size_t known = stat->events.count;
	uint32_t number = intern_add(&stat->events, &name);
	struct location location = {.id = (uint64_t)number + 1, .mapping = NONE};
	struct line line = {0};

	if (number != known)
		return number;
	line.function = builder_function(stat->builder,
					 &(struct function){.id = location.id, .name = name});
	return builder_location(stat->builder, &location, &line, 1);
}

static void add_row(struct perf_stat *stat, const struct perf_stat_row *row)
{
	struct label unit = {.key = builder_text(stat->builder, "unit"),
			     .text = builder_text(stat->builder, "nanoseconds")};
	location_id event;

	if (!row->counted) {
		if (stat->uncounted.length < 200)
			text_printf(&stat->uncounted, "%s%.*s", stat->uncounted.length ? ", " : "",
				    (int)span_length(row->event), row->event.at);
		return;
	}
	event = location_of(stat, row->event);
	builder_sample(stat->builder, &event, 1, &row->value, 1, &unit, row->time);
	stat->count++;
}

/* Without a title only well known events are certain. */
static bool is_known(struct span event)
{
	static const char *const names[] = {
		"cycles",         "instructions",  "task-clock",     "cpu-clock",
		"context-switch", "cpu-migration", "page-faults",    "branches",
		"branch-",        "cache-",        "stalled-cycles", "cpu_core/",
		"cpu_atom/",      "L1-",           "LLC-",           "dTLB-"};

	for (size_t i = 0; i < COUNT(names); i++)
		if (span_starts(event, names[i]))
			return true;
	return false;
}

static bool is_title(struct span line)
{
	return span_find(line, "Performance counter stats for ") != NULL;
}

/* Between the title and the time nothing but counters stands; elsewhere the program may write, too. */
static void read_line(struct perf_stat *stat, struct span line)
{
	struct perf_stat_row row;

	if (is_title(line))
		stat->titled = true;
	else if (perf_stat_line_elapsed(line, &builder_profile(stat->builder)->duration_nanos))
		stat->titled = false;
	else if ((perf_stat_line_table(line, &row) || perf_stat_line_fields(line, &row)) &&
		 (stat->titled || is_known(row.event)))
		add_row(stat, &row);
}

static bool read_lines(struct perf_stat *stat, struct error *error)
{
	struct span line;
	bool more;

	builder_type(stat->builder, builder_text(stat->builder, COUNTER_TYPE),
		     builder_text(stat->builder, "count"));
	for (;;) {
		if (!lines_next(&stat->lines, &line, &more, error))
			return false;
		if (!more)
			break;
		read_line(stat, line);
	}
	if (stat->uncounted.length)
		builder_warn(stat->builder, "perf could not count %s on that machine",
			     text_string(&stat->uncounted));
	return stat->count ||
	       error_set(error, "perf stat has counted nothing; run it where the processor's "
				"counters can be read (in few virtual machines)");
}

static bool read_perf_stat(struct input *input, struct builder *builder, struct error *error)
{
	struct perf_stat stat = {.builder = builder};
	bool good;

	lines_init(&stat.lines, input);
	intern_init(&stat.events, sizeof(string_id));
	good = read_lines(&stat, error);
	lines_clear(&stat.lines);
	intern_clear(&stat.events);
	text_clear(&stat.uncounted);
	return good;
}

static int probe_perf_stat(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line;
	struct perf_stat_row row;
	bool first = true;

	while (span_take_line(&head, &line)) {
		if (is_title(line))
			return 89;
		if (span_is_comment(line))
			continue;
		if (first &&
		    (perf_stat_line_table(line, &row) || perf_stat_line_fields(line, &row)) &&
		    is_known(row.event))
			return 84;
		first = false;
	}
	return 0;
}

const struct format format_perf_stat = {
	.name = "perf_stat",
	.summary = "output of perf stat, each counter a sample",
	.probe = probe_perf_stat,
	.embedded = true,
	.read = read_perf_stat,
};
