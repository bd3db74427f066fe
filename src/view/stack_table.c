/* SPDX-License-Identifier: MIT */
#include "view/stack_table.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/wrap.h"

struct building {
	const struct view *view;
	struct stack_table *table;
	string_id base_key, base_text;
	node_id *nodes;
	size_t capacity;
};

static size_t find_nodes(struct building *building, const struct path *path)
{
	const struct view *view = building->view;
	size_t count = 0;

	for (uint32_t at = path->first; at < path->end; at++) {
		location_id location = view_location(view, at);
		uint32_t start = view->step_start[location], end = view->step_start[location + 1];

		array_reserve(building->nodes, building->capacity, count + (end - start));
		for (uint32_t i = start; i < end; i++)
			building->nodes[count++] = view->steps[i].node;
	}
	return count;
}

static struct stack_row *get_row(struct building *building, size_t count)
{
	struct stack_table *table = building->table;
	string_id id =
		strings_add(&table->stacks, (const char *)building->nodes, count * sizeof(node_id));

	/* Id 0 is the empty stack, which has no row. */
	if (id > table->row_count) {
		struct stack_row row = {.node_count = (uint32_t)count};

		/* The text of a string is aligned for any type, as all of an arena is. */
		row.nodes = (const node_id *)(const void *)strings_text(&table->stacks, id);
		array_push(table->rows, table->row_count, table->row_capacity, row);
	}
	return &table->rows[id - 1];
}

static void add_sample(struct building *building, uint32_t sample)
{
	const struct view *view = building->view;
	struct stack_row *row;
	struct path path;
	size_t count;

	if (!view_path(view, sample, &path))
		return;
	count = find_nodes(building, &path);
	if (!count)
		return;
	row = get_row(building, count);
	row->value = wrap_add(row->value, view->values[sample]);
	if (view->divisors)
		row->divisor = wrap_add(row->divisor, view->divisors[sample]);
	if (profile_has_label(view->profile, sample, building->base_key, building->base_text)) {
		row->base = wrap_add(row->base, view->values[sample]);
		building->table->has_base = true;
	}
}

struct stack_table *stack_table_build(const struct view *view)
{
	struct building building = {.view = view,
				    .table = alloc_zero(1, sizeof(struct stack_table))};
	const struct profile *profile = view->profile;

	building.base_key = strings_find(&profile->strings, "pprof::base", 11);
	building.base_text = strings_find(&profile->strings, "true", 4);
	strings_init(&building.table->stacks, NULL);
	for (uint32_t i = 0; i < profile->sample_count; i++)
		add_sample(&building, i);
	free(building.nodes);
	return building.table;
}

void stack_table_free(struct stack_table *table)
{
	if (!table)
		return;
	strings_clear(&table->stacks);
	free(table->rows);
	free(table);
}
