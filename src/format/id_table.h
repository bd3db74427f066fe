/* SPDX-License-Identifier: MIT */
/*
 * The ids of a file, any 64-bit numbers, numbered 0, 1, 2, ... in order of
 * first mention. Small ids, which is what writers use, are one array look-up.
 */
#ifndef FORMAT_ID_TABLE_H
#define FORMAT_ID_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/intern.h"
#include "profile/ids.h"

/* Ids below this go into the array, which so stays below 16 MiB. */
#define ID_TABLE_DENSE_LIMIT ((uint64_t)1 << 22)

struct id_table {
	uint32_t *dense; /* number + 1; 0: not mentioned */
	size_t dense_size;
	struct intern sparse;
	uint32_t *sparse_numbers;
	size_t sparse_capacity;
	uint64_t *ids; /* by number */
	size_t count, capacity;
};

void id_table_init(struct id_table *table);
void id_table_clear(struct id_table *table);

/* The slow path of id_table_add. */
uint32_t id_table_add_new(struct id_table *table, uint64_t id);

/* The number of an id, NONE if it was never added. */
uint32_t id_table_find(const struct id_table *table, uint64_t id);

/*
 * Numbers for ids that are mentioned long before they are defined. Writers
 * count 1, 2, 3, ...: these ids get the numbers 0, 1, 2, ... without any
 * table, so that mostly nothing has to be renumbered in the end. A number may
 * belong to an id that was never mentioned.
 */
struct id_numbers {
	uint64_t near;     /* ids 1 .. near have the numbers 0 .. near - 1 */
	struct intern far; /* other ids have the numbers from `near` on */
};

void id_numbers_init(struct id_numbers *numbers);
void id_numbers_clear(struct id_numbers *numbers);

/* The number of an id, below id_numbers_count from now on. */
uint32_t id_numbers_add(struct id_numbers *numbers, uint64_t id);

static inline size_t id_numbers_count(const struct id_numbers *numbers)
{
	return (size_t)numbers->near + numbers->far.count;
}

/* The id of a number. */
uint64_t id_numbers_id(const struct id_numbers *numbers, uint32_t number);

/* The number of an id, which is added when it is new (number == old count). */
static inline uint32_t id_table_add(struct id_table *table, uint64_t id)
{
	if (id < table->dense_size && table->dense[id])
		return table->dense[id] - 1;
	return id_table_add_new(table, id);
}

#endif
