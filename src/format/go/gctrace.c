/* SPDX-License-Identifier: MIT */
/*
 * What GODEBUG=gctrace=1 writes, amid any other output: each cycle is a
 * sample, its fields are the values (profile/gc_log.h). Lines of schedtrace
 * and scavtrace are added up beside them (profile/runtime_log.h).
 */
#include "format/go/gctrace_line.h"
#include "format/go/goroutine_line.h"
#include "format/go/runtime_line.h"
#include "format/lines.h"
#include "format/list.h"

struct trace {
	struct builder *builder;
	struct lines lines;
	location_id cycle[2]; /* not forced, forced */
	uint64_t count, old, broken, first_broken, first_goroutine;
	int64_t last_number, first_start, last_start, end;
	uint64_t missing,
		runs; /* cycles that should stand between others; restarts of the program */
	bool ends_broken;
	struct runtime_log runtime;
};

static location_id add_location(struct trace *trace, const char *name, uint64_t id)
{
	struct builder *builder = trace->builder;
	struct function function = {.id = id, .name = builder_text(builder, name)};
	struct line line = {.function = builder_function(builder, &function)};
	struct location location = {.id = id, .mapping = NONE};

	return builder_location(builder, &location, &line, 1);
}

static void add_cycle(struct trace *trace, const int64_t *values)
{
	bool forced = values[GC_FORCED] != 0;
	struct label label = {.key = builder_text(trace->builder, "forced"),
			      .text = builder_text(trace->builder, "yes")};

	if (!trace->count++) {
		trace->first_start = values[GC_NUMBER] == 1 ? 0 : values[GC_START];
	} else if (values[GC_START] < trace->last_start ||
		   values[GC_NUMBER] <= trace->last_number) {
		trace->runs++;
	} else {
		trace->missing += (uint64_t)(values[GC_NUMBER] - trace->last_number - 1);
	}
	trace->last_number = values[GC_NUMBER];
	trace->last_start = values[GC_START];
	trace->end = values[GC_START] + values[GC_PAUSE] + values[GC_MARK];
	builder_sample(trace->builder, &trace->cycle[forced], 1, values, GC_COLUMN_COUNT, &label,
		       forced);
}

static void report(struct trace *trace)
{
	if (trace->ends_broken)
		builder_warn(trace->builder, "the log ends inside a cycle: it is a partial log");
	else if (trace->lines.open)
		lines_warn_cut(&trace->lines, trace->builder, "log");
	else if (trace->broken)
		builder_warn(
			trace->builder,
			"passed over %llu lines that begin like a cycle of gctrace but are cut or "
			"mixed up; the first is line %llu",
			(unsigned long long)trace->broken, (unsigned long long)trace->first_broken);
	if (trace->missing)
		builder_warn(
			trace->builder,
			"%llu cycles are missing from the log by its numbers; sums are too low",
			(unsigned long long)trace->missing);
	if (trace->runs)
		builder_warn(trace->builder,
			     "the log holds %llu runs of programs; split it to diagnose each",
			     (unsigned long long)trace->runs + 1);
	if (trace->first_goroutine)
		builder_warn(
			trace->builder,
			"the log also holds a dump of goroutines, from line %llu on, which is not "
			"read; put it into a file of its own",
			(unsigned long long)trace->first_goroutine);
	if (trace->old)
		builder_warn(trace->builder, "passed over %llu cycles in the form of Go 1.4",
			     (unsigned long long)trace->old);
}

/* A line that is of no cycle. */
static void read_other(struct trace *trace, struct span line)
{
	struct goroutine_header header;
	size_t prefix;

	if (!runtime_line_read(line, &trace->runtime))
		runtime_line_limit(line, &trace->runtime);
	if (!trace->first_goroutine && goroutine_line_header(line, &header, &prefix))
		trace->first_goroutine = trace->lines.number;
}

static bool read_lines(struct trace *trace, struct error *error)
{
	int64_t values[GC_COLUMN_COUNT];
	struct span line;
	bool more;

	for (;;) {
		if (!lines_next(&trace->lines, &line, &more, error))
			return false;
		if (!more)
			return true;
		trace->ends_broken = false;
		switch (gctrace_line_read(line, values)) {
		case GCTRACE_CYCLE:
			add_cycle(trace, values);
			break;
		case GCTRACE_BROKEN:
			trace->ends_broken = true;
			if (!trace->broken++)
				trace->first_broken = trace->lines.number;
			break;
		case GCTRACE_OLD:
			trace->old++;
			break;
		case GCTRACE_NONE:
		case GCTRACE_OTHER:
			read_other(trace, line);
			break;
		}
	}
}

static bool read_log(struct trace *trace, struct error *error)
{
	struct builder *builder = trace->builder;
	struct profile *profile = builder_profile(builder);

	trace->cycle[0] = add_location(trace, "GC cycle", 1);
	trace->cycle[1] = add_location(trace, "GC cycle (forced)", 2);
	for (uint32_t i = 0; i < GC_COLUMN_COUNT; i++)
		builder_type(builder, builder_text(builder, gc_columns[i].type),
			     builder_text(builder, gc_columns[i].unit));
	profile->default_type = builder_text(builder, gc_columns[GC_PAUSE].type);
	if (!read_lines(trace, error))
		return false;
	profile->runtime_log = arena_alloc(&profile->arena, sizeof(*profile->runtime_log));
	*profile->runtime_log = trace->runtime;
	if (!trace->runtime.schedules && !trace->runtime.releases && !trace->count) {
		return error_set(error, "no line is a whole one of gctrace, schedtrace or "
					"scavtrace; run the program with GODEBUG=gctrace=1 (Go 1.5 "
					"or newer) and name its standard error");
	}
	profile->duration_nanos = trace->runs ? 0 : trace->end - trace->first_start;
	report(trace);
	return true;
}

static bool read_gctrace(struct input *input, struct builder *builder, struct error *error)
{
	struct trace trace = {.builder = builder};
	bool good;

	lines_init(&trace.lines, input);
	good = read_log(&trace, error);
	lines_clear(&trace.lines);
	return good;
}

static int probe_gctrace(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line;
	int64_t values[GC_COLUMN_COUNT];
	struct runtime_log runtime = {0};
	bool old = false;

	while (span_take_line(&head, &line)) {
		enum gctrace_line kind = gctrace_line_read(line, values);

		if (kind == GCTRACE_CYCLE || runtime_line_read(line, &runtime))
			return 88;
		old = old || kind == GCTRACE_OLD;
	}
	return old ? 52 : 0;
}

const struct format format_gctrace = {
	.name = "gctrace",
	.summary = "log with GODEBUG=gctrace=1, each cycle a sample; schedtrace, scavtrace",
	.probe = probe_gctrace,
	.embedded = true,
	.read = read_gctrace,
};
