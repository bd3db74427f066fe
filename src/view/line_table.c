/* SPDX-License-Identifier: MIT */
#include "view/line_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "view/function_table.h"

/* Lines shown around those with a cost. */
#define MARGIN 5

/* A node while it is sorted. */
struct line_node {
	const char *function, *file;
	int64_t line, start_line, flat, cum;
	node_id node;
};

static int compare_nodes(const void *a, const void *b)
{
	const struct line_node *x = a, *y = b;
	int order = x->function == y->function ? 0 : strcmp(x->function, y->function);

	if (order == 0)
		order = x->file == y->file ? 0 : strcmp(x->file, y->file);
	if (order)
		return order;
	return x->line < y->line ? -1 : x->line > y->line;
}

static uint32_t find_nodes(const struct view *view, const struct pattern *pattern, bool no_negative,
			   struct line_node **nodes)
{
	struct function_table *table = function_table_build(view);
	uint32_t count = 0;

	*nodes = alloc_zero(table->row_count, sizeof(**nodes));
	for (uint32_t i = 0; i < table->row_count; i++) {
		const struct function_row *row = &table->rows[i];
		const struct node *node = &view->nodes[row->node];
		const char *name = view_text(view, node->name);

		if (no_negative && function_row_is_negative(row))
			continue;
		if (pattern &&
		    !pattern_matches(pattern, name, strings_length(&view->strings, node->name)))
			continue;
		(*nodes)[count++] = (struct line_node){name,       view_text(view, node->file),
						       node->line, node->start_line,
						       row->flat,  row->cum,
						       row->node};
	}
	function_table_free(table);
	if (count > 1)
		qsort(*nodes, count, sizeof(**nodes), compare_nodes);
	return count;
}

static void add_node(struct line_group *group, const struct line_node *node, struct line_cost *next)
{
	struct line_cost *last = group->line_count ? next - 1 : NULL;
	int64_t first = node->start_line                  ? node->start_line
			: node->line < INT64_MIN + MARGIN ? INT64_MIN
							  : node->line - MARGIN;
	int64_t end = node->line > INT64_MAX - MARGIN ? INT64_MAX : node->line + MARGIN;

	if (node->start_line && (!group->start || node->start_line < group->start))
		group->start = node->start_line;
	if (first < group->first || !last)
		group->first = first;
	if (group->first < 1)
		group->first = 1;
	if (end > group->last || !last)
		group->last = end;
	group->flat = wrap_add(group->flat, node->flat);
	group->cum = wrap_add(group->cum, node->cum);
	if (last && last->line == node->line) {
		last->flat = wrap_add(last->flat, node->flat);
		last->cum = wrap_add(last->cum, node->cum);
	} else {
		*next = (struct line_cost){node->line, node->flat, node->cum};
		group->line_count++;
	}
}

/* What a node adds to, and the last sample that did so, plus one. */
struct counters {
	uint32_t *line_of, *group_of; /* by node; NONE: not listed */
	uint32_t *line_seen, *group_seen;
};

static void count_path(const struct view *view, uint32_t sample, struct path path,
		       const struct counters *counters, struct line_table *table,
		       struct line_cost *lines)
{
	int64_t value = view->values[sample];

	for (; path.first < path.end; path.first++) {
		location_id location = view_location(view, path.first);
		const struct step *step = &view->steps[view->step_start[location]];
		const struct step *end = &view->steps[view->step_start[location + 1]];

		for (; step < end; step++) {
			uint32_t line = counters->line_of[step->node],
				 group = counters->group_of[step->node];

			if (line == NONE || counters->line_seen[line] == sample + 1)
				continue;
			counters->line_seen[line] = sample + 1;
			lines[line].cum = wrap_add(lines[line].cum, value);
			if (counters->group_seen[group] == sample + 1)
				continue;
			counters->group_seen[group] = sample + 1;
			table->groups[group].cum = wrap_add(table->groups[group].cum, value);
		}
	}
}

/* Sums cum anew, from the samples: nodes cannot tell which samples they share. */
static void count_once(const struct view *view, const struct counters *counters,
		       struct line_table *table, struct line_cost *lines)
{
	for (uint32_t i = 0; i < table->group_count; i++) {
		table->groups[i].cum = 0;
		for (uint32_t k = 0; k < table->groups[i].line_count; k++)
			lines[table->groups[i].lines - lines + k].cum = 0;
	}
	for (uint32_t i = 0; i < view->profile->sample_count; i++) {
		struct path path;

		if (view_path(view, i, &path))
			count_path(view, i, path, counters, table, lines);
	}
}

static void init_counters(const struct view *view, uint32_t count, struct arena *scratch,
			  struct counters *counters)
{
	size_t size = view->node_count * sizeof(uint32_t);

	*counters = (struct counters){
		.line_of = arena_alloc(scratch, size),
		.group_of = arena_alloc(scratch, size),
		.line_seen = arena_zero(scratch, count, sizeof(uint32_t)),
		.group_seen = arena_zero(scratch, count, sizeof(uint32_t)),
	};
	memset(counters->line_of, 0xff, size);
}

struct line_table *line_table_build(const struct view *view, const struct pattern *pattern,
				    bool no_negative, bool once)
{
	struct line_table *table = alloc_zero(1, sizeof(*table));
	struct line_node *nodes;
	uint32_t count = find_nodes(view, pattern, no_negative, &nodes), at = 0;
	struct line_cost *lines = arena_alloc(&table->arena, count * sizeof(*lines));
	struct arena scratch = {0};
	struct counters counters;

	init_counters(view, count, &scratch, &counters);
	table->groups = arena_alloc(&table->arena, count * sizeof(*table->groups));
	for (uint32_t i = 0; i < count; i++) {
		struct line_group *group;

		if (i == 0 || strcmp(nodes[i].function, nodes[i - 1].function) != 0 ||
		    strcmp(nodes[i].file, nodes[i - 1].file) != 0)
			table->groups[table->group_count++] =
				(struct line_group){.function = nodes[i].function,
						    .file = nodes[i].file,
						    .lines = &lines[at]};
		group = &table->groups[table->group_count - 1];
		add_node(group, &nodes[i], &lines[at]);
		at = (uint32_t)(group->lines - lines) + group->line_count;
		counters.line_of[nodes[i].node] = at - 1;
		counters.group_of[nodes[i].node] = table->group_count - 1;
	}
	if (once)
		count_once(view, &counters, table, lines);
	arena_clear(&scratch);
	free(nodes);
	return table;
}

void line_table_free(struct line_table *table)
{
	if (!table)
		return;
	arena_clear(&table->arena);
	free(table);
}

const struct line_cost *line_group_find(const struct line_group *group, int64_t line)
{
	size_t at = array_partition(0, group->line_count, i, group->lines[i].line < line);

	return at < group->line_count && group->lines[at].line == line ? &group->lines[at] : NULL;
}
