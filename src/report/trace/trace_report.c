/* SPDX-License-Identifier: MIT */
/* The tables of execution traces (view/trace_table.h) as reports: text, JSON and CSV. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "report/form/csv.h"
#include "report/form/json.h"
#include "report/list.h"
#include "view/trace_table.h"

static struct pattern *filter_pattern(const struct report_input *input, enum view_filter filter,
				      bool *good, struct error *error)
{
	const char *expression = view_spec_filter(&input->view->spec, filter);
	struct pattern *pattern = *expression ? pattern_new(expression, false, error) : NULL;

	*good = *good && (!*expression || pattern);
	return pattern;
}

static struct trace_table *build(const struct report_input *input, const struct report *report,
				 struct error *error)
{
	const struct trace *trace = input->view->profile->trace;
	struct pattern *focus, *ignore;
	struct trace_table *table = NULL;
	bool good = true;

	if (!trace) {
		error_set(error,
			  "-%s is of one execution trace of Go, whole: without -trace=KIND, a base "
			  "and -redact",
			  report->name);
		return NULL;
	}
	focus = filter_pattern(input, FILTER_FOCUS, &good, error);
	ignore = filter_pattern(input, FILTER_IGNORE, &good, error);
	if (good)
		table = trace_table_build(trace, trace_table_find(report->name), focus, ignore,
					  input->options->by, error);
	pattern_free(focus);
	pattern_free(ignore);
	return table;
}

/* The cell as one line: names may have line breaks. Good until the next call with this text. */
static const char *plain_cell(const struct trace_table *table, size_t row, uint32_t column,
			      struct text *text)
{
	char buffer[64];
	const char *cell = trace_table_text(table, row, column, buffer, sizeof(buffer));

	text_reset(text);
	text_add_sanitized(text, cell, strlen(cell), false);
	return text_string(text);
}

/* How many rows are shown. */
static size_t row_limit(const struct report_input *input, const struct trace_table *table)
{
	int32_t limit =
		input->options->node_count < 0 ? table->kind->limit : input->options->node_count;

	return limit && (size_t)limit < table->row_count ? (size_t)limit : table->row_count;
}

static bool is_left(const struct trace_table *table, uint32_t column)
{
	return table->kind->columns[column].kind == TRACE_CELL_TEXT;
}

/* Bytes are as good as columns here: names of other scripts only make the table uneven. */
static int *column_widths(const struct trace_table *table, size_t rows, struct text *text)
{
	int *widths = alloc_zero(table->kind->column_count, sizeof(*widths));

	for (uint32_t i = 0; i < table->kind->column_count; i++) {
		widths[i] = (int)strlen(table->kind->columns[i].name);
		for (size_t row = 0; row < rows; row++) {
			int width = (int)strlen(plain_cell(table, row, i, text));

			widths[i] = width > widths[i] ? width : widths[i];
		}
	}
	return widths;
}

/* The column that names the rows comes last: names are long. */
static uint32_t place_of(const struct trace_table *table, uint32_t place)
{
	if (!is_left(table, 0))
		return place;
	return place + 1 < table->kind->column_count ? place + 1 : 0;
}

static void write_cell(const struct trace_table *table, uint32_t place, int width, const char *text,
		       FILE *out)
{
	uint32_t column = place_of(table, place);
	bool last = place + 1 == table->kind->column_count;

	if (place)
		fputs("  ", out);
	if (last && is_left(table, column))
		width = 0;
	fprintf(out, is_left(table, column) ? "%-*s" : "%*s", width, text);
	if (last)
		fputc('\n', out);
}

static bool write_text(const struct report_input *input, const struct report *report, FILE *out,
		       struct error *error)
{
	struct trace_table *table = build(input, report, error);
	size_t rows = table ? row_limit(input, table) : 0;
	struct text text = {0};
	int *widths;

