/* SPDX-License-Identifier: MIT */
/*
 * Execution traces of Go (runtime/trace, go test -trace, /debug/pprof/trace,
 * flight recorders) of Go 1.11 and later: the row of the list of formats.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "format/list.h"
#include "format/trace/account.h"
#include "format/trace/exact.h"
#include "format/trace/order.h"
#include "format/trace/version1.h"

#define HEADER_SIZE 16
#define OLDEST 11
#define FIRST_OF_VERSION_2 22
#define NEWEST 26

/* One file while it is read. */
struct reading {
	struct trace_bytes bytes;
	struct builder *builder;
	struct feed feed;
	struct trace *trace;
	struct exact *exact; /* NULL: everything is told */
	struct account account;
	int version;        /* 22 for Go 1.22 */
	struct text broken; /* what is lost, in words; empty: nothing */
	unsigned generations, partial;
};

bool trace_kind_parse(const char *name, enum trace_kind *kind, struct error *error)
{
	static const char *const names[] = {"", "net", "sync", "syscall", "sched"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], name) == 0) {
			*kind = (enum trace_kind)i;
			return true;
		}
	}
	return error_set(error, "-trace=%s: use net, sync, syscall or sched", name);
}

/* "1.5ms" in nanoseconds; "" keeps what there is. */
static bool parse_moment(const char *text, size_t length, int64_t *time)
{
	static const struct {
		const char *name;
		double nanoseconds;
	} units[] = {{"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}};
	char copy[64], *end;
	double number;

	if (!length)
		return true;
	if (length >= sizeof(copy))
		return false;
	memcpy(copy, text, length);
	copy[length] = '\0';
	number = strtod(copy, &end);
	for (size_t i = 0; end != copy && i < COUNT(units); i++) {
		if (strcmp(units[i].name, end) != 0)
			continue;
		*time = (int64_t)(number * units[i].nanoseconds + 0.5);
		return number >= 0 && number * units[i].nanoseconds < 9e18;
	}
	return false;
}

bool trace_range_parse(const char *text, struct trace_options *options, struct error *error)
{
	const char *colon = strchr(text, ':');

	options->from = options->to = 0;
	if (!*text)
		return true;
	if (!colon || !parse_moment(text, (size_t)(colon - text), &options->from) ||
	    !parse_moment(colon + 1, strlen(colon + 1), &options->to) ||
	    (options->to && options->to <= options->from))
		return error_set(error, "-range=%s: give two times of the trace, as in 10ms:25.5ms",
				 text);
	return true;
}

/* The version of a header "go 1.22 trace", 0 if it is none. */
static int header_version(const char *bytes, size_t length)
{
	static const char tail[] = " trace\0\0\0\0";
	struct span digits = {bytes + 5, bytes + 7};
	int64_t version;

	if (length < HEADER_SIZE || memcmp(bytes, "go 1.", 5) != 0)
		return 0;
	while (digits.end > digits.at && !char_is_digit(digits.end[-1]))
		digits.end--;
	if (!span_decimal(digits, &version) ||
	    memcmp(digits.end, tail, (size_t)(bytes + HEADER_SIZE - digits.end)) != 0)
		return 0;
	return (int)version;
}

static int probe(const char *bytes, size_t length)
{
	static const char start[] = "go 1.";
	size_t known = length < HEADER_SIZE ? length : HEADER_SIZE;

	if (header_version(bytes, length))
		return 100;
	/* Cut within the header: nothing else begins so and is as short. */
	return length < HEADER_SIZE && known > sizeof(start) && memcmp(bytes, start, 5) == 0 ? 90
											     : 0;
}

static bool check_version(struct reading *reading, const struct input *input, struct error *error)
{
	int version = header_version(input->head, input->head_length);

	reading->version = version;
	if (!version)
		return error_set(error, "an execution trace that is cut within its first 16 bytes; "
					"capture it again");
	if (version < OLDEST)
		return error_set(error,
				 "an execution trace of Go 1.%d: those of Go 1.11 and later can be "
				 "read; capture it with a newer Go",
				 version);
	if (version > NEWEST)
		builder_warn(reading->builder,
			     "the trace is of Go 1.%d, newer than this program knows: read as one "
			     "of 1.%d, which may be wrong",
			     version, NEWEST);
	return true;
}

/* When the trace began, by the clock on the wall; since Go 1.25. */
static void take_clock(struct reading *reading, const struct order *order,
		       const struct generation *generation)
{
	struct profile *profile = builder_profile(reading->builder);
	const struct clock_snapshot *clock = &generation->clock;

	/* The exact profile has no time, as Go's has none; and no clock says so late a time. */
	if (reading->exact || !generation->has_clock || profile->time_nanos ||
	    clock->seconds > INT64_MAX / 2000000000 || clock->nanoseconds >= 1000000000)
		return;
	profile->time_nanos = (int64_t)(clock->seconds * 1000000000 + clock->nanoseconds) -
			      order_time(order, clock->trace);
}

static void read_generations(struct reading *reading)
{
	struct generation generation = {.version = reading->version};
	struct order *order = order_new(&reading->feed);
	enum generation_state state;
	uint64_t last = 0;

	while ((state = generation_read(&generation, &reading->bytes)) != GENERATION_NONE) {
		if (state == GENERATION_PARTIAL) {
			reading->partial++;
			/* Go's answers are of whole generations. */
			if (reading->exact)
				break;
			reading->trace->partial_since = reading->feed.last;
		}
		if (last && generation.number != last + 1) {
			builder_warn(reading->builder,
				     "generation %" PRIu64 " comes behind %" PRIu64
				     ": what was in between is lost",
				     generation.number, last);
			order_forget(order);
		}
		last = generation.number;
		reading->generations++;
		order_run(order, &generation);
		take_clock(reading, order, &generation);
	}
	text_add_string(&reading->broken, text_string(&generation.broken));
	if (order_lost_bytes(order))
		builder_warn(reading->builder,
			     "%" PRIu64 " bytes of the trace could not be decoded and are left out",
			     order_lost_bytes(order));
	if (order_guessed_clock(order))
		builder_warn(reading->builder, "the trace lost the unit of its clock: times are in "
					       "units of 64 ns, as everywhere but on Windows");
	order_free(order);
	generation_clear(&generation);
}

/* What is left of a trace that is cut or broken. */
static void warn_broken(struct reading *reading)
{
	const char *what = text_string(&reading->broken);

	if (reading->partial && reading->exact)
		builder_warn(reading->builder,
			     "the trace is cut or broken: %s; as in Go, only the %u whole "
			     "generations before count",
			     what, reading->generations);
	else if (reading->partial)
		builder_warn(reading->builder,
			     "the trace is cut or broken: %s; from %.3f s on states and times are "
			     "here, but stacks and names may be missing",
			     what, (double)reading->trace->partial_since / 1e9);
	else
		builder_warn(reading->builder,
			     "the trace is cut or broken: %s; what comes before is here", what);
}

/* One sentence for each thing that is lost. */
static void warn(struct reading *reading)
{
	const struct feed *feed = &reading->feed;

	if (reading->broken.length)
		warn_broken(reading);
	if (feed->forced)
		builder_warn(reading->builder,
			     "%" PRIu64 " of %" PRIu64
			     " events fit nothing before them and were taken as they are",
			     feed->forced, feed->events);
	if (feed->lost_stacks || feed->lost_strings)
		builder_warn(reading->builder,
			     "the trace lacks %" PRIu64 " stacks and %" PRIu64
			     " names that its events refer to",
			     feed->lost_stacks, feed->lost_strings);
}

static bool set_empty(const struct reading *reading, struct error *error)
{
	if (reading->broken.length)
		return error_set(error,
				 "no whole part of this execution trace can be read: %s; capture "
				 "it again",
				 text_string(&reading->broken));
	return error_set(error, "an execution trace without events: the program ended before the "
				"first second was written; let it call trace.Stop");
}

static bool read_events(struct reading *reading, struct error *error)
{
	if (reading->version < FIRST_OF_VERSION_2) {
		if (!version1_read(&reading->feed, &reading->bytes, reading->version,
				   &reading->broken, error))
			return false;
	} else {
		read_generations(reading);
		if (!reading->generations)
			return set_empty(reading, error);
	}
	if (reading->bytes.failed) {
		*error = reading->bytes.error;
		return false;
	}
	feed_sync(&reading->feed, 0);
	return true;
}

static void begin(struct reading *reading, const struct trace_options *options)
{
	enum trace_kind kind = options->kind;

	reading->trace = trace_new();
	reading->trace->has_lanes = options->lanes;
	reading->feed.strings = &reading->trace->strings;
	reading->feed.stacks = &reading->trace->stacks;
	if (kind == TRACE_FULL) {
		account_init(&reading->account, &reading->feed, reading->trace);
		reading->account.from = options->from;
		reading->account.to = options->to ? options->to : INT64_MAX;
		reading->feed.take = account_take;
		reading->feed.context = &reading->account;
	} else {
		reading->exact = exact_new(&reading->feed, kind);
		reading->feed.take = exact_take;
		reading->feed.context = reading->exact;
	}
}

static void finish(struct reading *reading)
{
	if (reading->exact) {
		exact_finish(reading->exact, reading->builder);
	} else {
		reading->trace->version = reading->version;
		account_finish(&reading->account);
		totals_finish(&reading->account, reading->builder);
		builder_profile(reading->builder)->trace = trace_share(reading->trace);
	}
	warn(reading);
}

static bool read_trace(struct input *input, struct builder *builder, struct error *error)
{
	struct reading reading = {.builder = builder, .bytes = {.input = input}};
	bool good;

	if (!check_version(&reading, input, error))
		return false;
	begin(&reading, &input->trace);
	for (size_t i = 0; i < HEADER_SIZE && trace_bytes_more(&reading.bytes); i++)
		reading.bytes.at++;
	good = read_events(&reading, error);
	if (good)
		finish(&reading);
	exact_free(reading.exact);
	if (!reading.exact)
		account_clear(&reading.account);
	trace_release(reading.trace);
	feed_clear(&reading.feed);
	text_clear(&reading.broken);
	return good;
}

const struct format format_trace = {
	.name = "trace",
	.summary = "Execution traces of Go 1.11 and later: runtime/trace, go test -trace",
	.probe = probe,
	.read = read_trace,
};
