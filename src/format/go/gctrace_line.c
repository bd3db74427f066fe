/* SPDX-License-Identifier: MIT */
#include "format/go/gctrace_line.h"

#include <string.h>

#include "base/array.h"
#include "format/log_prefix.h"

/* Times in the clock part and groups in the CPU part: 3, or 5 in Go 1.5. */
#define PART_LIMIT 5

#define MEBIBYTE ((int64_t)1 << 20)

/* Takes "0.075" and gives it times 10^places; at most 9 digits before the point. */
static bool take_decimal(struct span *line, int places, int64_t *value)
{
	struct span whole = span_take_digits(line), fraction = {line->at, line->at};

	if (span_is_empty(whole) || span_length(whole) > 9 || !span_decimal(whole, value))
		return false;
	if (span_take(line, "."))
		fraction = span_take_digits(line);
	for (; places > 0; places--)
		*value = *value * 10 + (span_is_empty(fraction) ? 0 : *fraction.at++ - '0');
	return true;
}

static bool take_integer(struct span *line, int64_t *value)
{
	return take_decimal(line, 0, value);
}

/* Takes "N MB" and what follows, as bytes. */
static bool take_size(struct span *line, const char *behind, int64_t *bytes)
{
	int64_t size;

	if (!take_integer(line, &size) || !span_take(line, behind) || size > INT64_MAX / MEBIBYTE)
		return false;
	*bytes = size * MEBIBYTE;
	return true;
}

/* "a+b+c", in milliseconds; 1.5: sweep termination, scan, write barrier, mark, mark termination. */
static bool take_clock(struct span *line, int64_t *values, uint32_t *parts)
{
	int64_t times[PART_LIMIT];

	for (*parts = 0; *parts < PART_LIMIT; ++*parts) {
		if (*parts && !span_take(line, "+"))
			break;
		if (!take_decimal(line, 6, &times[*parts]))
			return false;
	}
	if ((*parts != 3 && *parts != 5) || !span_take(line, " ms clock, "))
		return false;
	values[GC_SWEEP_TERMINATION] = times[0];
	values[GC_MARK_TERMINATION] = times[*parts - 1];
	values[GC_PAUSE] = times[0] + times[*parts - 1];
	values[GC_MARK] = times[*parts - 2];
	if (*parts == 5) {
		values[GC_MARK] += times[1];
		values[GC_PAUSE] += times[2];
	}
	return true;
}

/* "a+assist/background/idle+c"; in Go 1.5 the scan and the barrier stand behind a. */
static bool take_cpu(struct span *line, uint32_t parts, int64_t *values)
{
	int64_t stop, scan = 0, barrier = 0, end;

	if (!take_decimal(line, 6, &stop) || !span_take(line, "+"))
		return false;
	if (parts == 5 && (!take_decimal(line, 6, &scan) || !span_take(line, "+") ||
			   !take_decimal(line, 6, &barrier) || !span_take(line, "+")))
		return false;
	if (!take_decimal(line, 6, &values[GC_ASSIST_CPU]) || !span_take(line, "/") ||
	    !take_decimal(line, 6, &values[GC_BACKGROUND_CPU]) || !span_take(line, "/") ||
	    !take_decimal(line, 6, &values[GC_IDLE_CPU]) || !span_take(line, "+") ||
	    !take_decimal(line, 6, &end) || !span_take(line, " ms cpu, "))
		return false;
	values[GC_STOP_CPU] = stop + barrier + end;
	values[GC_BACKGROUND_CPU] += scan;
	values[GC_CPU] = values[GC_STOP_CPU] + values[GC_ASSIST_CPU] + values[GC_BACKGROUND_CPU];
	return true;
}

static bool take_heap(struct span *line, int64_t *values)
{
	if (!take_size(line, "->", &values[GC_HEAP_START]) ||
	    !take_size(line, "->", &values[GC_HEAP_END]) ||
	    !take_size(line, " MB, ", &values[GC_LIVE_HEAP]) ||
	    !take_size(line, " MB goal, ", &values[GC_GOAL]))
		return false;
	values[GC_STACKS] = values[GC_GLOBALS] = 0;
	/* Since 1.18. The processors follow, so a number alone says nothing yet. */
	if (span_find(*line, " MB stacks, ") &&
	    (!take_size(line, " MB stacks, ", &values[GC_STACKS]) ||
	     !take_size(line, " MB globals, ", &values[GC_GLOBALS])))
		return false;
	return true;
}

/* From "gc " on. */
static bool read_cycle(struct span line, int64_t *values)
{
	uint32_t parts;

	if (!span_take(&line, "gc ") || !take_integer(&line, &values[GC_NUMBER]) ||
	    !span_take(&line, " @") || !take_decimal(&line, 9, &values[GC_START]) ||
	    !span_take(&line, "s ") || !take_integer(&line, &values[GC_PERCENT]) ||
	    !span_take(&line, "%"))
		return false;
	span_take(&line, " (checking for goroutine leaks)");
	if (!span_take(&line, ": ") || !take_clock(&line, values, &parts) ||
	    !take_cpu(&line, parts, values) || !take_heap(&line, values) ||
	    !take_integer(&line, &values[GC_PROCESSORS]) || !span_take(&line, " P"))
		return false;
	values[GC_CYCLES] = 1;
	values[GC_FORCED] = span_starts(line, " (forced)");
	return values[GC_START] >= 0;
}

/* "gc 14 @": nothing but a cycle begins so. */
static bool begins_cycle(struct span line)
{
	return span_take(&line, "gc ") && !span_is_empty(span_take_digits(&line)) &&
	       span_take(&line, " @");
}

/* "gc187(8): 1000+0+29001+0 us, ..." of Go 1.4 */
static bool is_old(struct span line)
{
	return span_take(&line, "gc") && !span_is_empty(span_take_digits(&line)) &&
	       span_take(&line, "(") && !span_is_empty(span_take_digits(&line)) &&
	       span_take(&line, "): ");
}

/* What other switches of GODEBUG write, by how a line begins. */
static bool is_other(struct span line)
{
	static const char *const starts[] = {"scav ",  "scvg", "SCHED ", "pacer: ", "init ",
					     "scan: ", "  P",  "  M",    "  G",     "scav: "};

	for (size_t i = 0; i < COUNT(starts); i++)
		if (span_starts(line, starts[i]))
			return true;
	return false;
}

enum gctrace_line gctrace_line_read(struct span line, int64_t values[GC_COLUMN_COUNT])
{
	enum gctrace_line found = is_other(line) ? GCTRACE_OTHER : GCTRACE_NONE;
	const char *start = line.at, *at;

	while ((at = span_find(line, "gc")) && at - start <= LOG_PREFIX_LIMIT) {
		line.at = at;
		if (read_cycle(line, values))
			return GCTRACE_CYCLE;
		if (begins_cycle(line))
			found = GCTRACE_BROKEN;
		else if ((at == start || at[-1] == ' ') && is_old(line))
			found = GCTRACE_OLD;
		line.at += 2;
	}
	return found;
}
