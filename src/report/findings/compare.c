/* SPDX-License-Identifier: MIT */
/*
 * What changed between two profiles and what of it is real
 * (diagnose/compare.h), and -check, which makes a gate of it. JSON:
 *
 *     {"report": "compare", "unit", "scale": of the second side, "total": CHANGE,
 *      "changes": [CHANGE...]}    CHANGE: {"name", "before", "after", "error", "p", "real": bool}
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "diagnose/compare.h"
#include "diagnose/diagnose.h"
#include "report/findings/bench_table.h"
#include "report/form/json.h"
#include "report/list.h"

#define STATUS_FAILED 4

/* Rows of noise that are shown without -nodecount. */
#define NOISE_ROWS 10

/* One rule of -check: how much a change may grow, in per cent of the total before. */
struct limit {
	const char *name;
	bool total;     /* of the total, not of each function */
	double percent; /* negative: not given */
};

#define LIMIT_COUNT 2

static bool set_limit(struct limit *limits, const char *word, size_t length, struct error *error)
{
	for (size_t i = 0; i < LIMIT_COUNT; i++) {
		size_t name = strlen(limits[i].name);
		char *end;

		if (length <= name || strncmp(word, limits[i].name, name) != 0 || word[name] != '=')
			continue;
		limits[i].percent = strtod(word + name + 1, &end);
		if (end == word + length - 1 && *end == '%')
			end++;
		if (end == word + length && end > word + name + 1 && isfinite(limits[i].percent) &&
		    limits[i].percent >= 0)
			return true;
	}
	return error_set(error,
			 "-check %.*s: give max-regress=N%% (each function) or max-growth=N%% (the "
			 "total)",
			 (int)length, word);
}

static bool parse_limits(const char *rules, struct limit limits[LIMIT_COUNT], struct error *error)
{
	limits[0] = (struct limit){"max-regress", false, -1};
	limits[1] = (struct limit){"max-growth", true, -1};
	while (*rules) {
		size_t length = strcspn(rules, ", ");

		if (length && !set_limit(limits, rules, length, error))
			return false;
		rules += length + (rules[length] != '\0');
	}
	return true;
}

/* The profiles of both sides. */
struct sides {
	struct subject *subjects;
	const struct subject **list;
	uint32_t before, count;
};

static void close_sides(struct sides *sides)
{
	for (uint32_t i = 0; i < sides->count; i++)
		subject_clear(&sides->subjects[i]);
	free(sides->subjects);
	free(sides->list);
}

/* Runs before and after: the base and the others, or one half and the other. */
static bool open_sides(const struct report_input *input, struct sides *sides, struct error *error)
{
	uint32_t count = input->input_count;
	const struct view *first = count ? input->inputs[0].view : NULL;
	bool based = input->options->has_base;

	if (count < 2 || (!based && count % 2))
		return error_set(error,
				 "compare takes two profiles, as many before as after, or one "
				 "with -split=LABEL=A,B");
	if (count > 2 && bench_applies(first))
		return error_set(error,
				 "compare takes two outputs of benchmarks; put runs of one side "
				 "into one file");
	*sides = (struct sides){.subjects = alloc_zero(count, sizeof(*sides->subjects)),
				.list = alloc_zero(count, sizeof(*sides->list)),
				.before = based ? 1 : count / 2,
				.count = count};
	for (uint32_t i = 0; i < count; i++) {
		subject_init(&sides->subjects[i], input->inputs[i].name, i, input->inputs[i].view);
		sides->list[i] = &sides->subjects[i];
	}
	for (uint32_t i = 1; i < count; i++) {
		const char *type = view_type(input->inputs[i].view);

		if (strcmp(view_type(first), type) == 0)
			continue;
		error_set(error, "the profiles count different things: %s and %s", view_type(first),
			  type);
		close_sides(sides);
		return false;
	}
	return true;
}

static void build(const struct report_input *input, const struct sides *sides, bool cum,
		  struct comparison *comparison)
{
	compare_build_runs(sides->list, sides->before, sides->count, cum,
			   input->options->by_share ? COMPARE_BY_TOTAL : COMPARE_BY_TIME,
			   comparison);
}