	if (!table)
		return false;
	if (!rows)
		fprintf(out, "%s\n", table->kind->empty);
	widths = column_widths(table, rows, &text);
	for (uint32_t i = 0; rows && i < table->kind->column_count; i++)
		write_cell(table, i, widths[place_of(table, i)],
			   table->kind->columns[place_of(table, i)].name, out);
	for (size_t row = 0; row < rows; row++)
		for (uint32_t i = 0; i < table->kind->column_count; i++)
			write_cell(table, i, widths[place_of(table, i)],
				   plain_cell(table, row, place_of(table, i), &text), out);
	if (rows < table->row_count)
		fprintf(out, "%zu of %zu rows; -nodecount=0 shows all\n", rows, table->row_count);
	free(widths);
	text_clear(&text);
	trace_table_free(table);
	return true;
}

static bool write_json(const struct report_input *input, const struct report *report, FILE *out,
		       struct error *error)
{
	struct trace_table *table = build(input, report, error);
	struct json json = {.out = out};

	if (!table)
		return false;
	json_open(&json, NULL, '{');
	json_text(&json, "report", report->name);
	json_integer(&json, "duration", table->trace->duration);
	json_open(&json, "rows", '[');
	for (size_t row = 0; row < row_limit(input, table); row++) {
		json_open(&json, NULL, '{');
		for (uint32_t i = 0; i < table->kind->column_count; i++) {
			const struct trace_cell *cell = trace_table_cell(table, row, i);
			const struct trace_column *column = &table->kind->columns[i];

			if (column->kind == TRACE_CELL_TEXT)
				json_text(&json, column->name, cell->text);
			else if (column->kind == TRACE_CELL_SHARE)
				json_number(&json, column->name, cell->share);
			else
				json_integer(&json, column->name, cell->number);
		}
		json_close(&json, '}');
	}
	json_close(&json, ']');
	json_close(&json, '}');
	trace_table_free(table);
	return true;
}

static bool write_csv(const struct report_input *input, const struct report *report, FILE *out,
		      struct error *error)
{
	struct trace_table *table = build(input, report, error);
	uint32_t count = table ? table->kind->column_count : 0;

	for (uint32_t i = 0; i < count; i++)
		csv_text(table->kind->columns[i].name, i + 1 < count ? ',' : '\n', out);
	for (size_t row = 0; table && row < row_limit(input, table); row++) {
		for (uint32_t i = 0; i < count; i++) {
			const struct trace_cell *cell = trace_table_cell(table, row, i);
			char end = i + 1 < count ? ',' : '\n';

			if (table->kind->columns[i].kind == TRACE_CELL_TEXT)
				csv_text(cell->text, end, out);
			else if (table->kind->columns[i].kind == TRACE_CELL_SHARE)
				fprintf(out, "%.6f%c", cell->share, end);
			else
				csv_integer(cell->number, end, out);
		}
	}
	trace_table_free(table);
	return table != NULL;
}

#define TABLE_REPORT(id, words)             \
	const struct report report_##id = { \
		.name = #id,                \
		.summary = words,           \
		.untrimmed = true,          \
		.of_traces = true,          \
		.write = write_text,        \
		.write_json = write_json,   \
		.write_csv = write_csv,     \
	}

TABLE_REPORT(goroutines, "Trace: what goroutines did and waited for, by their first function");
TABLE_REPORT(goroutine_list, "Trace: the same of each goroutine");
TABLE_REPORT(tasks, "Trace: latencies of tasks by name, and where their time went");
TABLE_REPORT(task_list, "Trace: the slowest tasks, and where the time of each went");
TABLE_REPORT(regions, "Trace: latencies of regions by name");
TABLE_REPORT(gc_cycles, "Trace: each garbage collection with its pauses, assists and heap");
TABLE_REPORT(pauses, "Trace: each time the world was stopped, and by whom");
TABLE_REPORT(mmu, "Trace: the least share of the Ps that the program had in any window of time");
TABLE_REPORT(wakers, "Trace: which goroutines wake which, and how often");
