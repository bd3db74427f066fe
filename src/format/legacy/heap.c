/* SPDX-License-Identifier: MIT */
/*
 * Heap profiles in text, by tcmalloc and by Go (debug=1):
 *
 *     heap profile: 3: 1990656 [3650: 2421964800] @ heap/1048576
 *     3: 1990656 [3650: 2421964800] @ 0x4ce58f 0x693e16
 *
 * In brackets stands what was allocated since the start, before them what is
 * in use. The word behind @ says how the allocations were sampled.
 */
#include <string.h>

#include "format/legacy/legacy.h"
#include "format/list.h"
#include "format/go/mem_stats.h"

#define KIND "heap profile"

struct header {
	bool sampled; /* values must be scaled up */
	bool go;      /* by Go, which ends with runtime.MemStats */
	bool with_allocations;
	int64_t period;
};

struct heap {
	struct lines lines;
	struct legacy legacy;
	struct header header;
	bool complete; /* the last of what Go writes was seen */
};

/* The figures of a header or a row: objects in use, their bytes, and both ever allocated. */
struct figures {
	struct span objects, size, all_objects, all_size;
};

/* "N: N", with blanks after the colon. */
static bool take_pair(struct span *line, bool may_be_negative, struct span *first,
		      struct span *second)
{
	const char *start = line->at;

	if (may_be_negative)
		span_take(line, "-");
	if (span_is_empty(span_take_digits(line)))
		return false;
	*first = (struct span){start, line->at};
	if (!span_take(line, ":"))
		return false;
	span_skip_blanks(line);
	start = line->at;
	if (may_be_negative)
		span_take(line, "-");
	if (span_is_empty(span_take_digits(line)))
		return false;
	*second = (struct span){start, line->at};
	return true;
}

/* "N: N [N: N]" */
static bool take_figures(struct span *line, bool may_be_negative, struct figures *figures)
{
	if (!take_pair(line, may_be_negative, &figures->objects, &figures->size))
		return false;
	span_skip_blanks(line);
	if (!span_take(line, "["))
		return false;
	span_skip_blanks(line);
	if (!take_pair(line, false, &figures->all_objects, &figures->all_size))
		return false;
	span_skip_blanks(line);
	return span_take(line, "]");
}

static bool spans_equal(struct span a, struct span b)
{
	return span_length(a) == span_length(b) &&
	       (span_is_empty(a) || !memcmp(a.at, b.at, span_length(a)));
}

/* True if the figure in brackets says more than the one before them. */
static bool says_more(struct span all, struct span in_use)
{
	return !spans_equal(all, in_use) && !span_equals(all, "0");
}

/* The word behind @ and what may follow it: "heap/1048576". */
static bool parse_sampling(struct span line, const struct figures *figures, struct header *header)
{
	struct span word = {line.at, line.at}, digits;

	while (word.end < line.end && (char_is_digit(*word.end) || *word.end == '_' ||
				       (*word.end >= 'a' && *word.end <= 'z')))
		word.end++;
	line.at = word.end;
	span_take(&line, "/");
	digits = span_take_digits(&line);
	*header = (struct header){.sampled = true};
	if (!span_is_empty(digits) && !span_decimal(digits, &header->period))
		return false;
	header->with_allocations = says_more(figures->all_objects, figures->objects) ||
				   says_more(figures->all_size, figures->size);
	if (span_equals(word, "heapz_v2") || span_equals(word, "heap_v2"))
		return true;
	if (span_equals(word, "heap")) {
		/* Go writes twice the rate, for tools that took the figure for an interval. */
		header->period /= 2;
		header->go = true;
		return true;
	}
	header->sampled = false;
	header->period = 1;
	return span_equals(word, "heapprofile");
}

static bool parse_header(struct span line, struct header *header)
{
	for (const char *at; (at = span_find(line, KIND ":")); line.at = at + 1) {
		struct span rest = {at, line.end};
		struct figures figures;
		size_t blanks;

		span_take(&rest, KIND ":");
		span_skip_blanks(&rest);
		if (!take_figures(&rest, false, &figures))
			continue;
		blanks = span_skip_blanks(&rest);
		if (!span_take(&rest, "@"))
			continue;
		if (blanks == 1 &&
		    (span_starts(rest, " growth") || span_starts(rest, " fragmentation"))) {
			*header = (struct header){.period = 1};
			return true;
		}
		span_skip_blanks(&rest);
		if (span_starts(rest, "heap"))
			return parse_sampling(rest, &figures, header);
	}
	return false;
}

/* Adds the values of one pair; false if there are bytes but no objects. */
static bool add_values(const struct header *header, int64_t objects, int64_t size, int64_t *values,
		       int64_t *block_size)
{
	if (objects == 0 && size != 0)
		return false;
	if (objects != 0)
		*block_size = legacy_divide(size, objects);
	if (objects != 0 && header->sampled)
		legacy_unsample(&objects, &size, header->period);
	values[0] = objects;
	values[1] = size;
	return true;
}

/* Finds "N: N [N: N] @" anywhere in the line; `line` is then what follows. */
static bool find_figures(struct span *line, struct figures *figures)
{
	struct span rest = *line;

	while (!span_is_empty(rest)) {
		struct span row = rest;

		if (take_figures(&row, true, figures) && span_take(&row, " @")) {
			*line = row;
			return true;
		}
		/* A number that does not fit does not fit from its middle either. */
		if (span_is_empty(span_take_digits(&rest)))
			rest.at++;
	}
	return false;
}

