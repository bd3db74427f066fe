/* SPDX-License-Identifier: MIT */
#include "diagnose/rules/changes.h"

#include "diagnose/rules/bench.h"
#include "diagnose/compare.h"
#include "profile/unit.h"

/* Rows of a table, and names in a sentence. */
#define TABLE_ROWS 15
#define NAMES 3

/* The only two of a kind, in the order given; false if there are more or fewer. */
static bool find_pair(const struct subject *subjects, uint32_t count, enum subject_kind kind,
		      const struct subject *pair[2])
{
	uint32_t found = 0;

	for (uint32_t i = 0; i < count; i++) {
		if (subjects[i].kind != kind || subjects[i].twin)
			continue;
		if (found < 2)
			pair[found] = &subjects[i];
		found++;
	}
	return found == 2;
}

/* --- Benchmarks ------------------------------------------------------------ */

static bool is_real(const struct bench_row *row)
{
	return row->p < BENCH_SIGNIFICANT && bench_change(row) != 0;
}

static bool is_worse(const struct bench_row *row)
{
	return (bench_change(row) > 0) != bench_more_is_better(row->unit);
}

/* "Render/n=10 +12.3 % ns/op, ..." of those that got better or worse. */
static const char *bench_text(const struct bench_comparison *comparison, bool worse, size_t *count,
			      struct findings *findings)
{
	const char *text = "";

	*count = 0;
	for (size_t i = 0; i < comparison->row_count; i++) {
		const struct bench_row *row = &comparison->rows[i];

		if (!is_real(row) || is_worse(row) != worse)
			continue;
		if ((*count)++ < NAMES)
			text = findings_text(findings, "%s%s%s %+.1f %% %s", text,
					     *text ? ", " : "", row->name, bench_change(row),
					     row->unit);
	}
	return *count > NAMES ? findings_text(findings, "%s, ...", text) : text;
}

static void write_benchmarks(const struct bench_comparison *comparison, struct findings *findings)
{
	static const char *const columns[] = {"benchmark", "unit",   "before",
					      "after",     "change", "p"};
	struct table *table = findings_add_table(findings, "benchmarks",
						 "Benchmarks, medians; ~ is noise", columns, 6);

	for (size_t i = 0; i < comparison->row_count; i++) {
		const struct bench_row *row = &comparison->rows[i];

		if (!row->sides[0].count || !row->sides[1].count)
			continue;
		table_add_text(findings, table, row->name);
		table_add_text(findings, table, row->unit);
		for (int side = 0; side < 2; side++)
			table_add_number(findings, table, row->sides[side].median, "%.10g",
					 row->sides[side].median);
		table_add_number(findings, table, bench_change(row), is_real(row) ? "%+.2f%%" : "~",
				 bench_change(row));
		table_add_number(findings, table, row->p, "%.3f", row->p);
	}
}

static void add_benchmarks(const struct subject *const pair[2], bool worse,
			   const struct bench_comparison *comparison, struct findings *findings)
{
	size_t count;
	const char *text = bench_text(comparison, worse, &count, findings);
	struct finding *finding;

	if (!count)
		return;
	finding = findings_add(
		findings, worse ? SEVERITY_WARNING : SEVERITY_NOTE,
		worse ? "benchmark-worse" : "benchmark-better",
		findings_text(findings, "%zu of %zu measures of benchmarks got %s", count,
			      comparison->row_count, worse ? "worse" : "better"),
		worse ? "the functions that changed in the CPU profiles are the first suspects; without "
			"profiles run go test -bench with -cpuprofile on both sides"
		      : "keep both outputs with the change: they are its proof");
	finding->weight = WEIGHT_CAUSE + (double)count;
	finding->evidence = findings_text(findings, "from %s to %s, more than chance (p < %g): %s",
					  pair[0]->name, pair[1]->name, BENCH_SIGNIFICANT, text);
}

