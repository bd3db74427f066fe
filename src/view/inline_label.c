#include "view/inline_label.h"

#include "base/alloc.h"
#include "base/pair_map.h"
#include "base/parallel.h"
#include "view/edge_sums.h"

/*
 * A label follows from the edges into a function that are not below the
 * cutoff. Rows that were inlined somewhere are columns, kept nodes lines (0 is
 * for "none"), and an edge goes from a column to the line that calls it.
 *
 * Most columns need no walk over the samples. The frame into which a function
 * was inlined stands in the same location, so the edges that can give a label
 * are known beforehand (struct origin), and the weight of their locations
 * bounds them. For what is left the walk goes in rounds: a column is closed
 * when the rest of the samples cannot change its label, and steps of closed
 * columns are passed over.
 *
 *     locations  main            a>b (inlined)      b
 *     weight     90              60                 1
 *     origins                    a -> b, at most 60
 *     open       b, until a calls it without inlining, or to the end
 */

/* Parts of the samples behind which columns are closed, in 64ths. */
static const uint32_t rounds[] = {0, 2, 8, 24, 64};
#define ROUNDS (sizeof(rounds) / sizeof(rounds[0]) - 1)

/* How many open steps of a path are gathered before they are looked at. */
#define GATHERED 512

/*
 * What a location does to a walk. Of its steps only the first one that is
 * kept has a caller that varies.
 *
 *     steps   main, dropped, parse, read (inlined)
 *     first   main, plain       last   read       inner   main>parse, parse>read
 */
struct passage {
	uint32_t column : 30; /* 0: closed, or none */
	uint32_t plain : 1;
	uint32_t has_inner : 1;
	uint32_t last; /* line of the last kept step; 0: no step is kept */
};

struct inner_edge {
	uint32_t line, column; /* always inlined */
};

/* A caller into which a column was inlined somewhere; line 0: any caller. */
struct origin {
	uint32_t line, column;
	double weight; /* of the locations where it was: no less than the edge can have */
};

struct labels {
	const struct view *view;
	struct arena scratch;
	int64_t cutoff;
	unsigned slices, round;

	uint32_t *line, *column; /* by node, 0: none */
	uint32_t lines, columns;
	uint32_t *self;       /* by column: the line of the same node */
	bool *called;         /* by column: some step of it is not inlined */
	const char **verdict; /* by column: its label; NULL while open */

	const double *weight;   /* by location: struct function_table */
	struct pair_map pairs;  /* of origins: column, line */
	struct origin *origins; /* by pair */

	bool monotone; /* sums of values only grow on the way */

	struct passage *passages; /* by location */
	uint8_t *open;            /* by location: it has a step of an open column */
	struct inner_edge *inner; /* of location l: [inner_start[l], inner_start[l + 1]) */
	uint32_t *inner_start;

	struct edge_sums sums[PARALLEL_LIMIT];
};

/* Lines for the kept nodes, columns for the rows with an inlined step. */
static void number_nodes(struct labels *labels, const struct function_row *rows, uint32_t row_count,
			 const uint64_t *kept)
{
	const struct view *view = labels->view;
	uint8_t *inlined = arena_zero(&labels->scratch, view->node_count, sizeof(*inlined));

	labels->line = arena_zero(&labels->scratch, view->node_count, sizeof(*labels->line));
	labels->column = arena_zero(&labels->scratch, view->node_count, sizeof(*labels->column));
	labels->lines = labels->columns = 1;
	for (node_id i = 0; i < view->node_count; i++)
		if (!kept || bitset_has(kept, i))
			labels->line[i] = labels->lines++;
	for (uint32_t i = 0; i < view->step_start[view->profile->location_count]; i++)
		inlined[view->steps[i].node] |= view->steps[i].inlined;
	for (uint32_t i = 0; i < row_count; i++)
		if (inlined[rows[i].node] && labels->line[rows[i].node])
			labels->column[rows[i].node] = labels->columns++;
	labels->self = arena_zero(&labels->scratch, labels->columns, sizeof(*labels->self));
	for (node_id i = 0; i < view->node_count; i++)
		labels->self[labels->column[i]] = labels->line[i];
	labels->called = arena_zero(&labels->scratch, labels->columns, sizeof(*labels->called));
	labels->verdict = arena_zero(&labels->scratch, labels->columns, sizeof(*labels->verdict));
}

/* The samples of a slice between two parts in 64ths. */
struct range {
	uint32_t first, end;
};

static struct range slice_range(const struct labels *labels, unsigned slice, uint32_t from,
				uint32_t to)
{
	uint32_t count = labels->view->profile->sample_count;
	uint32_t start = parallel_start(count, labels->slices, slice);
	uint64_t length = parallel_start(count, labels->slices, slice + 1) - start;

	return (struct range){start + (uint32_t)(length * from / 64),
			      start + (uint32_t)(length * to / 64)};
}

