/* SPDX-License-Identifier: MIT */
#include "format/id_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"

void id_table_init(struct id_table *table)
{
	*table = (struct id_table){0};
	intern_init(&table->sparse, sizeof(uint64_t));
}

void id_table_clear(struct id_table *table)
{
	free(table->dense);
	free(table->sparse_numbers);
	free(table->ids);
	intern_clear(&table->sparse);
}

static void grow_dense(struct id_table *table, uint64_t id)
{
	size_t size = table->dense_size ? table->dense_size : 1024;

	while (size <= id)
		size *= 2;
	table->dense = alloc_resize(table->dense, size, sizeof(*table->dense));
	memset(table->dense + table->dense_size, 0,
	       (size - table->dense_size) * sizeof(*table->dense));
	table->dense_size = size;
}

uint32_t id_table_add_new(struct id_table *table, uint64_t id)
{
	uint32_t number = (uint32_t)table->count;

	if (id < ID_TABLE_DENSE_LIMIT) {
		if (id >= table->dense_size)
			grow_dense(table, id);
		table->dense[id] = number + 1;
	} else {
		size_t known = table->sparse.count;
		uint32_t at = intern_add(&table->sparse, &id);

		if (table->sparse.count == known)
			return table->sparse_numbers[at];
		array_reserve(table->sparse_numbers, table->sparse_capacity, known + 1);
		table->sparse_numbers[at] = number;
	}
	array_push(table->ids, table->count, table->capacity, id);
	return number;
}

uint32_t id_table_find(const struct id_table *table, uint64_t id)
{
	uint32_t at;

	if (id < ID_TABLE_DENSE_LIMIT)
		return id < table->dense_size ? table->dense[id] - 1 : NONE;
	at = intern_find(&table->sparse, &id);
	return at == INTERN_NONE ? NONE : table->sparse_numbers[at];
}

void id_numbers_init(struct id_numbers *numbers)
{
	numbers->near = 0;
	intern_init(&numbers->far, sizeof(uint64_t));
}

void id_numbers_clear(struct id_numbers *numbers)
{
	intern_clear(&numbers->far);
}

uint32_t id_numbers_add(struct id_numbers *numbers, uint64_t id)
{
	if (id - 1 < numbers->near)
		return (uint32_t)(id - 1);
	/* Once there are far numbers, which start at `near`, it stays. */
	if (!numbers->far.count && id - 1 < ID_TABLE_DENSE_LIMIT) {
		numbers->near = id;
		return (uint32_t)(id - 1);
	}
	return (uint32_t)numbers->near + intern_add(&numbers->far, &id);
}

uint64_t id_numbers_id(const struct id_numbers *numbers, uint32_t number)
{
	uint64_t id;

	if (number < numbers->near)
		return (uint64_t)number + 1;
	memcpy(&id, intern_key(&numbers->far, number - (uint32_t)numbers->near), sizeof(id));
	return id;
}