static void examine_benchmarks(const struct subject *const pair[2], struct findings *findings)
{
	struct bench_comparison comparison;

	bench_compare(pair[0]->view, pair[1]->view, &comparison);
	add_benchmarks(pair, true, &comparison, findings);
	add_benchmarks(pair, false, &comparison, findings);
	write_benchmarks(&comparison, findings);
	bench_clear(&comparison);
}

/* One output of benchmarks, or more than two, are not before and after. */
static void add_lonely(const struct subject *subjects, uint32_t count, struct findings *findings)
{
	struct finding *finding;
	uint32_t found = 0;

	for (uint32_t i = 0; i < count; i++)
		found += subjects[i].kind == SUBJECT_BENCH;
	if (!found)
		return;
	finding = findings_add(findings, SEVERITY_UNKNOWN, "benchmarks",
			       "benchmarks say something by comparison alone",
			       "name two outputs of go test -bench -count=6: before and after");
	finding->evidence = findings_text(findings, "outputs of benchmarks: %u", found);
}

/* --- CPU profiles ---------------------------------------------------------- */

static const char *value_text(const struct comparison *comparison, double value,
			      char label[UNIT_LABEL_SIZE])
{
	unit_label(unit_truncate(value), comparison->unit, "minimum", label);
	return label;
}

static void write_changes(const struct comparison *comparison, struct findings *findings)
{
	static const char *const columns[] = {"function", "before", "after", "change", "p"};
	struct table *table = findings_add_table(
		findings, "changes", "Functions by themselves that really changed", columns, 5);
	char label[UNIT_LABEL_SIZE];

	for (size_t i = 0; i < comparison->real && i < TABLE_ROWS; i++) {
		const struct change *change = &comparison->changes[i];
		double delta = change->after - change->before;

		table_add_text(findings, table, change->name);
		table_add_number(findings, table, change->before, "%s",
				 value_text(comparison, change->before, label));
		table_add_number(findings, table, change->after, "%s",
				 value_text(comparison, change->after, label));
		table_add_number(findings, table, delta, "%s%s", delta > 0 ? "+" : "",
				 value_text(comparison, delta, label));
		table_add_number(findings, table, change->p, "%.2g", change->p);
	}
}

static void examine_functions(const struct subject *const pair[2], struct findings *findings)
{
	struct comparison comparison;
	char label[UNIT_LABEL_SIZE];
	struct finding *finding;
	const char *text = "";

	compare_build(pair[0], pair[1], false, COMPARE_BY_TIME, &comparison);
	if (comparison.real) {
		finding = findings_add(
			findings, SEVERITY_NOTE, "changed",
			findings_text(findings, "%zu of %zu functions really changed by themselves",
				      comparison.real, comparison.count),
			"-compare on the two has all of them, also with what they call");
		finding->weight = WEIGHT_CAUSE;
		for (size_t i = 0; i < comparison.real && i < NAMES; i++) {
			const struct change *change = &comparison.changes[i];
			double delta = change->after - change->before;

			text = findings_text(findings, "%s%s%s %s%s", text, i ? ", " : "",
					     change->name, delta > 0 ? "+" : "",
					     value_text(&comparison, delta, label));
			finding_add_jump(findings, finding, JUMP_FUNCTION,
					 pair[change->after <= 0 ? 0 : 1]->number, change->name);
		}
		finding->evidence = findings_text(findings, "from %s to %s, in the same time: %s",
						  pair[0]->name, pair[1]->name, text);
		write_changes(&comparison, findings);
	}
	compare_clear(&comparison);
}

void changes_examine(const struct subject *subjects, uint32_t count, struct findings *findings)
{
	const struct subject *pair[2];

	if (find_pair(subjects, count, SUBJECT_BENCH, pair))
		examine_benchmarks(pair, findings);
	else
		add_lonely(subjects, count, findings);
	if (find_pair(subjects, count, SUBJECT_CPU, pair))
		examine_functions(pair, findings);
}