/* Do sums of values only grow on the way? */
static bool sums_grow(const struct view *view)
{
	double total = 0;
	bool negative = false;

	for (uint32_t i = 0; i < view->profile->sample_count; i++) {
		negative = negative || view->values[i] < 0;
		total += (double)view->values[i];
	}
	return !negative && total < (double)((int64_t)1 << 62);
}

static void add_origin(struct labels *labels, uint32_t column, uint32_t line, double weight)
{
	size_t known = labels->pairs.count;
	uint32_t i = pair_map_add(&labels->pairs, column, line);

	if (i == known)
		labels->origins[i] = (struct origin){line, column, 0};
	labels->origins[i].weight += weight;
}

static void find_origins(struct labels *labels)
{
	const struct view *view = labels->view;
	uint32_t count = view->profile->location_count;

	labels->origins =
		arena_alloc(&labels->scratch, view->step_start[count] * sizeof(*labels->origins));
	for (location_id l = 0; l < count; l++) {
		uint32_t caller = 0;

		for (uint32_t i = view->step_start[l]; i < view->step_start[l + 1]; i++) {
			struct step step = view->steps[i];
			uint32_t line = labels->line[step.node], column = labels->column[step.node];

			if (!line)
				continue;
			if (column && !step.inlined)
				labels->called[column] = true;
			else if (column && line != caller)
				add_origin(labels, column, caller, labels->weight[l]);
			caller = line;
		}
	}
}

/* Closes the columns that no origin is heavy enough for; true if some stay open. */
static bool close_light(struct labels *labels)
{
	double *any = arena_zero(&labels->scratch, labels->columns, sizeof(*any));
	bool open = false;

	for (uint32_t i = 0; i < labels->columns; i++)
		labels->verdict[i] = "";
	for (size_t i = 0; i < labels->pairs.count; i++)
		if (!labels->origins[i].line)
			any[labels->origins[i].column] = labels->origins[i].weight;
	for (size_t i = 0; i < labels->pairs.count; i++) {
		const struct origin *origin = &labels->origins[i];
		double weight = origin->weight + (origin->line ? any[origin->column] : 0);

		/* The bound is a sum of rounded numbers. */
		if (weight * 1.000001 < (double)labels->cutoff)
			continue;
		labels->verdict[origin->column] = NULL;
		open = true;
	}
	return open;
}

static uint32_t open_column(const struct labels *labels, node_id node)
{
	uint32_t column = labels->column[node];

	return labels->verdict[column] ? 0 : column;
}

/* Adds the inner edges of a location and returns what it does to a walk. */
static struct passage make_passage(const struct labels *labels, location_id location,
				   uint32_t *inner_count)
{
	const struct view *view = labels->view;
	struct passage passage = {0};

	for (uint32_t i = view->step_start[location]; i < view->step_start[location + 1]; i++) {
		struct step step = view->steps[i];
		uint32_t line = labels->line[step.node], column = open_column(labels, step.node);

		if (!line)
			continue;
		if (!passage.last) {
			passage.column = column;
			passage.plain = !step.inlined;
		} else if (column) {
			labels->inner[(*inner_count)++] = (struct inner_edge){passage.last, column};
		}
		passage.last = line;
	}
	passage.has_inner = *inner_count > labels->inner_start[location];
	return passage;
}

static void make_passages(struct labels *labels)
{
	const struct view *view = labels->view;
	uint32_t location_count = view->profile->location_count, inner_count = 0;

	for (location_id i = 0; i < location_count; i++) {
		labels->inner_start[i] = inner_count;
		labels->passages[i] = make_passage(labels, i, &inner_count);
		labels->open[i] = labels->passages[i].column || labels->passages[i].has_inner;
	}
	labels->inner_start[location_count] = inner_count;
}

static void prepare_walk(struct labels *labels)
{
	const struct view *view = labels->view;
	uint32_t location_count = view->profile->location_count;

	labels->passages =
		arena_alloc(&labels->scratch, location_count * sizeof(*labels->passages));
	labels->open = arena_alloc(&labels->scratch, location_count);
	labels->inner = arena_alloc(&labels->scratch,
				    view->step_start[location_count] * sizeof(*labels->inner));
	labels->inner_start =
		arena_alloc(&labels->scratch, (location_count + 1) * sizeof(*labels->inner_start));
	for (unsigned i = 0; i < labels->slices; i++)
		edge_sums_init(&labels->sums[i], false);
}

static void add_location(struct labels *labels, unsigned slice, const struct edge_sample *sample,
			 struct path path, const location_id *at)
{
	struct edge_sums *sums = &labels->sums[slice];
	struct passage passage = labels->passages[*at];
	uint32_t caller = 0;

