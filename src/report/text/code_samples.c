/* SPDX-License-Identifier: MIT */
#include "report/text/code_samples.h"

#include <stdlib.h>

#include "base/array.h"

static struct code_file *need_file(struct code_samples *samples, string_id name)
{
	for (size_t i = 0; i < samples->file_count; i++)
		if (samples->files[i].name == name)
			return &samples->files[i];
	array_push(samples->files, samples->file_count, samples->file_capacity,
		   ((struct code_file){.name = name,
				       .path = profile_text(samples->view->profile, name)}));
	return &samples->files[samples->file_count - 1];
}

static void add_row(struct code_samples *samples, const struct function_row *row)
{
	const struct node *node = &samples->view->nodes[row->node];
	mapping_id id = node->object
				? code_bases_mapping(&samples->bases, node->object, node->address)
				: NONE;
	struct code_file *file;
	uint64_t base;

	if (!code_bases_find(&samples->bases, id, node->address, &base))
		return;
	file = need_file(samples, node->object);
	array_push(file->samples, file->count, file->capacity,
		   ((struct code_sample){node->address - base, row}));
}

static int by_address(const void *a, const void *b)
{
	const struct code_sample *x = a, *y = b;

	if (x->address != y->address)
		return x->address < y->address ? -1 : 1;
	return (x->row->node > y->row->node) - (x->row->node < y->row->node);
}

void code_samples_read(struct code_samples *samples, const struct view *view)
{
	*samples = (struct code_samples){.view = view, .table = function_table_build(view)};
	code_bases_init(&samples->bases, view->profile);
	for (uint32_t i = 0; i < samples->table->row_count; i++)
		add_row(samples, &samples->table->rows[i]);
	for (size_t i = 0; i < samples->file_count; i++)
		qsort(samples->files[i].samples, samples->files[i].count,
		      sizeof(*samples->files[i].samples), by_address);
}

void code_samples_clear(struct code_samples *samples)
{
	for (size_t i = 0; i < samples->file_count; i++)
		free(samples->files[i].samples);
	free(samples->files);
	code_bases_clear(&samples->bases);
	function_table_free(samples->table);
}

bool code_file_address(struct code_samples *samples, const struct code_file *file, uint64_t address,
		       uint64_t *found)
{
	mapping_id id = code_bases_mapping(&samples->bases, file->name, address);
	uint64_t base;

	if (!code_bases_find(&samples->bases, id, address, &base))
		return false;
	*found = address - base;
	return true;
}
