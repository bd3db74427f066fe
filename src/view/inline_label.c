#include "view/inline_label.h"

#include "base/alloc.h"
#include "base/parallel.h"
#include "view/call_graph.h"

/*
 * Edges are sums in a matrix, a line for each kept node as the caller, a
 * column for each row of the table that was inlined somewhere. Line 0 is for
 * "no caller", column 0 for all other nodes: nobody reads these, but the walk
 * has one way for every step. What it does at a step must not depend on a
 * branch that the processor cannot foresee: such branches were most of the
 * time of a walk.
 *
 * A big matrix does not fit into a cache. But nearly all edges are below the
 * cutoff, so a first walk adds up the lines of a bucket together; where even
 * that stays below the cutoff, the second walk need not look.
 *
 *     first   column x bucket: an upper bound        second   only what is hot
 *             a: 0 . 9 . . 1 . .                 ->           a, lines of bucket 2
 *             b: 1 0 . . . . . 2                              (b has no label)
 */
#define BUCKET_BITS 5
#define BUCKETS ((uint32_t)1 << BUCKET_BITS)

/* Matrices up to this size are fast without a first walk. */
#define SMALL_MATRIX ((uint64_t)32 * 1024)

/* Beyond it the graph is built: no cutoff and a program of many functions. */
#define CELL_LIMIT ((uint64_t)4 * 1024 * 1024)

/* An edge. */
struct cell {
	int64_t weight;
	uint32_t seen;  /* the last sample (from 1) that had the edge; 0: none */
	uint32_t plain; /* 1: the callee was not always inlined into the caller */
};

/*
 * What a location does to a walk. Of its steps only the first one that is
 * kept has a caller that varies.
 *
 *     steps   main, dropped, parse, read (inlined)
 *     first   main, plain       last   read       inner   main>parse, parse>read
 */
struct passage {
	uint32_t column : 30;
	uint32_t plain : 1;
	uint32_t has_inner : 1;
	uint32_t last; /* line of the last kept step; 0: no step is kept */
};

struct inner_edge {
	uint32_t line;
	uint32_t column : 31;
	uint32_t plain : 1;
};

struct labels {
	const struct view *view;
	struct arena scratch;
	uint32_t *line;   /* by node, 0: not kept */
	uint32_t *column; /* by node, 0: no label to find */
	uint32_t lines, columns;
	uint32_t *
		inlining; /* by column: bits of the buckets with callers that it was inlined into */

	struct passage *passages; /* by location */
	struct inner_edge *inner; /* of location l: [inner_start[l], inner_start[l + 1]) */
	uint32_t *inner_start;

	int64_t cutoff;
	unsigned slices;
	uint64_t *bounds[PARALLEL_LIMIT]; /* by column and bucket */
	uint32_t *first_cell;             /* by column and bucket; 0: not hot */
	uint64_t cell_count;
	struct cell *cells[PARALLEL_LIMIT];
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
	labels->inlining = arena_zero(&labels->scratch, labels->columns, sizeof(*labels->inlining));
}

/* Adds the inner edges of a location and returns what it does to a walk. */
static struct passage make_passage(const struct labels *labels, location_id location,
				   uint32_t *inner_count)
{
	const struct view *view = labels->view;
	uint32_t inner_start = *inner_count;
	struct passage passage = {0};

	for (uint32_t i = view->step_start[location]; i < view->step_start[location + 1]; i++) {
		struct step step = view->steps[i];
		uint32_t line = labels->line[step.node], column = labels->column[step.node];

		if (!line)
			continue;
		/* With a dropped node before it, an inlined step may have any caller. */
		if (step.inlined)
			labels->inlining[column] |=
				passage.last ? (uint32_t)1 << passage.last % BUCKETS : UINT32_MAX;
		if (!passage.last) {
			passage.column = column;
			passage.plain = !step.inlined;
		} else if (column) {
			labels->inner[(*inner_count)++] =
				(struct inner_edge){passage.last, column, !step.inlined};
		}
		passage.last = line;
	}
	passage.has_inner = *inner_count > inner_start;
	return passage;
}

static void make_passages(struct labels *labels)
{
	const struct view *view = labels->view;
	uint32_t location_count = view->profile->location_count, inner_count = 0;

	labels->passages =
		arena_alloc(&labels->scratch, location_count * sizeof(*labels->passages));
	labels->inner = arena_alloc(&labels->scratch,
				    view->step_start[location_count] * sizeof(*labels->inner));
	labels->inner_start =
		arena_alloc(&labels->scratch, (location_count + 1) * sizeof(*labels->inner_start));
	for (location_id i = 0; i < location_count; i++) {
		labels->inner_start[i] = inner_count;
		labels->passages[i] = make_passage(labels, i, &inner_count);
	}
	labels->inner_start[location_count] = inner_count;
}

