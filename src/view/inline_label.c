/* SPDX-License-Identifier: MIT */
#include "view/inline_label.h"

#include <math.h>
#include <stdlib.h>

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
 * are known beforehand (struct origin), and the weights of their locations
 * bound them from both sides:
 *
 *     locations  main            a>b (inlined)   a>b (inlined), line 9    b
 *     weight     90              60              5                        1
 *     origin     a -> b, at least 60, at most 65
 *
 * Is b called without being inlined anywhere, a walk has to tell by whom. The
 * edges that it finds go to a hash table of limited size. Heavy ones come
 * early and find room; what comes later is added up in a sketch (struct
 * slice_sums), which mostly proves that it stays below the cutoff. If bounds
 * and sketch leave a doubt, the walk is made again with exact sums of origins
 * and more room.
 */

/* How many open steps of a path are gathered before they are looked at. */
#define GATHERED 512

/* Edges in the table of a slice, at first. */
#define ROOM ((size_t)24 * 1024)

#define SKETCH_CELLS ((size_t)32 * 1024)

/* Origins of a column that are looked through one by one before the table is asked. */
#define LONG_CHAIN 3

/* For sums of rounded numbers that must not be too small. */
#define ROUNDED_UP 1.000001

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
	uint32_t sums_inner : 1;
};

/* An edge within a location. */
struct inner_edge {
	uint32_t origin : 31;
	uint32_t summed : 1; /* as the origin is */
};

/* A caller into which a column was inlined somewhere; line 0: any caller. */
struct origin {
	uint32_t line, column;
	uint32_t next;      /* origin of the same column; NONE: the last */
	double least, most; /* bounds of its weight within locations */
	bool summed;        /* the bounds do not tell: a walk adds it up */
};

/* What the edge of an origin adds up to. */
struct origin_sum {
	int64_t weight;
	uint32_t seen; /* the last sample (from 1) that had the edge */
	bool called;   /* not always inlined */
};

struct slice_sums {
	struct origin_sum *origins;
	struct edge_sums edges; /* that are no origins */
	double *sketch;         /* by hash: |values| of all edges without room; NULL: none yet */
};

struct labels {
	const struct view *view;
	struct arena scratch;
	int64_t cutoff;
	unsigned slices;

	uint32_t *line, *column; /* by node, 0: none */
	uint32_t lines, columns;
	uint32_t *self;       /* by column: the line of the same node */
	bool *called;         /* by column: some step of it is not inlined */
	const char **verdict; /* by column: its label; NULL while open */

	const double *weight;   /* by location: struct function_table */
	struct pair_map pairs;  /* of origins: column, line */
	struct origin *origins; /* by pair */
	uint32_t *first_origin; /* by column; NONE: it has none */

	bool monotone; /* no value is negative: sums only grow on the way */
	bool exact;    /* bounds do not tell: all origins are summed */

	struct passage *passages; /* by location */
	uint32_t *last;           /* by location: line of its last kept step; 0: none is kept */
	uint8_t *open;            /* by location: it has a step of an open column */
	struct inner_edge *inner; /* of location l: [inner_start[l], inner_start[l + 1]) */
	uint32_t *inner_start;

