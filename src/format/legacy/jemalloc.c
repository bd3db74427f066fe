/* SPDX-License-Identifier: MIT */
/*
 * The heap profiles of jemalloc (MALLOC_CONF=prof:true, prof.dump):
 *
 *     heap_v2/524288
 *       t*: 608: 644028 [0: 0]
 *     @ 0x7f37580a2630 0x7f37580a2d21
 *       t*: 593: 609625 [0: 0]        objects: bytes in use [allocated so far]
 *       t0: 593: 609625 [0: 0]        the same of one thread
 *
 *     MAPPED_LIBRARIES:
 *
 * What was sampled stands beside what it stands for, which is shown first:
 * jeprof's estimate, from the average distance of samples in the first line.
 */
#include "format/legacy/legacy.h"
#include "format/list.h"

struct jemalloc {
	struct legacy legacy;
	struct lines lines;
	int64_t rate;
	bool in_stack;
	uint64_t stacks;
};

struct figures {
	int64_t objects, bytes, all_objects, all_bytes;
};

static bool take_number(struct span *line, int64_t *number)
{
	struct span digits;

	span_skip_blanks(line);
	digits = span_take_digits(line);
	return span_decimal(digits, number);
}

/* "  t*: 608: 644028 [0: 0]" */
static bool parse_totals(struct span line, struct figures *figures)
{
	span_skip_space(&line);
	if (!span_take(&line, "t*:") || !take_number(&line, &figures->objects) ||
	    !span_take(&line, ":") || !take_number(&line, &figures->bytes))
		return false;
	span_skip_blanks(&line);
	return span_take(&line, "[") && take_number(&line, &figures->all_objects) &&
	       span_take(&line, ":") && take_number(&line, &figures->all_bytes) &&
	       span_take(&line, "]");
}

static void add_sample(struct jemalloc *heap, const struct figures *figures)
{
	struct figures real = *figures;
	int64_t block = legacy_divide(figures->bytes, figures->objects);

	legacy_unsample(&real.objects, &real.bytes, heap->rate);
	legacy_sample(&heap->legacy,
		      (int64_t[]){figures->objects, figures->bytes, real.objects, real.bytes}, 4,
		      figures->objects ? &block : NULL);
}

static bool read_row(struct jemalloc *heap, struct span line, struct error *error)
{
	struct figures figures;

	if (span_starts(line, "@")) {
		legacy_begin(&heap->legacy);
		heap->in_stack = true;
		if (!legacy_push_all(&heap->legacy, line, 1))
			return lines_broken(&heap->lines, "heap profile",
					    "has an address of more than 64 bits", error);
		return true;
	}
	if (heap->in_stack && parse_totals(line, &figures)) {
		add_sample(heap, &figures);
		heap->in_stack = false;
		heap->stacks++;
	}
	return true;
}

static bool parse_rate(struct span line, int64_t *rate)
{
	line = span_trim(line);
	return span_take(&line, "heap_v2/") && span_decimal(line, rate) && *rate > 0;
}

static bool read_rows(struct jemalloc *heap, struct error *error)
{
	struct span line;
	bool more;

	if (!lines_next(&heap->lines, &line, &more, error))
		return false;
	if (!more || !parse_rate(line, &heap->rate))
		return lines_broken(&heap->lines, "heap profile", "is no \"heap_v2/RATE\"", error);
	legacy_period(&heap->legacy, "space", "bytes", heap->rate);
	legacy_type(&heap->legacy, "sampled_objects", "count");
	legacy_type(&heap->legacy, "sampled_space", "bytes");
	legacy_type(&heap->legacy, "inuse_objects", "count");
	legacy_type(&heap->legacy, "inuse_space", "bytes");
	for (;;) {
		if (!lines_next(&heap->lines, &line, &more, error))
			return false;
		if (!more || memory_map_starts(line))
			break;
		if (!read_row(heap, line, error))
			return false;
	}
	if (!more)
		lines_warn_cut(&heap->lines, heap->legacy.builder, "profile");
	return legacy_finish(&heap->legacy, &heap->lines, line,
			     more ? LEGACY_MAP_HERE : LEGACY_MAP_BEHIND_MARK, error);
}

static bool read_jemalloc(struct input *input, struct builder *builder, struct error *error)
{
	struct jemalloc heap = {0};
	bool good;

	lines_init(&heap.lines, input);
	legacy_init(&heap.legacy, builder, input);
	good = read_rows(&heap, error);
	legacy_clear(&heap.legacy);
	lines_clear(&heap.lines);
	return good;
}

static int probe_jemalloc(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line;
	int64_t rate;

	return span_take_line(&head, &line) && parse_rate(line, &rate) ? 95 : 0;
}

const struct format format_jemalloc = {
	.name = "jemalloc",
	.summary = "heap profile of jemalloc (heap_v2)",
	.probe = probe_jemalloc,
	.prefixed = true,
	.read = read_jemalloc,
};
