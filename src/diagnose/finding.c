/* SPDX-License-Identifier: MIT */
#include "diagnose/finding.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"

const char *const severity_names[SEVERITY_COUNT] = {"unknown", "note", "warning", "critical"};
const char *const jump_names[JUMP_KIND_COUNT] = {"function", "label",  "cycle",
						 "class",    "stacks", "file"};

void findings_clear(struct findings *findings)
{
	for (size_t i = 0; i < findings->table_count; i++)
		free(findings->tables[i].cells);
	free(findings->items);
	free(findings->tables);
	arena_clear(&findings->arena);
	*findings = (struct findings){0};
}

struct finding *findings_add(struct findings *findings, enum severity severity, const char *rule,
			     const char *title, const char *advice)
{
	struct finding finding = {.rule = rule,
				  .severity = severity,
				  .title = title,
				  .evidence = "",
				  .advice = advice};

	array_push(findings->items, findings->count, findings->capacity, finding);
	return &findings->items[findings->count - 1];
}

static const char *format_text(struct findings *findings, const char *format, va_list arguments)
{
	va_list again;
	char *text;
	int length;

	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0)
		return "";
	text = arena_alloc(&findings->arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, arguments);
	return text;
}

const char *findings_text(struct findings *findings, const char *format, ...)
{
	va_list arguments;
	const char *text;

	va_start(arguments, format);
	text = format_text(findings, format, arguments);
	va_end(arguments);
	return text;
}

void finding_add_jump(struct findings *findings, struct finding *finding, enum jump_kind kind,
		      uint32_t input, const char *text)
{
	if (finding->jump_count == FINDING_JUMPS)
		return;
	finding->jumps[finding->jump_count++] =
		(struct jump){kind, input, arena_text(&findings->arena, text, strlen(text))};
}

struct table *findings_add_table(struct findings *findings, const char *name, const char *title,
				 const char *const *columns, uint32_t column_count)
{
	struct table table = {
		.name = name, .title = title, .columns = columns, .column_count = column_count};

	array_push(findings->tables, findings->table_count, findings->table_capacity, table);
	return &findings->tables[findings->table_count - 1];
}

static void add_cell(struct table *table, struct table_cell cell)
{
	array_push(table->cells, table->cell_count, table->cell_capacity, cell);
}

void table_add_text(struct findings *findings, struct table *table, const char *text)
{
	add_cell(table,
		 (struct table_cell){.text = arena_text(&findings->arena, text, strlen(text))});
}

void table_add_number(struct findings *findings, struct table *table, double number,
		      const char *format, ...)
{
	struct table_cell cell = {.number = number, .is_number = true};
	va_list arguments;

	va_start(arguments, format);
	cell.text = format_text(findings, format, arguments);
	va_end(arguments);
	add_cell(table, cell);
}

/* The pointers are to one array, so their order is that of addition. */
static int compare_findings(const void *a, const void *b)
{
	const struct finding *left = *(const struct finding *const *)a;
	const struct finding *right = *(const struct finding *const *)b;

	if (left->severity != right->severity)
		return left->severity < right->severity ? 1 : -1;
	if (left->weight != right->weight)
		return left->weight < right->weight ? 1 : -1;
	return (left > right) - (left < right);
}

void findings_sort(struct findings *findings)
{
	const struct finding **order = alloc_zero(findings->count + 1, sizeof(*order));
	struct finding *items = alloc_zero(findings->count + 1, sizeof(*items));

	for (size_t i = 0; i < findings->count; i++)
		order[i] = &findings->items[i];
	qsort(order, findings->count, sizeof(*order), compare_findings);
	for (size_t i = 0; i < findings->count; i++)
		items[i] = *order[i];
	free(order);
	free(findings->items);
	findings->items = items;
	findings->capacity = findings->count + 1;
}

enum severity findings_worst(const struct findings *findings)
{
	enum severity worst = SEVERITY_UNKNOWN;

	for (size_t i = 0; i < findings->count; i++)
		if (findings->items[i].severity > worst)
			worst = findings->items[i].severity;
	return worst;
}
