/* SPDX-License-Identifier: MIT */
#include "diagnose/rules/escape.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "profile/unit.h"

#define PLACE_ROWS 20
#define SHORT_LIVED 10 /* times as much is allocated as stays */
#define POOL_OBJECTS 1000

enum cost { ALLOCATED, ALLOCATED_OBJECTS, USED, USED_OBJECTS, COST_COUNT };

/* A line of the program that the compiler names; costs of the whole line stand at its first place. */
struct place {
	const char *file, *message;
	int64_t line;
	uint32_t others; /* more messages of this line */
	double costs[COST_COUNT];
	function_id function; /* that allocated most there, of the heap profile */
	double most;
};

struct join {
	const struct subject *escapes, *heap;
	struct place *places; /* by line, then file */
	size_t count;
	double total;
};

static int compare_lines(const void *a, const void *b)
{
	const struct place *left = a, *right = b;
	int order = (left->line > right->line) - (left->line < right->line);

	return order ? order : strcmp(left->file, right->file);
}

static int compare_costs(const void *a, const void *b)
{
	const struct place *left = a, *right = b;

	return (left->costs[ALLOCATED] < right->costs[ALLOCATED]) -
	       (left->costs[ALLOCATED] > right->costs[ALLOCATED]);
}

/* The places that the view keeps, one of each line. */
static void collect_places(struct join *join)
{
	const struct profile *profile = join->escapes->view->profile;
	struct path path;
	size_t kept = 0;

	join->places = alloc_zero((size_t)profile->sample_count + 1, sizeof(*join->places));
	for (uint32_t i = 0; i < profile->sample_count; i++) {
		const struct frame *frame;

		if (!view_path(join->escapes->view, i, &path) || path.first == path.end)
			continue;
		frame = &profile->frames[profile->locations[profile_location(profile, path.first)]
						 .first_frame];
		join->places[join->count++] = (struct place){
			.file = profile_text(profile, profile->functions[frame->function].file),
			.message = profile_text(profile, profile->functions[frame->function].name),
			.line = frame->line,
			.function = NONE,
		};
	}
	qsort(join->places, join->count, sizeof(*join->places), compare_lines);
	for (size_t i = 0; i < join->count; i++) {
		if (kept && !compare_lines(&join->places[kept - 1], &join->places[i]))
			join->places[kept - 1].others++;
		else
			join->places[kept++] = join->places[i];
	}
	join->count = kept;
}

/* One path is the end of the other, directory by directory: -trimpath and modules put different things in front. */
static bool same_file(const char *a, const char *b)
{
	size_t long_length = strlen(a), length = strlen(b);
	const char *longer = a, *shorter = b;

	if (length > long_length) {
		longer = b;
		shorter = a;
		length = long_length;
		long_length = strlen(b);
	}
	return length && !strcmp(longer + long_length - length, shorter) &&
	       (length == long_length || longer[long_length - length - 1] == '/' ||
		*shorter == '/');
}

static struct place *find_place(const struct join *join, const char *file, int64_t line)
{
	size_t at = array_partition(0, join->count, i, join->places[i].line < line);

	for (; at < join->count && join->places[at].line == line; at++)
		if (same_file(join->places[at].file, file))
			return &join->places[at];
	return NULL;
}

static bool is_runtime(const struct profile *profile, function_id function)
{
	return function != NONE && strncmp(profile_text(profile, profile->functions[function].name),
					   "runtime.", 8) == 0;
}

/* The location that allocates: the one nearest the leaf that is not all of the runtime. */
static location_id site_of(const struct profile *profile, struct path path)
{
	while (path.end > path.first) {
		location_id site = profile_location(profile, --path.end);
		const struct location *location = &profile->locations[site];

		for (uint32_t i = 0; i < location->line_count; i++)
			if (!is_runtime(profile,
					profile->frames[location->first_frame + i].function))
				return site;
	}
	return NONE;
}

/* Of a location, the innermost line that the compiler names: what it inlined counts for the caller's line. */
static void charge(const struct join *join, location_id site, const double costs[COST_COUNT])
{
	const struct profile *profile = join->heap->view->profile;
	const struct location *location = &profile->locations[site];

	for (uint32_t i = 0; i < location->line_count; i++) {
		const struct frame *frame = &profile->frames[location->first_frame + i];
		struct place *place;

		if (frame->function == NONE)
			continue;
		place = find_place(join,
				   profile_text(profile, profile->functions[frame->function].file),
				   frame->line);
		if (!place)
			continue;
		for (int c = 0; c < COST_COUNT; c++)
			place->costs[c] += costs[c];
		if (costs[ALLOCATED] >= place->most) {
			place->most = costs[ALLOCATED];
			place->function = frame->function;
		}
		return;
	}
}

