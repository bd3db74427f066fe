/* SPDX-License-Identifier: MIT */
#include "report/text/code_samples.h"

#include <stdlib.h>

#include "base/array.h"
#include "symbol/binary_path.h"

/* Where a mapping stands in the program; known: once, by the first of its addresses. */
struct code_base {
	bool tried, known;
	uint64_t base;
};

static bool is_in(const struct mapping *mapping, uint64_t address)
{
	return mapping->start >= mapping->limit ||
	       (address >= mapping->start && address < mapping->limit);
}

static void find_base(const struct code_samples *samples, mapping_id id, uint64_t address)
{
	const struct profile *profile = samples->view->profile;
	const struct mapping *mapping = &profile->mappings[id];
	struct code_base *base = &samples->bases[id];
	struct binary_wanted wanted = {
		.file = profile_text(profile, mapping->file),
		.build_id = profile_text(profile, mapping->build_id),
		.kernel_symbol = "",
		.range = {.start = mapping->start,
			  .limit = mapping->limit,
			  .offset = mapping->offset},
	};
	struct elf_file elf;
	struct error ignored;

	base->tried = true;
	if (!*wanted.file || !binary_open(&elf, wanted.file, &wanted, &ignored))
		return;
	base->known = load_address_find(&elf, &wanted.range, address, &base->base);
	elf_close(&elf);
}

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

/* The mapping of a file that an address is in; NONE if there is none. */
static mapping_id find_mapping(const struct profile *profile, string_id file, uint64_t address)
{
	for (mapping_id i = 0; i < profile->mapping_count; i++)
		if (profile->mappings[i].file == file && is_in(&profile->mappings[i], address))
			return i;
	return NONE;
}

static void add_row(struct code_samples *samples, const struct function_row *row)
{
	const struct profile *profile = samples->view->profile;
	const struct node *node = &samples->view->nodes[row->node];
	mapping_id id = node->object ? find_mapping(profile, node->object, node->address) : NONE;
	struct code_file *file;

	if (id == NONE)
		return;
	if (!samples->bases[id].tried)
		find_base(samples, id, node->address);
	if (!samples->bases[id].known)
		return;
	file = need_file(samples, node->object);
	array_push(file->samples, file->count, file->capacity,
		   ((struct code_sample){node->address - samples->bases[id].base, row}));
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
	samples->bases =
		alloc_zero((size_t)view->profile->mapping_count + 1, sizeof(*samples->bases));
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
	free(samples->bases);
	function_table_free(samples->table);
}

bool code_file_address(const struct code_samples *samples, const struct code_file *file,
		       uint64_t address, uint64_t *found)
{
	mapping_id id = find_mapping(samples->view->profile, file->name, address);

	if (id == NONE || !samples->bases[id].known)
		return false;
	*found = address - samples->bases[id].base;
	return true;
}
