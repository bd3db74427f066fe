#include "diagnose/finding.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

const char *const severity_names[SEVERITY_COUNT] = {"unknown", "note", "warning", "critical"};

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

/* A few dozen findings at most: a stable insertion sort. */
void findings_sort(struct findings *findings)
{
	for (size_t i = 1; i < findings->count; i++) {
		struct finding finding = findings->items[i];
		size_t at = i;

		for (; at > 0; at--) {
			const struct finding *before = &findings->items[at - 1];

			if (before->severity > finding.severity ||
			    (before->severity == finding.severity &&
			     before->weight >= finding.weight))
				break;
			findings->items[at] = *before;
		}
		findings->items[at] = finding;
	}
}

enum severity findings_worst(const struct findings *findings)
{
	enum severity worst = SEVERITY_UNKNOWN;

	for (size_t i = 0; i < findings->count; i++)
		if (findings->items[i].severity > worst)
			worst = findings->items[i].severity;
	return worst;
}