static bool is_real(const struct change *change)
{
	return change->p < COMPARE_SIGNIFICANT;
}

/* "1.05s", in a unit for the whole report; kept within what an integer holds. */
static const char *value_text(const struct value_format *format, double value,
			      char label[UNIT_LABEL_SIZE])
{
	return report_value(format, unit_truncate(value), label);
}

static const char *p_text(double p, char text[32])
{
	if (p >= COMPARE_SIGNIFICANT)
		snprintf(text, 32, "~");
	else if (p < 1e-6)
		snprintf(text, 32, "<0.000001");
	else
		snprintf(text, 32, "%.6f", p);
	return text;
}

static void write_row(const struct change *change, const struct value_format *format, FILE *out)
{
	char before[UNIT_LABEL_SIZE], after[UNIT_LABEL_SIZE], delta[UNIT_LABEL_SIZE];
	char error[UNIT_LABEL_SIZE], p[32], share[32] = "new";

	value_text(format, change->before, before);
	value_text(format, change->after, after);
	value_text(format, change->after - change->before, delta);
	value_text(format, change->error, error);
	if (change->before > 0)
		snprintf(share, sizeof(share), "%+.1f%%",
			 100 * (change->after - change->before) / change->before);
	fprintf(out, "%*s %*s %*s %*s %9s %9s  %s\n", utf8_width(before, 10), before,
		utf8_width(after, 10), after, utf8_width(delta, 10), delta, utf8_width(error, 9),
		error, share, p_text(change->p, p), change->name);
}

static size_t rows_of(const struct report_input *input, const struct comparison *comparison)
{
	int32_t count = input->options->node_count;
	size_t rows = count < 0    ? comparison->real + NOISE_ROWS
		      : count == 0 ? comparison->count
				   : (size_t)count;

	return rows < comparison->count ? rows : comparison->count;
}

static void write_names(const struct sides *sides, uint32_t first, uint32_t end, FILE *out)
{
	for (uint32_t i = first; i < end; i++)
		fprintf(out, "%s%s", i == first ? "" : ", ", sides->subjects[i].name);
	fputc('\n', out);
}

static void write_header(const struct report_input *input, const struct sides *sides,
			 const struct comparison *comparison, FILE *out)
{
	const char *same = input->options->by_share ? "total" : "time";

	fputs("Before: ", out);
	write_names(sides, 0, sides->before, out);
	fputs("After: ", out);
	write_names(sides, sides->before, sides->count, out);
	if (sides->count > 2)
		fprintf(out, "Means of %u and %u runs, each scaled to the %s of the first\n",
			sides->before, sides->count - sides->before, same);
	else if (comparison->scale != 1)
		fprintf(out, "After is multiplied by %.4g, to the same %s\n", comparison->scale,
			same);
	fprintf(out, "Type: %s; p < %g is a real change, ~ is noise\n", view_type(input->view),
		COMPARE_SIGNIFICANT);
}

static void write_table(const struct report_input *input, const struct comparison *comparison,
			const char *title, FILE *out)
{
	struct value_format format;
	size_t rows = rows_of(input, comparison);

	report_own_unit(input, &format);
	fprintf(out, "\n%s: %zu of %zu changes are real\n", title, comparison->real,
		comparison->count);
	fprintf(out, "%10s %10s %10s %9s %9s %9s\n", "before", "after", "change", "+-", "change%",
		"p");
	write_row(&comparison->total, &format, out);
	for (size_t i = 0; i < rows; i++)
		write_row(&comparison->changes[i], &format, out);
}

/* A change that a limit does not allow; growth of the total before, in per cent. */
static bool breaks(const struct limit *limit, const struct change *change, double total,
		   double *percent)
{
	*percent = total > 0 ? 100 * (change->after - change->before) / total : 0;
	return limit->percent >= 0 && is_real(change) && *percent > limit->percent;
}

