/* SPDX-License-Identifier: MIT */
#include "diagnose/side_by_side.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "diagnose/rules/hotspot.h"

#define TABLE_ROWS 15

/* Shares below this are not worth a row. */
#define LEAST_SHARE 0.01

static double sum_kept(const struct subject *subject, const int64_t *values)
{
	struct path path;
	double sum = 0;

	for (uint32_t i = 0; i < subject->view->profile->sample_count; i++)
		if (view_path(subject->view, i, &path))
			sum += (double)values[i];
	return sum;
}

static void add_column(struct side_by_side *sides, const struct subject *subject,
		       const int64_t *values, const char *type)
{
	double total = values ? sum_kept(subject, values) : 0;

	if (total > 0)
		sides->columns[sides->column_count++] = (struct side_column){
			.subject = subject, .values = values, .type = type, .total = total};
}

static void add_subject(struct side_by_side *sides, const struct subject *subject)
{
	if (subject->superseded || subject->twin)
		return;
	if (subject->kind == SUBJECT_HEAP) {
		add_column(sides, subject, subject_column(subject, "inuse_space"), "in use");
		add_column(sides, subject, subject_column(subject, "alloc_space"), "allocated");
	} else if (hotspot_applies(subject) && !hotspot_lacks_shares(subject)) {
		add_column(sides, subject, subject->values, subject_kind_names[subject->kind]);
	}
}

/* "cpu", and "cpu 2" for the second of its kind. */
static void name_columns(struct side_by_side *sides, struct findings *findings)
{
	for (uint32_t c = 0; c < sides->column_count; c++) {
		struct side_column *column = &sides->columns[c];
		uint32_t number = 1;

		for (uint32_t k = 0; k < c; k++)
			number += strcmp(sides->columns[k].type, column->type) == 0;
		column->title = number > 1 ? findings_text(findings, "%s %u", column->type, number)
					   : column->type;
	}
}

/* Names first, so that every column has room for all. */
static void name_functions(struct side_by_side *sides)
{
	for (uint32_t c = 0; c < sides->column_count; c++) {
		const struct subject *subject = sides->columns[c].subject;

		for (function_id i = 0; i < subject->view->profile->function_count; i++)
			strings_add_text(&sides->names, subject_function(subject, i));
	}
	sides->name_count = strings_count(&sides->names);
}

static void fill_column(struct side_by_side *sides, struct side_column *column)
{
	double *payments = subject_payments(column->subject, column->values);

	column->shares = alloc_zero(sides->name_count, sizeof(*column->shares));
	for (function_id i = 0; i < column->subject->view->profile->function_count; i++) {
		string_id name =
			strings_add_text(&sides->names, subject_function(column->subject, i));

		column->shares[name] += payments[i] / column->total;
	}
	free(payments);
}

void side_by_side_build(const struct subject *subjects, uint32_t count, struct findings *findings,
			struct side_by_side *sides)
{
	*sides = (struct side_by_side){
		.columns = alloc_zero((size_t)count * 2 + 1, sizeof(*sides->columns))};
	strings_init(&sides->names, NULL);
	for (uint32_t i = 0; i < count; i++)
		add_subject(sides, &subjects[i]);
	name_functions(sides);
	for (uint32_t c = 0; c < sides->column_count; c++)
		fill_column(sides, &sides->columns[c]);
	name_columns(sides, findings);
}

void side_by_side_clear(struct side_by_side *sides)
{
	for (uint32_t c = 0; c < sides->column_count; c++)
		free(sides->columns[c].shares);
	free(sides->columns);
	strings_clear(&sides->names);
}

/* The largest of `shares`, by insertion into a short list. */
static uint32_t find_largest(const double *shares, uint32_t count, uint32_t most, string_id *names)
{
	uint32_t found = 0;

	for (string_id i = 1; i < count; i++) {
		uint32_t at = found;

		if (shares[i] < LEAST_SHARE)
			continue;
		while (at > 0 && shares[names[at - 1]] < shares[i])
			at--;
		if (at == most)
			continue;
		found += found < most;
		for (uint32_t k = found - 1; k > at; k--)
			names[k] = names[k - 1];
		names[at] = i;
	}
	return found;
}

uint32_t side_by_side_largest(const struct side_by_side *sides, uint32_t column, uint32_t most,
			      string_id *names)
{
	return find_largest(sides->columns[column].shares, sides->name_count, most, names);
}

void side_by_side_write(const struct side_by_side *sides, struct findings *findings)
{
	const char **titles =
		arena_alloc(&findings->arena, (sides->column_count + 1) * sizeof(*titles));
	uint32_t *inputs = arena_zero(&findings->arena, sides->column_count + 1, sizeof(*inputs));
	double *best = alloc_zero(sides->name_count, sizeof(*best));
	string_id names[TABLE_ROWS];
	struct table *table;
	uint32_t rows;

	titles[0] = "function";
	for (uint32_t c = 0; c < sides->column_count; c++) {
		titles[c + 1] = sides->columns[c].title;
		inputs[c + 1] = sides->columns[c].subject->number;
		for (uint32_t i = 0; i < sides->name_count; i++)
			if (sides->columns[c].shares[i] > best[i])
				best[i] = sides->columns[c].shares[i];
	}
	rows = find_largest(best, sides->name_count, TABLE_ROWS, names);
	free(best);
	if (!rows)
		return;
	table = findings_add_table(findings, "functions",
				   "Functions of the application, with the library code they call",
				   titles, sides->column_count + 1);
	table->inputs = inputs;
	table->leads = JUMP_FUNCTION;
	for (uint32_t i = 0; i < rows; i++) {
		table_add_text(findings, table, strings_text(&sides->names, names[i]));
		for (uint32_t c = 0; c < sides->column_count; c++) {
			double share = 100 * sides->columns[c].shares[names[i]];

			table_add_number(findings, table, share, share > 0 ? "%.1f%%" : "-", share);
		}
	}
}
