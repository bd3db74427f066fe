/* SPDX-License-Identifier: MIT */
#include "format/go/mem_stats.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

static const struct {
	const char *name;
	size_t field;
} numbers[] = {
	{"TotalAlloc", offsetof(struct mem_stats, total_alloc)},
	{"HeapAlloc", offsetof(struct mem_stats, heap_alloc)},
	{"HeapObjects", offsetof(struct mem_stats, heap_objects)},
	{"NextGC", offsetof(struct mem_stats, next_gc)},
	{"LastGC", offsetof(struct mem_stats, last_gc)},
	{"NumGC", offsetof(struct mem_stats, cycles)},
	{"NumForcedGC", offsetof(struct mem_stats, forced_cycles)},
	{"MaxRSS", offsetof(struct mem_stats, max_rss)},
};

bool mem_stats_starts(struct span line)
{
	return span_equals(span_trim(line), "# runtime.MemStats");
}

bool mem_stats_ends(struct span line)
{
	return span_starts(line, "# DebugGC = ");
}

/* A share between 0 and 1; anything else is none. */
static double parse_fraction(struct span value)
{
	char digits[40] = "";
	double fraction;

	if (span_length(value) < sizeof(digits))
		memcpy(digits, value.at, span_length(value));
	fraction = strtod(digits, NULL);
	return isfinite(fraction) && fraction >= 0 && fraction <= 1 ? fraction : 0;
}

/* "[77886 31858 ...]" */
static void read_pauses(struct mem_stats *stats, struct span value)
{
	span_take(&value, "[");
	for (size_t i = 0; i < MEM_STATS_PAUSES; i++) {
		if (!span_decimal(span_take_digits(&value), &stats->pauses[i]))
			return;
		span_skip_blanks(&value);
	}
}

void mem_stats_read(struct mem_stats *stats, struct span line)
{
	struct span name;

	if (!span_take(&line, "# "))
		return;
	name = span_take_word(&line);
	if (!span_take(&line, " = "))
		return;
	line = span_trim(line);
	if (span_equals(name, "PauseNs"))
		read_pauses(stats, line);
	else if (span_equals(name, "GCCPUFraction"))
		stats->gc_cpu_fraction = parse_fraction(line);
	for (size_t i = 0; i < COUNT(numbers); i++)
		if (span_equals(name, numbers[i].name))
			span_decimal(line, (int64_t *)((char *)stats + numbers[i].field));
}