/* The short report of -check: a line for each change that is too large. Returns how many. */
static size_t write_check(const struct comparison *comparison, const struct limit *limits,
			  FILE *out)
{
	double total = comparison->total.before, percent;
	size_t broken = 0;

	for (size_t l = 0; l < LIMIT_COUNT; l++) {
		const struct limit *limit = &limits[l];
		const struct change *changes =
			limit->total ? &comparison->total : comparison->changes;

		for (size_t i = 0; i < (limit->total ? 1 : comparison->real); i++) {
			if (!breaks(limit, &changes[i], total, &percent))
				continue;
			broken++;
			fprintf(out, "FAIL %s=%g%%: %s %+.2f%% of the total (+-%.2f), p %.2g\n",
				limit->name, limit->percent, changes[i].name, percent,
				total > 0 ? 100 * changes[i].error / total : 0, changes[i].p);
		}
	}
	if (!broken)
		fprintf(out, "ok: no real growth beyond the limits, %zu functions compared\n",
			comparison->count);
	return broken;
}

/* Both sides are results of benchmarks? They are compared by their medians. */
static bool compare_benchmarks(const struct report_input *input, const struct limit *limits,
			       struct json *json, FILE *out)
{
	struct bench_comparison comparison;

	if (input->input_count != 2 || !bench_applies(input->inputs[0].view) ||
	    !bench_applies(input->inputs[1].view))
		return false;
	bench_compare(input->inputs[0].view, input->inputs[1].view, &comparison);
	if (json)
		bench_table_write_json(&comparison, json);
	else if (!*input->options->check)
		bench_table_write(&comparison, out);
	else if (bench_table_check(&comparison, limits[0].percent, out) && input->status)
		*input->status = STATUS_FAILED;
	bench_clear(&comparison);
	return true;
}

static bool write_compare(const struct report_input *input, const struct report *report, FILE *out,
			  struct error *error)
{
	bool gate = *input->options->check != '\0';
	struct limit limits[LIMIT_COUNT];
	struct comparison comparison;
	struct sides sides;

	(void)report;
	if (!parse_limits(input->options->check, limits, error) ||
	    !open_sides(input, &sides, error))
		return false;
	if (compare_benchmarks(input, limits, NULL, out)) {
		close_sides(&sides);
		return true;
	}
	build(input, &sides, !gate || input->options->cum, &comparison);
	if (gate) {
		if (write_check(&comparison, limits, out) && input->status)
			*input->status = STATUS_FAILED;
	} else {
		write_header(input, &sides, &comparison, out);
		write_table(input, &comparison, "Functions with all they call", out);
	}
	compare_clear(&comparison);
	if (!gate && !input->options->cum) {
		build(input, &sides, false, &comparison);
		write_table(input, &comparison, "Functions by themselves", out);
		compare_clear(&comparison);
	}
	close_sides(&sides);
	return true;
}

static void write_json_change(const struct change *change, const char *key, struct json *json)
{
	json_open(json, key, '{');
	json_text(json, "name", change->name);
	json_number(json, "before", change->before);
	json_number(json, "after", change->after);
	json_number(json, "error", change->error);
	json_number(json, "p", change->p);
	json_bool(json, "real", is_real(change));
	json_close(json, '}');
}

static bool write_json(const struct report_input *input, const struct report *report, FILE *out,
		       struct error *error)
{
	struct comparison comparison;
	struct sides sides;
	struct json json = {.out = out};

	if (!open_sides(input, &sides, error))
		return false;
	json_open(&json, NULL, '{');
	json_text(&json, "report", report->name);
	if (compare_benchmarks(input, NULL, &json, out)) {
		json_close(&json, '}');
		close_sides(&sides);
		return true;
	}
	build(input, &sides, input->options->cum, &comparison);
	json_text(&json, "unit", comparison.unit);
	json_number(&json, "scale", comparison.scale);
	write_json_change(&comparison.total, "total", &json);
	json_open(&json, "changes", '[');
	for (size_t i = 0; i < comparison.count; i++)
		write_json_change(&comparison.changes[i], NULL, &json);
	json_close(&json, ']');
	json_close(&json, '}');
	compare_clear(&comparison);
	close_sides(&sides);
	return true;
}

const struct report report_compare = {
	.name = "compare",
	.summary =
		"What changed from the first profile (or the base) to the second, and what of it is "
		"more than chance",
	.several = true,
	.pairs = true,
	.write = write_compare,
	.write_json = write_json,
};
