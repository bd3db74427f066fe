/* SPDX-License-Identifier: MIT */
/* The rows of a view by addresses, file by file, with their addresses there. */
#ifndef REPORT_TEXT_CODE_SAMPLES_H
#define REPORT_TEXT_CODE_SAMPLES_H

#include "report/text/code_bases.h"
#include "view/function_table.h"

struct code_sample {
	uint64_t address; /* of the file */
	const struct function_row *row;
};

/* A binary that can be read. */
struct code_file {
	string_id name; /* of the profile */
	const char *path;
	struct code_sample *samples; /* by address */
	size_t count, capacity;
	size_t first_symbol, end_symbol; /* for whoever looks for symbols in it */
};

struct code_samples {
	const struct view *view;
	struct function_table *table;
	struct code_file *files; /* in the order of the mappings */
	size_t file_count, file_capacity;
	struct code_bases bases;
};

/* Reads a view of GRANULARITY_ADDRESSES. Files that are not there are left out. */
void code_samples_read(struct code_samples *samples, const struct view *view);
void code_samples_clear(struct code_samples *samples);

/* The address in a file that the program had at `address`; false if it is in none of its mappings. */
bool code_file_address(struct code_samples *samples, const struct code_file *file, uint64_t address,
		       uint64_t *found);

#endif
