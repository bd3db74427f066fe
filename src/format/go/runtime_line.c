/* SPDX-License-Identifier: MIT */
#include "format/go/runtime_line.h"

#include <string.h>

#include "base/array.h"
#include "format/log_prefix.h"

#define KIBIBYTE 1024

/* No machine has more of anything; sums of so many lines stay far from an overflow. */
#define COUNT_LIMIT 1000000000

/* Puts the span behind `word`, which may stand behind the prefix of a log. */
static bool skip_to(struct span *span, const char *word)
{
	const char *at = span_find(*span, word);

	if (!at || at - span->at > LOG_PREFIX_LIMIT || (at > span->at && !char_is_space(at[-1])))
		return false;
	span->at = at + strlen(word);
	return true;
}

static bool take_count(struct span *span, int64_t *count)
{
	return span_decimal(span_take_digits(span), count) && *count <= COUNT_LIMIT;
}

/* "NAME=N" anywhere in the line. */
static bool find_count(struct span line, const char *name, int64_t *count)
{
	const char *at = span_find(line, name);

	if (!at || at[-1] != ' ')
		return false;
	line.at = at + strlen(name);
	return take_count(&line, count);
}

/* From behind "SCHED " on. */
static bool read_schedule(struct span line, struct runtime_log *log)
{
	int64_t milliseconds, processors, idle, threads, queue, local;
	const char *locals;

	if (!take_count(&line, &milliseconds) || !span_take(&line, "ms:") ||
	    !find_count(line, "gomaxprocs=", &processors) ||
	    !find_count(line, "idleprocs=", &idle) || !find_count(line, "threads=", &threads) ||
	    !find_count(line, "runqueue=", &queue))
		return false;
	locals = memchr(line.at, '[', span_length(line));
	line.at = locals ? locals + 1 : line.end;
	while (take_count(&line, &local) && queue <= COUNT_LIMIT) {
		queue += local;
		span_skip_blanks(&line);
	}
	log->schedules++;
	log->last_milliseconds = milliseconds;
	log->processors = processors;
	log->threads = threads > log->threads ? threads : log->threads;
	log->queue_sum += queue;
	log->queue_max = queue > log->queue_max ? queue : log->queue_max;
	log->starving += queue > 0 && idle == 0;
	return true;
}

/* "N KiB work", "N KiB work (bg)" */
static bool take_kibibytes(struct span *line, const char *behind, int64_t *bytes)
{
	struct span rest = *line;

	if (!take_count(&rest, bytes) || !span_take(&rest, behind))
		return false;
	*bytes *= KIBIBYTE;
	*line = rest;
	return true;
}

/* From behind "scav " on; the oldest have the number of the collection first. */
static bool read_release(struct span line, struct runtime_log *log)
{
	int64_t number, released, eager = 0, held, percent;
	struct span numbered = line;

	if (take_count(&numbered, &number) && span_take(&numbered, " ") &&
	    !span_starts(numbered, "KiB"))
		line = numbered;
	if (take_kibibytes(&line, " KiB work (bg), ", &released)) {
		if (!take_kibibytes(&line, " KiB work (eager), ", &eager) ||
		    (!take_kibibytes(&line, " KiB now, ", &held) &&
		     !take_kibibytes(&line, " KiB total, ", &held)))
			return false;
	} else if (!take_kibibytes(&line, " KiB work, ", &released) ||
		   !take_kibibytes(&line, " KiB total, ", &held)) {
		return false;
	}
	if (!take_count(&line, &percent) || !span_take(&line, "% util"))
		return false;
	log->releases++;
	log->forced_releases += span_find(line, "(forced)") != NULL;
	log->released += released + eager;
	log->held = held;
	log->used_percent = percent;
	return true;
}

bool runtime_line_read(struct span line, struct runtime_log *log)
{
	struct span rest = line;

	if (skip_to(&rest, "SCHED "))
		return read_schedule(rest, log);
	rest = line;
	return skip_to(&rest, "scav ") && read_release(rest, log);
}

void runtime_line_limit(struct span line, struct runtime_log *log)
{
	static const struct {
		const char *name;
		int64_t bytes;
	} units[] = {{"KiB", 1LL << 10}, {"MiB", 1LL << 20}, {"GiB", 1LL << 30},
		     {"TiB", 1LL << 40}, {"B", 1},           {"", 1}};
	const char *at = span_find(line, "GOMEMLIMIT=");
	int64_t limit;

	if (!at)
		return;
	line.at = at + strlen("GOMEMLIMIT=");
	span_take(&line, "\"");
	if (!span_decimal(span_take_digits(&line), &limit))
		return;
	for (size_t i = 0; i < COUNT(units); i++) {
		if (!span_take(&line, units[i].name))
			continue;
		/* The largest number there is means that there is no limit. */
		if (limit < INT64_MAX / units[i].bytes)
			log->memory_limit = limit * units[i].bytes;
		return;
	}
}