static void charge_all(struct join *join)
{
	static const char *const types[COST_COUNT] = {"alloc_space", "alloc_objects", "inuse_space",
						      "inuse_objects"};
	const struct profile *profile = join->heap->view->profile;
	double(*costs)[COST_COUNT] =
		alloc_zero((size_t)profile->location_count + 1, sizeof(*costs));
	const int64_t *columns[COST_COUNT];
	struct path path;

	for (int c = 0; c < COST_COUNT; c++)
		columns[c] = subject_column(join->heap, types[c]);
	for (uint32_t i = 0; i < profile->sample_count; i++) {
		location_id site =
			view_path(join->heap->view, i, &path) ? site_of(profile, path) : NONE;

		for (int c = 0; c < COST_COUNT && site != NONE; c++)
			costs[site][c] += columns[c] ? (double)columns[c][i] : 0;
		join->total += columns[ALLOCATED] ? (double)columns[ALLOCATED][i] : 0;
	}
	for (location_id i = 0; i < profile->location_count; i++)
		if (costs[i][ALLOCATED] > 0 || costs[i][USED] > 0)
			charge(join, i, costs[i]);
	free(costs);
}

static const char *bytes_text(double bytes, char label[UNIT_LABEL_SIZE])
{
	unit_label((int64_t)bytes, "bytes", "auto", label);
	return label;
}

static void add_pool(const struct join *join, const struct place *place, struct findings *findings)
{
	char allocated[UNIT_LABEL_SIZE], used[UNIT_LABEL_SIZE];
	struct finding *finding = findings_add(
		findings, SEVERITY_NOTE, "sync-pool",
		findings_text(findings, "%s:%lld is worth a sync.Pool", place->file,
			      (long long)place->line),
		"keep these objects for reuse (sync.Pool, a buffer of the caller), or keep them off the "
		"heap: the message says what moves them there");

	finding->weight = 100 * place->costs[ALLOCATED] / join->total;
	finding->evidence = findings_text(
		findings, "%s: %s in %.0f objects allocated, %.1f %% of %s; %s still in use",
		place->message, bytes_text(place->costs[ALLOCATED], allocated),
		place->costs[ALLOCATED_OBJECTS], 100 * place->costs[ALLOCATED] / join->total,
		join->heap->name, bytes_text(place->costs[USED], used));
	if (place->function != NONE)
		finding_add_jump(findings, finding, JUMP_FUNCTION, join->heap->number,
				 subject_function(join->heap, place->function));
}

static void write_places(const struct join *join, struct findings *findings)
{
	static const char *const columns[] = {"line", "allocated", "objects", "in use", "message"};
	char label[UNIT_LABEL_SIZE];
	struct table *table = findings_add_table(
		findings, "escapes",
		findings_text(findings, "Lines that the compiler moves to the heap, by %s",
			      join->heap->name),
		columns, 5);

	for (size_t i = 0; i < join->count && i < PLACE_ROWS; i++) {
		const struct place *place = &join->places[i];

		if (place->costs[ALLOCATED] <= 0 && place->costs[USED] <= 0)
			break;
		table_add_text(
			findings, table,
			findings_text(findings, "%s:%lld", place->file, (long long)place->line));
		table_add_number(findings, table, place->costs[ALLOCATED], "%s",
				 bytes_text(place->costs[ALLOCATED], label));
		table_add_number(findings, table, place->costs[ALLOCATED_OBJECTS], "%.0f",
				 place->costs[ALLOCATED_OBJECTS]);
		table_add_number(findings, table, place->costs[USED], "%s",
				 bytes_text(place->costs[USED], label));
		table_add_text(findings, table,
			       place->others ? findings_text(findings, "%s, and %u more",
							     place->message, place->others)
					     : place->message);
	}
}

void escape_join(const struct subject *escapes, const struct subject *heap,
		 const struct thresholds *thresholds, struct findings *findings)
{
	struct join join = {.escapes = escapes, .heap = heap};

	collect_places(&join);
	charge_all(&join);
	qsort(join.places, join.count, sizeof(*join.places), compare_costs);
	write_places(&join, findings);
	for (size_t i = 0; i < join.count; i++) {
		const struct place *place = &join.places[i];

		if (place->costs[ALLOCATED] * 100 <
			    join.total * thresholds->values[THRESHOLD_POOL] ||
		    place->costs[ALLOCATED] <= 0)
			break;
		if (place->costs[ALLOCATED_OBJECTS] >= POOL_OBJECTS &&
		    place->costs[ALLOCATED] >= SHORT_LIVED * place->costs[USED])
			add_pool(&join, place, findings);
	}
	free(join.places);
}