/* What keeps a line that begins as a header from being one. */
static bool header_error(struct heap *heap, struct span line, struct error *error)
{
	const char *minus = span_find(line, "-");

	if (minus && minus + 1 < line.end && char_is_digit(minus[1]))
		return lines_broken(&heap->lines, KIND,
				    "has a negative sum: a counter of the program that wrote it "
				    "overflowed",
				    error);
	return lines_broken(&heap->lines, KIND,
			    "is no header like \"" KIND ": 1: 512 [3: 1536] @ heap/1048576\"",
			    error);
}

static bool read_row(struct heap *heap, struct span line, struct error *error)
{
	bool with_allocations = heap->header.with_allocations;
	struct figures figures;
	int64_t objects, size, all_objects, all_size, values[4], block_size = 0;
	uint32_t count = 0;

	if (span_starts(line, KIND ":") || !find_figures(&line, &figures))
		return lines_broken(&heap->lines, KIND,
				    "is no row like \"1: 512 [3: 1536] @ 0x4711\"", error);
	if (!span_decimal(figures.objects, &objects) || !span_decimal(figures.size, &size) ||
	    !span_decimal(figures.all_objects, &all_objects) ||
	    !span_decimal(figures.all_size, &all_size))
		return lines_broken(&heap->lines, KIND, "has a number of more than 64 bits", error);
	if (with_allocations) {
		if (!add_values(&heap->header, all_objects, all_size, values, &block_size))
			return lines_broken(&heap->lines, KIND, "has 0 allocations of some bytes",
					    error);
		count = 2;
	}
	if (!add_values(&heap->header, objects, size, values + count, &block_size))
		return lines_broken(&heap->lines, KIND, "has 0 objects of some bytes", error);
	legacy_begin(&heap->legacy);
	if (!legacy_push_all(&heap->legacy, legacy_address_part(line), 1))
		return lines_broken(&heap->lines, KIND, "has an address of more than 64 bits",
				    error);
	legacy_sample(&heap->legacy, values, count + 2, &block_size);
	return true;
}

static void add_types(struct heap *heap)
{
	struct legacy *legacy = &heap->legacy;

	legacy_period(legacy, "space", "bytes", heap->header.period);
	/* What is in use comes last: the last type is the one shown. */
	if (heap->header.with_allocations) {
		legacy_type(legacy, "alloc_objects", "count");
		legacy_type(legacy, "alloc_space", "bytes");
		legacy_type(legacy, "inuse_objects", "count");
		legacy_type(legacy, "inuse_space", "bytes");
	} else {
		legacy_type(legacy, "objects", "count");
		legacy_type(legacy, "space", "bytes");
	}
}

/* A note to a row, or the trailer. */
static void read_comment(struct heap *heap, struct span line)
{
	struct profile *profile = builder_profile(heap->legacy.builder);

	heap->complete = heap->complete || mem_stats_ends(line);
	if (profile->mem_stats)
		mem_stats_read(profile->mem_stats, line);
	else if (mem_stats_starts(line))
		profile->mem_stats = arena_zero(&profile->arena, 1, sizeof(*profile->mem_stats));
	else
		legacy_comment(&heap->legacy, line);
}

/* Says that the end is missing, as far as the text shows it. */
static void report_cut(const struct heap *heap)
{
	if (heap->lines.open)
		lines_warn_cut(&heap->lines, heap->legacy.builder, "profile");
	else if (heap->header.go && !heap->complete)
		builder_warn(heap->legacy.builder,
			     "the text ends before the end of runtime.MemStats: it is a partial "
			     "profile; capture it again");
}

static bool read_rows(struct heap *heap, struct error *error)
{
	struct span line = {0};
	struct error problem;
	bool more;

	if (!lines_next(&heap->lines, &line, &more, error))
		return false;
	if (!more || !parse_header(line, &heap->header))
		return header_error(heap, line, error);
	add_types(heap);
	for (;;) {
		line = (struct span){0};
		if (!lines_next(&heap->lines, &line, &more, error))
			return false;
		if (more && span_is_comment(line))
			read_comment(heap, line);
		else if (!more || memory_map_starts(line))
			break;
		else if (!lines_excuse(&heap->lines, read_row(heap, line, &problem), &problem,
				       error))
			return false;
	}
	report_cut(heap);
	return legacy_finish(&heap->legacy, &heap->lines, line, LEGACY_MAP_BEHIND_MARK, error);
}

static bool read_heap(struct input *input, struct builder *builder, struct error *error)
{
	struct heap heap = {0};
	bool good;

	lines_init(&heap.lines, input);
	legacy_init(&heap.legacy, builder, input);
	good = read_rows(&heap, error);
	legacy_clear(&heap.legacy);
	lines_clear(&heap.lines);
	return good;
}

static int probe_heap(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line;
	struct header header;

	if (!span_take_line(&head, &line))
		return 0;
	if (parse_header(line, &header))
		return 95;
	/* Nothing else begins so: what is wrong in the line can be told. */
	return span_starts(line, KIND ":") ? FORMAT_UNCERTAIN + 1 : 0;
}

const struct format format_heap = {
	.name = "heap",
	.summary = "heap profile as text: Go debug=1, tcmalloc, growth",
	.probe = probe_heap,
	.prefixed = true,
	.unanchored = true,
	.read = read_heap,
};