/* What a walk does at an edge; stops at the cutoff, so nothing overflows. */
static inline void add_bound(const struct labels *labels, unsigned slice, uint32_t line,
			     uint32_t column, uint64_t value)
{
	uint64_t *bound = &labels->bounds[slice][column * BUCKETS + line % BUCKETS];
	uint64_t sum = *bound + value, cutoff = (uint64_t)labels->cutoff;

	*bound = sum < cutoff ? sum : cutoff;
}

static void bound_path(const struct labels *labels, unsigned slice, uint64_t value,
		       struct path path)
{
	uint32_t caller = 0;

	for (; path.first < path.end; path.first++) {
		struct passage passage = labels->passages[*path.first];

		add_bound(labels, slice, caller, passage.column, value);
		caller = passage.last ? passage.last : caller;
		if (!passage.has_inner)
			continue;
		for (uint32_t i = labels->inner_start[*path.first];
		     i < labels->inner_start[*path.first + 1]; i++)
			add_bound(labels, slice, labels->inner[i].line, labels->inner[i].column,
				  value);
	}
}

/* The first walk. */
static void bound_slice(void *context, unsigned slice)
{
	const struct labels *labels = context;
	const struct view *view = labels->view;
	uint32_t count = view->profile->sample_count,
		 end = parallel_start(count, labels->slices, slice + 1);
	uint64_t cutoff = (uint64_t)labels->cutoff;

	for (uint32_t i = parallel_start(count, labels->slices, slice); i < end; i++) {
		uint64_t value = (uint64_t)wrap_absolute(view->values[i]);
		struct path path;

		if (view_path(view, i, &path))
			bound_path(labels, slice, value < cutoff ? value : cutoff, path);
	}
}

static size_t cell_of(const struct labels *labels, uint32_t line, uint32_t column)
{
	return labels->first_cell[column * BUCKETS + line % BUCKETS] + line / BUCKETS;
}

/* An edge counts once per sample. */
static inline void add_edge(const struct labels *labels, struct cell *cells, uint32_t line,
			    uint32_t column, uint32_t plain, uint32_t sample, int64_t value)
{
	struct cell *cell = &cells[cell_of(labels, line, column)];
	bool fresh = cell->seen != sample;

	cell->seen = sample;
	cell->weight = wrap_add(cell->weight, fresh ? value : 0);
	cell->plain |= fresh & plain;
}

static void add_path(const struct labels *labels, struct cell *cells, uint32_t sample,
		     int64_t value, struct path path)
{
	uint32_t caller = 0;

	for (; path.first < path.end; path.first++) {
		struct passage passage = labels->passages[*path.first];

		add_edge(labels, cells, caller, passage.column, passage.plain, sample, value);
		caller = passage.last ? passage.last : caller;
		if (!passage.has_inner)
			continue;
		for (uint32_t i = labels->inner_start[*path.first];
		     i < labels->inner_start[*path.first + 1]; i++) {
			struct inner_edge inner = labels->inner[i];

			add_edge(labels, cells, inner.line, inner.column, inner.plain, sample,
				 value);
		}
	}
}

/* The second walk. */
static void add_slice(void *context, unsigned slice)
{
	const struct labels *labels = context;
	const struct view *view = labels->view;
	uint32_t count = view->profile->sample_count,
		 end = parallel_start(count, labels->slices, slice + 1);

	for (uint32_t i = parallel_start(count, labels->slices, slice); i < end; i++) {
		struct path path;

		/* As in a call graph: samples that weigh nothing make no edges. */
		if (!view->values[i] && !(view->divisors && view->divisors[i]))
			continue;
		if (view_path(view, i, &path))
			add_path(labels, labels->cells[slice], i + 1, view->values[i], path);
	}
}

/* The buckets of a column that reach the cutoff. */
static uint32_t hot_buckets(const struct labels *labels, uint32_t column)
{
	uint64_t cutoff = (uint64_t)labels->cutoff;
	uint32_t hot = 0;

	for (uint32_t bucket = 0; bucket < BUCKETS; bucket++) {
		uint64_t sum = 0;

		for (unsigned i = 0; i < labels->slices && sum < cutoff; i++)
			sum += labels->bounds[i][column * BUCKETS + bucket];
		hot |= (uint32_t)(sum >= cutoff) << bucket;
	}
	return hot;
}

