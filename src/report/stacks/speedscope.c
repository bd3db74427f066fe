/* SPDX-License-Identifier: MIT */
/*
 * A profile for https://www.speedscope.app, of its kind "sampled": the stacks
 * as lists of frames, root first, with their weights. It knows no negative
 * weights, so a diff is two profiles: what came, and what went.
 */
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "report/form/json.h"
#include "report/list.h"
#include "report/form/table_form.h"
#include "view/stack_table.h"

#define SCHEMA "https://www.speedscope.app/file-format-schema.json"

/* Speedscope knows these units; weights of all others are bare numbers. */
static const char *unit_name(const char *unit)
{
	static const char *const names[] = {"bytes", "nanoseconds", "microseconds", "milliseconds",
					    "seconds"};
	const char *canonical, *known;

	unit_scale(1, unit, unit, &canonical);
	for (size_t i = 0; i < COUNT(names); i++) {
		unit_scale(1, names[i], names[i], &known);
		if (strcmp(canonical, known) == 0)
			return names[i];
	}
	return "none";
}

static void write_frames(const struct view *view, struct json *json)
{
	json_open(json, "shared", '{');
	json_open(json, "frames", '[');
	for (node_id i = 0; i < view->node_count; i++) {
		const struct node *node = &view->nodes[i];

		json_open(json, NULL, '{');
		json_text(json, "name", view->node_names[i]);
		if (node->file)
			json_text(json, "file", view_text(view, node->file));
		if (node->line)
			json_integer(json, "line", node->line);
		if (node->column)
			json_integer(json, "col", node->column);
		json_close(json, '}');
	}
	json_close(json, ']');
	json_close(json, '}');
}

/* What a row weighs in the profile of what came (sign 1) or what went (-1); not above 0: nothing. */
static int64_t weight_of(const struct report_input *input, const struct stack_row *row, int sign)
{
	int64_t value = table_form_value(input, row->divisor ? wrap_divide(row->value, row->divisor)
							     : row->value);

	return sign < 0 ? wrap_negate(value) : value;
}

static void write_samples(const struct report_input *input, const struct stack_table *table,
			  int sign, struct json *json)
{
	int64_t total = 0;

	json_open(json, "samples", '[');
	for (size_t i = 0; i < table->row_count; i++) {
		const struct stack_row *row = &table->rows[i];
		int64_t weight = weight_of(input, row, sign);

		if (weight <= 0)
			continue;
		total = wrap_add(total, weight);
		json_open(json, NULL, '[');
		for (uint32_t k = 0; k < row->node_count; k++)
			json_integer(json, NULL, row->nodes[k]);
		json_close(json, ']');
	}
	json_close(json, ']');
	json_open(json, "weights", '[');
	for (size_t i = 0; i < table->row_count; i++)
		if (weight_of(input, &table->rows[i], sign) > 0)
			json_integer(json, NULL, weight_of(input, &table->rows[i], sign));
	json_close(json, ']');
	json_integer(json, "startValue", 0);
	json_integer(json, "endValue", total);
}

static void write_profile(const struct report_input *input, const struct stack_table *table,
			  int sign, const char *what, struct json *json)
{
	struct text name = {0};

	text_printf(&name, "%s%s", view_type(input->view), what);
	json_open(json, NULL, '{');
	json_text(json, "type", "sampled");
	json_text(json, "name", text_string(&name));
	json_text(json, "unit", unit_name(view_unit(input->view)));
	write_samples(input, table, sign, json);
	json_close(json, '}');
	text_clear(&name);
}

static bool has_negative(const struct report_input *input, const struct stack_table *table)
{
	for (size_t i = 0; i < table->row_count; i++)
		if (weight_of(input, &table->rows[i], -1) > 0)
			return true;
	return false;
}

static bool write_speedscope(const struct report_input *input, const struct report *report,
			     FILE *out, struct error *error)
{
	const struct view *view = input->view;
	struct stack_table *table = stack_table_build(view);
	struct json json = {.out = out};

	(void)report;
	(void)error;
	json_open(&json, NULL, '{');
	json_text(&json, "$schema", SCHEMA);
	json_text(&json, "exporter", "ncprof");
	write_frames(view, &json);
	json_open(&json, "profiles", '[');
	if (has_negative(input, table)) {
		write_profile(input, table, 1, " (more)", &json);
		write_profile(input, table, -1, " (less)", &json);
	} else {
		write_profile(input, table, 1, "", &json);
	}
	json_close(&json, ']');
	json_close(&json, '}');
	stack_table_free(table);
	return true;
}

const struct report report_speedscope = {
	.name = "speedscope",
	.raw_names = true,
	.summary = "The stacks as JSON for https://www.speedscope.app",
	.ours = true,
	.write = write_speedscope,
};
