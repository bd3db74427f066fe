/* SPDX-License-Identifier: MIT */
#include "report/findings/bench_table.h"

#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"

static bool is_real(const struct bench_row *row)
{
	return row->p < BENCH_SIGNIFICANT && row->sides[0].median != row->sides[1].median;
}

static void write_side(const struct bench_side *side, FILE *out)
{
	if (!side->count)
		fprintf(out, " %15s      ", "-");
	else if (isinf(side->spread))
		fprintf(out, " %15.10g +- inf", side->median);
	else
		fprintf(out, " %15.10g +-%3.0f%%", side->median, 100 * side->spread);
}

void bench_table_write(const struct bench_comparison *comparison, FILE *out)
{
	size_t widest = 9;

	for (size_t i = 0; i < comparison->row_count; i++) {
		size_t width = utf8_count(comparison->rows[i].name);

		widest = width > widest ? width : widest;
	}
	fprintf(out, "%-*s %-12s %15s       %15s          change\n", (int)widest, "benchmark",
		"unit", "before", "after");
	for (size_t i = 0; i < comparison->row_count; i++) {
		const struct bench_row *row = &comparison->rows[i];

		fprintf(out, "%-*s %-*s", utf8_width(row->name, (int)widest), row->name,
			utf8_width(row->unit, 12), row->unit);
		write_side(&row->sides[0], out);
		write_side(&row->sides[1], out);
		if (!row->sides[0].count || !row->sides[1].count)
			fputs(row->sides[0].count ? "       gone\n" : "        new\n", out);
		else if (is_real(row))
			fprintf(out, " %+9.2f%% (p=%.3f n=%zu+%zu)\n", bench_change(row), row->p,
				row->sides[0].count, row->sides[1].count);
		else
			fprintf(out, " %10s (p=%.3f n=%zu+%zu)\n", "~", row->p, row->sides[0].count,
				row->sides[1].count);
	}
	for (size_t i = 0; i < comparison->geomean_count; i++)
		if (comparison->geomeans[i].count)
			fprintf(out, "geomean of %s: %+.2f%%\n", comparison->geomeans[i].unit,
				100 * (comparison->geomeans[i].ratio - 1));
}

void bench_table_write_json(const struct bench_comparison *comparison, struct json *json)
{
	json_open(json, "benchmarks", '[');
	for (size_t i = 0; i < comparison->row_count; i++) {
		const struct bench_row *row = &comparison->rows[i];

		json_open(json, NULL, '{');
		json_text(json, "name", row->name);
		json_text(json, "unit", row->unit);
		json_number(json, "before", row->sides[0].count ? row->sides[0].median : NAN);
		json_number(json, "after", row->sides[1].count ? row->sides[1].median : NAN);
		json_number(json, "p", row->p);
		json_bool(json, "real", is_real(row));
		json_close(json, '}');
	}
	json_close(json, ']');
	json_open(json, "geomeans", '[');
	for (size_t i = 0; i < comparison->geomean_count; i++) {
		json_open(json, NULL, '{');
		json_text(json, "unit", comparison->geomeans[i].unit);
		json_number(json, "ratio", comparison->geomeans[i].ratio);
		json_close(json, '}');
	}
	json_close(json, ']');
}

size_t bench_table_check(const struct bench_comparison *comparison, double percent, FILE *out)
{
	size_t broken = 0;

	for (size_t i = 0; percent >= 0 && i < comparison->row_count; i++) {
		const struct bench_row *row = &comparison->rows[i];
		double change = bench_change(row);
		double worse = bench_more_is_better(row->unit) ? -change : change;

		if (!row->sides[0].count || !row->sides[1].count || !is_real(row) ||
		    worse <= percent)
			continue;
		broken++;
		fprintf(out, "FAIL max-regress=%g%%: %s %+.2f%% %s (p=%.3f)\n", percent, row->name,
			change, row->unit, row->p);
	}
	if (!broken)
		fprintf(out, "ok: no real growth beyond the limit, %zu medians compared\n",
			comparison->row_count);
	return broken;
}