/* First walk: finds the hot buckets and takes away the columns that can have no label. */
static void find_hot(struct labels *labels, uint32_t *hot)
{
	for (unsigned i = 0; i < labels->slices; i++)
		labels->bounds[i] = arena_zero(&labels->scratch, (size_t)labels->columns * BUCKETS,
					       sizeof(*labels->bounds[i]));
	parallel_run(labels->slices, bound_slice, labels);
	for (uint32_t column = 1; column < labels->columns; column++) {
		hot[column] = hot_buckets(labels, column);
		if (!(hot[column] & labels->inlining[column]))
			hot[column] = 0;
	}
	for (node_id i = 0; i < labels->view->node_count; i++)
		if (!hot[labels->column[i]])
			labels->column[i] = 0;
	make_passages(labels);
}

/* The first cells are for what nobody reads. */
static void number_cells(struct labels *labels, const uint32_t *hot)
{
	uint32_t height = labels->lines / BUCKETS + 1;

	labels->first_cell = arena_zero(&labels->scratch, (size_t)labels->columns * BUCKETS,
					sizeof(*labels->first_cell));
	labels->cell_count = height;
	for (size_t i = BUCKETS; i < (size_t)labels->columns * BUCKETS; i++) {
		if (!(hot[i / BUCKETS] >> i % BUCKETS & 1))
			continue;
		labels->first_cell[i] = (uint32_t)labels->cell_count;
		labels->cell_count += height;
		if (labels->cell_count > CELL_LIMIT)
			return;
	}
}

static void sum_cells(struct labels *labels)
{
	struct cell *sums;

	for (unsigned i = 0; i < labels->slices; i++)
		labels->cells[i] =
			arena_zero(&labels->scratch, labels->cell_count, sizeof(*labels->cells[i]));
	parallel_run(labels->slices, add_slice, labels);
	sums = labels->cells[0];
	for (unsigned slice = 1; slice < labels->slices; slice++) {
		for (size_t i = 0; i < labels->cell_count; i++) {
			const struct cell *other = &labels->cells[slice][i];

			sums[i].weight = wrap_add(sums[i].weight, other->weight);
			sums[i].seen |= other->seen;
			sums[i].plain |= other->plain;
		}
	}
}

static const char *label_of(const struct labels *labels, node_id node)
{
	uint32_t column = labels->column[node];
	bool inlined = false, called = false;

	for (uint32_t line = 1; column && line < labels->lines; line++) {
		const struct cell *cell = &labels->cells[0][cell_of(labels, line, column)];

		/* A node does not call itself; a bucket that is not hot has no cells. */
		if (line == labels->line[node] ||
		    !labels->first_cell[column * BUCKETS + line % BUCKETS] || !cell->seen ||
		    wrap_absolute(cell->weight) < labels->cutoff)
			continue;
		if (cell->plain)
			called = true;
		else
			inlined = true;
	}
	return inline_label(inlined, called);
}

static void label_by_graph(const struct view *view, const struct function_row *rows,
			   uint32_t row_count, const uint64_t *kept, int64_t cutoff,
			   const char **label)
{
	struct call_graph *graph = call_graph_build(view, rows, row_count, kept);

	call_graph_trim_edges(graph, cutoff);
	for (uint32_t i = 0; i < row_count; i++)
		label[i] = call_graph_inline_label(graph, rows[i].node);
	call_graph_free(graph);
}

void inline_label_build(const struct view *view, const struct function_row *rows,
			uint32_t row_count, const uint64_t *kept, int64_t cutoff,
			const char **label)
{
	struct labels labels = {.view = view, .cutoff = cutoff};
	uint32_t *hot;

	number_nodes(&labels, rows, row_count, kept);
	make_passages(&labels);
	labels.slices = parallel_slices(view->profile->path_start[view->profile->sample_count]);
	hot = arena_alloc(&labels.scratch, labels.columns * sizeof(*hot));
	for (uint32_t i = 0; i < labels.columns; i++)
		hot[i] = UINT32_MAX;
	if (cutoff > 0 && (uint64_t)labels.lines * labels.columns > SMALL_MATRIX)
		find_hot(&labels, hot);
	number_cells(&labels, hot);
	if (labels.cell_count <= CELL_LIMIT) {
		if (labels.columns > 1)
			sum_cells(&labels);
		for (uint32_t i = 0; i < row_count; i++)
			label[i] = label_of(&labels, rows[i].node);
	} else {
		label_by_graph(view, rows, row_count, kept, cutoff, label);
	}
	arena_clear(&labels.scratch);
}