	for (const location_id *before = at; !caller && before > path.first;)
		caller = labels->passages[*--before].last;
	if (passage.column)
		edge_sums_add(sums, edge_name(passage.column, caller), sample, passage.plain,
			      false);
	if (!passage.has_inner)
		return;
	for (uint32_t i = labels->inner_start[*at]; i < labels->inner_start[*at + 1]; i++)
		edge_sums_add(sums, edge_name(labels->inner[i].column, labels->inner[i].line),
			      sample, false, false);
}

/*
 * Gathers the open locations without a branch that depends on them, as the
 * processor could not foresee it, and then looks at those.
 */
static void add_path(struct labels *labels, unsigned slice, const struct edge_sample *sample,
		     struct path path)
{
	const location_id *gathered[GATHERED], *at = path.first;

	while (at < path.end) {
		const location_id *stop = path.end - at > GATHERED ? at + GATHERED : path.end;
		uint32_t count = 0;

		for (; at < stop; at++) {
			gathered[count] = at;
			count += labels->open[*at];
		}
		for (uint32_t i = 0; i < count; i++)
			add_location(labels, slice, sample, path, gathered[i]);
	}
}

static void add_slice(void *context, unsigned slice)
{
	struct labels *labels = context;
	const struct view *view = labels->view;
	struct range range =
		slice_range(labels, slice, rounds[labels->round], rounds[labels->round + 1]);

	for (uint32_t i = range.first; i < range.end; i++) {
		struct edge_sample sample = {.number = i + 1, .value = view->values[i]};
		struct path path;

		/* As in a call graph: samples that weigh nothing make no edges. */
		if (!view->values[i] && !(view->divisors && view->divisors[i]))
			continue;
		if (view_path(view, i, &path))
			add_path(labels, slice, &sample, path);
	}
}

/* What the edges into a column say so far. */
struct evidence {
	bool inlined, called; /* by edges that reach the cutoff */
	bool possible;        /* some origin has not called it without inlining */
};

static void weigh_evidence(const struct labels *labels, const struct edge_sums *sums,
			   struct evidence *evidence)
{
	for (size_t i = 0; i < sums->cell_count; i++) {
		const struct edge_cell *cell = &sums->cells[i];
		uint32_t column = edge_caller(cell->edge), line = edge_callee(cell->edge);

		/* A node does not call itself; line 0 is no caller. */
		if (!cell->edge || !line || line == labels->self[column] ||
		    wrap_absolute(cell->weight) < labels->cutoff)
			continue;
		if (cell->called)
			evidence[column].called = true;
		else
			evidence[column].inlined = true;
	}
	for (size_t i = 0; i < labels->pairs.count; i++) {
		const struct origin *origin = &labels->origins[i];
		size_t at = edge_sums_find(sums, edge_name(origin->column, origin->line));

		if (!origin->line || !sums->cells[at].called)
			evidence[origin->column].possible = true;
	}
}

/* Closes the columns that the rest of the samples cannot change; true if some stay open. */
static bool close_columns(struct labels *labels, bool last)
{
	struct evidence *evidence =
		arena_zero(&labels->scratch, labels->columns, sizeof(*evidence));
	struct edge_sums sums;
	bool open = false;

	edge_sums_init(&sums, false);
	for (unsigned i = 0; i < labels->slices; i++)
		edge_sums_merge(&sums, &labels->sums[i]);
	weigh_evidence(labels, &sums, evidence);
	edge_sums_clear(&sums);
	for (uint32_t i = 1; i < labels->columns; i++) {
		const struct evidence *found = &evidence[i];

		if (labels->verdict[i])
			continue;
		if (!found->possible)
			labels->verdict[i] = "";
		else if (last || (labels->monotone && !labels->called[i] && found->inlined))
			labels->verdict[i] = inline_label(found->inlined, found->called);
		open = open || !labels->verdict[i];
	}
	return open;
}

static void walk_rounds(struct labels *labels)
{
	bool open = true;

	prepare_walk(labels);
	for (labels->round = 0; open && labels->round < ROUNDS; labels->round++) {
		make_passages(labels);
		parallel_run(labels->slices, add_slice, labels);
		open = close_columns(labels, labels->round + 1 == ROUNDS);
	}
	for (unsigned i = 0; i < labels->slices; i++)
		edge_sums_clear(&labels->sums[i]);
}

void inline_label_build(const struct view *view, const struct function_table *table,
			uint32_t row_count, const uint64_t *kept, int64_t cutoff,
			const char **label)
{
	const struct function_row *rows = table->rows;
	struct labels labels = {.view = view, .cutoff = cutoff, .weight = table->location_weight};

	number_nodes(&labels, rows, row_count, kept);
	labels.slices = parallel_slices(view->profile->path_start[view->profile->sample_count]);
	labels.monotone = sums_grow(view);
	find_origins(&labels);
	if (close_light(&labels))
		walk_rounds(&labels);
	for (uint32_t i = 0; i < row_count; i++)
		label[i] = labels.verdict[labels.column[rows[i].node]];
	pair_map_clear(&labels.pairs);
	arena_clear(&labels.scratch);
}