	size_t room; /* edges in the table of a slice */
	struct slice_sums sums[PARALLEL_LIMIT];
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

/* Do sums of values only grow on the way, and may they not wrap? */
static void look_at_values(struct labels *labels)
{
	const struct view *view = labels->view;
	double total = 0;

	labels->monotone = true;
	for (uint32_t i = 0; i < view->profile->sample_count; i++) {
		labels->monotone &= view->values[i] >= 0;
		total += fabs((double)view->values[i]);
	}
	labels->exact =
		labels->cutoff <= 0 || view->divisors || total >= (double)((int64_t)1 << 62);
}

static void add_origin(struct labels *labels, uint32_t column, uint32_t line, double weight)
{
	size_t known = labels->pairs.count;
	uint32_t i = pair_map_add(&labels->pairs, column, line);

	if (i == known) {
		labels->origins[i] =
			(struct origin){line, column, labels->first_origin[column], 0, 0, false};
		labels->first_origin[column] = i;
	}
	labels->origins[i].most += weight * ROUNDED_UP;
	if (labels->monotone)
		labels->origins[i].least = fmax(labels->origins[i].least, weight);
}

static void find_origins(struct labels *labels)
{
	const struct view *view = labels->view;
	uint32_t count = view->profile->location_count;

	labels->origins =
		arena_alloc(&labels->scratch, view->step_start[count] * sizeof(*labels->origins));
	labels->first_origin =
		arena_alloc(&labels->scratch, labels->columns * sizeof(*labels->first_origin));
	for (uint32_t i = 0; i < labels->columns; i++)
		labels->first_origin[i] = NONE;
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

/* The origin that is this edge; NONE if it is none. */
static inline uint32_t find_origin(const struct labels *labels, uint32_t column, uint32_t line)
{
	uint32_t i = labels->first_origin[column];

	/* Most have one or two; a chain of hundreds would be walked for every step. */
	for (int links = 0; i != NONE && labels->origins[i].line != line; links++) {
		if (links == LONG_CHAIN)
			return pair_map_find(&labels->pairs, column, line);
		i = labels->origins[i].next;
	}
	return i;
}

/* What the origins of a column say of its label without a walk; NULL: nothing. */
static const char *guess_label(struct labels *labels, uint32_t column)
{
	double cutoff = (double)labels->cutoff, any = 0;
	bool certain = false, possible = false;
	uint32_t i = find_origin(labels, column, 0);

	/* Inlined, but by whom? An edge of any other origin may have that weight, too. */
	if (i != NONE)
		any = labels->origins[i].most;
	for (i = labels->first_origin[column]; i != NONE; i = labels->origins[i].next) {
		struct origin *origin = &labels->origins[i];
		bool heavy = origin->line != labels->self[column] && origin->least >= cutoff;

		certain = certain || (heavy && origin->line && !labels->exact);
		possible = possible || origin->most + (origin->line ? any : 0) >= cutoff;
		origin->summed = labels->exact || (!heavy && origin->most >= cutoff);
	}
	if (!possible)
		return "";
	return certain && !labels->called[column] ? inline_label(true, false) : NULL;
}

/* Opens the columns whose label only a walk can tell; true if there are any. */
static bool open_columns(struct labels *labels)
{
	bool open = false;

	for (uint32_t i = 0; i < labels->columns; i++) {
		labels->verdict[i] = i ? guess_label(labels, i) : "";
		open = open || !labels->verdict[i];
	}
	return open;
}

static uint32_t open_column(const struct labels *labels, node_id node)
{
	uint32_t column = labels->column[node];

	return labels->verdict[column] ? 0 : column;
}

/* Adds the inner edges of a location and says what it does to a walk. */
static void make_passage(struct labels *labels, location_id location, uint32_t *inner_count)
{
	const struct view *view = labels->view;
	struct passage passage = {0};
	uint32_t last = 0;

	for (uint32_t i = view->step_start[location]; i < view->step_start[location + 1]; i++) {
		struct step step = view->steps[i];
		uint32_t line = labels->line[step.node], column = open_column(labels, step.node);

		if (!line)
			continue;
		if (!last) {
			passage.column = column;
			passage.plain = !step.inlined;
		} else if (column && line != last) {
			uint32_t origin = find_origin(labels, column, last);
			bool summed = labels->origins[origin].summed;

			labels->inner[(*inner_count)++] = (struct inner_edge){origin, summed};
			passage.sums_inner |= summed;
		}
		last = line;
	}
	labels->passages[location] = passage;
	labels->last[location] = last;
	labels->open[location] = passage.column || passage.sums_inner;
}

static void make_passages(struct labels *labels)
{
	uint32_t location_count = labels->view->profile->location_count, inner_count = 0;

	for (location_id i = 0; i < location_count; i++) {
		labels->inner_start[i] = inner_count;
		make_passage(labels, i, &inner_count);
	}
	labels->inner_start[location_count] = inner_count;
}

static void prepare_walk(struct labels *labels)
{
	const struct view *view = labels->view;
	struct arena *scratch = &labels->scratch;
	uint32_t count = view->profile->location_count;

	labels->passages = arena_alloc(scratch, count * sizeof(*labels->passages));
	labels->last = arena_alloc(scratch, count * sizeof(*labels->last));
	labels->open = arena_alloc(scratch, count);
	labels->inner = arena_alloc(scratch, view->step_start[count] * sizeof(*labels->inner));
	labels->inner_start =
		arena_alloc(scratch, ((size_t)count + 1) * sizeof(*labels->inner_start));
}

static void prepare_sums(struct labels *labels)
{
	for (unsigned i = 0; i < labels->slices; i++) {
		struct slice_sums *sums = &labels->sums[i];

		sums->origins = alloc_zero(labels->pairs.count, sizeof(*sums->origins));
		edge_sums_init(&sums->edges, false);
		sums->sketch = NULL;
	}
}

static void clear_sums(struct labels *labels)
{
	for (unsigned i = 0; i < labels->slices; i++) {
		free(labels->sums[i].origins);
		edge_sums_clear(&labels->sums[i].edges);
		free(labels->sums[i].sketch);
	}
}

static inline void add_to_origin(struct origin_sum *sum, const struct edge_sample *sample,
				 bool called)
{
	bool fresh = sum->seen != sample->number;

	sum->seen = sample->number;
	sum->weight = wrap_add(sum->weight, fresh ? sample->value : 0);
	sum->called |= fresh & called;
}

static double *sketch_cell(double *sketch, uint64_t edge)
{
	return &sketch[edge_hash(edge) / (UINT32_MAX / SKETCH_CELLS + 1)];
}

/* Is the edge of an origin within a location of this part of a path? */
static bool is_within(const struct labels *labels, uint32_t origin, struct path path)
{
	for (; path.first < path.end; path.first++) {
		location_id location = view_location(labels->view, path.first);

		for (uint32_t i = labels->inner_start[location];
		     i < labels->inner_start[location + 1]; i++)
			if (labels->inner[i].origin == origin)
				return true;
	}
	return false;
}

/* An edge between locations that is no origin: in the table or, if that is full, in the sketch. */
static void add_outer(const struct labels *labels, struct slice_sums *sums, uint64_t edge,
		      const struct edge_sample *sample, bool called)
{
	size_t at = edge_sums_find(&sums->edges, edge);

	if (sums->edges.cells[at].edge || sums->edges.used < labels->room) {
		edge_sums_add(&sums->edges, edge, sample, called, false);
		return;
	}
	if (!sums->sketch)
		sums->sketch = alloc_zero(SKETCH_CELLS, sizeof(*sums->sketch));
	*sketch_cell(sums->sketch, edge) += fabs((double)sample->value);
}

/* The edge into the first step of the location behind the end of a path. */
static void add_entry(const struct labels *labels, struct slice_sums *sums,
		      const struct edge_sample *sample, struct path path, struct passage passage)
{
	uint32_t caller = 0, at = path.end, origin;

	while (!caller && at > path.first)
		caller = labels->last[view_location(labels->view, --at)];
	origin = find_origin(labels, passage.column, caller);
	if (origin == NONE) {
		add_outer(labels, sums, edge_name(passage.column, caller), sample, passage.plain);
	} else {
		struct origin_sum *sum = &sums->origins[origin];
		bool called = passage.plain && !sum->called;

		/* The first time in a sample says how it was. */
		if (called && !labels->origins[origin].summed)
			called = !is_within(labels, origin, path);
		add_to_origin(sum, sample, called);
	}
}

static void add_location(struct labels *labels, struct slice_sums *sums,
			 const struct edge_sample *sample, struct path path, uint32_t at)
{
	location_id location = view_location(labels->view, at);
	struct passage passage = labels->passages[location];

	if (passage.column)
		add_entry(labels, sums, sample, (struct path){path.first, at}, passage);
	if (!passage.sums_inner)
		return;
	for (uint32_t i = labels->inner_start[location]; i < labels->inner_start[location + 1]; i++)
		if (labels->inner[i].summed)
			add_to_origin(&sums->origins[labels->inner[i].origin], sample, false);
}

/*
 * Gathers the open locations without a branch that depends on them, as the
 * processor could not foresee it, and then looks at those.
 */
static void add_path(struct labels *labels, struct slice_sums *sums,
		     const struct edge_sample *sample, struct path path)
{
	struct path_column paths = labels->view->profile->paths;
	uint32_t gathered[GATHERED], at = path.first;

	while (at < path.end) {
		uint32_t stop = path.end - at > GATHERED ? at + GATHERED : path.end;
		uint32_t count = 0;

		for (; at < stop; at++) {
			gathered[count] = at;
			count += labels->open[path_column_at(&paths, at)];
		}
		for (uint32_t i = 0; i < count; i++)
			add_location(labels, sums, sample, path, gathered[i]);
	}
}

static void add_slice(void *context, unsigned slice)
{
	struct labels *labels = context;
	const struct view *view = labels->view;
	uint32_t count = view->profile->sample_count;
	uint32_t end = parallel_start(count, labels->slices, slice + 1);

	for (uint32_t i = parallel_start(count, labels->slices, slice); i < end; i++) {
		struct edge_sample sample = {.number = i + 1, .value = view->values[i]};
		struct path path;

		/* As in a call graph: samples that weigh nothing make no edges. */
		if (!view->values[i] && !(view->divisors && view->divisors[i]))
			continue;
		if (view_path(view, i, &path))
			add_path(labels, &labels->sums[slice], &sample, path);
	}
}

/* What the edges into a column say. */
struct evidence {
	bool inlined, called; /* by edges that reach the cutoff */
	bool doubtful;        /* an edge may or may not reach it */
};

/* An edge that weighs between |weight| - less and |weight| + more. */
static void weigh_edge(const struct labels *labels, struct evidence *found, bool called,
		       int64_t weight, double less, double more)
{
	double distance = fabs((double)weight) - (double)labels->cutoff;
	bool heavy = wrap_absolute(weight) >= labels->cutoff;

	if (heavy ? distance < less * ROUNDED_UP : -distance <= more * ROUNDED_UP && more > 0)
		found->doubtful = true;
	else if (heavy && called)
		found->called = true;
	else if (heavy)
		found->inlined = true;
}

static void weigh_origin(const struct labels *labels, size_t i, struct evidence *found)
{
	const struct origin *origin = &labels->origins[i];
	bool called = false, met = false;
	int64_t weight = 0;

	for (unsigned slice = 0; slice < labels->slices; slice++) {
		const struct origin_sum *sum = &labels->sums[slice].origins[i];

		weight = wrap_add(weight, sum->weight);
		called |= sum->called;
		met |= sum->seen != 0;
	}
	if (origin->summed && met)
		weigh_edge(labels, found, called, weight, 0, 0);
	else if (!origin->summed && origin->least >= (double)labels->cutoff)
		*(called ? &found->called : &found->inlined) = true;
	else if (!origin->summed && met)
		weigh_edge(labels, found, called, weight, labels->monotone ? 0 : origin->most,
			   origin->most);
}

/* rest: the sketches of all slices; NULL if all edges found room. */
static void weigh_edges(const struct labels *labels, const struct edge_sums *edges, double *rest,
			struct evidence *evidence)
{
	for (size_t i = 0; i < edges->cell_count; i++) {
		const struct edge_cell *cell = &edges->cells[i];
		uint32_t column = edge_caller(cell->edge), line = edge_callee(cell->edge);
		double unknown = rest ? *sketch_cell(rest, cell->edge) : 0;

		/* A node does not call itself; line 0 is no caller. */
		if (cell->edge && line && line != labels->self[column])
			weigh_edge(labels, &evidence[column], cell->called, cell->weight, unknown,
				   unknown);
	}
}

/* The sums of all sketches; NULL if there is none. *greatest: of its cells. */
static double *add_sketches(const struct labels *labels, double *greatest)
{
	double *rest = NULL;

	*greatest = 0;
	for (unsigned i = 0; i < labels->slices; i++) {
		const double *sketch = labels->sums[i].sketch;

		if (sketch && !rest)
			rest = alloc_zero(SKETCH_CELLS, sizeof(*rest));
		for (size_t k = 0; sketch && k < SKETCH_CELLS; k++)
			rest[k] += sketch[k];
	}
	for (size_t k = 0; rest && k < SKETCH_CELLS; k++)
		*greatest = fmax(*greatest, rest[k]);
	return rest;
}

/* Fills the evidence; false if edges without room may reach the cutoff. */
static bool weigh_evidence(const struct labels *labels, struct evidence *evidence)
{
	struct edge_sums edges;
	double greatest, *rest = add_sketches(labels, &greatest);

	edge_sums_init(&edges, false);
	for (unsigned i = 0; i < labels->slices; i++)
		edge_sums_merge(&edges, &labels->sums[i].edges);
	for (size_t i = 0; i < labels->pairs.count; i++) {
		const struct origin *origin = &labels->origins[i];

		if (origin->line && origin->line != labels->self[origin->column])
			weigh_origin(labels, i, &evidence[origin->column]);
	}
	weigh_edges(labels, &edges, rest, evidence);
	edge_sums_clear(&edges);
	free(rest);
	return !rest || greatest * ROUNDED_UP < (double)labels->cutoff;
}

/* Closes the columns that leave no doubt; true if some stay open. */
static bool close_columns(struct labels *labels)
{
	struct evidence *evidence = alloc_zero(labels->columns, sizeof(*evidence));
	bool open = false, complete = weigh_evidence(labels, evidence);

	for (uint32_t i = 1; i < labels->columns; i++) {
		const struct evidence *found = &evidence[i];

		if (!labels->verdict[i] && complete && !found->doubtful)
			labels->verdict[i] = inline_label(found->inlined, found->called);
		open = open || !labels->verdict[i];
	}
	free(evidence);
	return open;
}

/* Walks until no column is open. */
static void walk(struct labels *labels)
{
	bool open = true;

	prepare_walk(labels);
	for (labels->room = ROOM; open; labels->room *= 8) {
		prepare_sums(labels);
		make_passages(labels);
		parallel_run(labels->slices, add_slice, labels);
		open = close_columns(labels);
		clear_sums(labels);
		for (size_t i = 0; i < labels->pairs.count; i++)
			labels->origins[i].summed = true;
	}
}

void inline_label_build(const struct view *view, const struct function_table *table,
			uint32_t row_count, const uint64_t *kept, int64_t cutoff,
			const char **label)
{
	const struct function_row *rows = table->rows;
	struct labels labels = {.view = view, .cutoff = cutoff, .weight = table->location_weight};

	number_nodes(&labels, rows, row_count, kept);
	labels.slices = parallel_slices(view->profile->path_start[view->profile->sample_count]);
	look_at_values(&labels);
	find_origins(&labels);
	if (open_columns(&labels))
		walk(&labels);
	for (uint32_t i = 0; i < row_count; i++)
		label[i] = labels.verdict[labels.column[rows[i].node]];
	pair_map_clear(&labels.pairs);
	arena_clear(&labels.scratch);
}
