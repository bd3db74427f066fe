/* SPDX-License-Identifier: MIT */
/*
 * What is wrong with a run and what to do about it (diagnose/diagnose.h), from
 * one profile or several. JSON:
 *
 *     {"report": "diagnose", "worst": "critical",
 *      "findings": [{"rule", "severity", "title", "evidence", "advice",
 *        "jumps": [{"kind": "function", "label", "cycle", "class", "stacks"
 *          or "file", "input": number, "text"}]}],
 *      "tables": [{"table", "title", "columns": [...], "rows": [[...], ...]}]}
 */
#include <string.h>

#include "report/findings/page.h"
#include "diagnose/diagnose.h"
#include "report/form/json.h"
#include "report/list.h"

#define PAGE_WIDTH 79
#define STATUS_CRITICAL 3

static bool run(const struct report_input *input, struct findings *findings, struct error *error)
{
	const struct diagnose_input only = {"the profile", input->view};
	const struct diagnose_input *inputs = input->inputs ? input->inputs : &only;
	uint32_t count = input->inputs ? input->input_count : 1;
	struct thresholds thresholds;

	if (!thresholds_parse(&thresholds, input->options->thresholds, error)) {
		findings_clear(findings);
		return false;
	}
	diagnose(inputs, count, &thresholds, findings);
	if (input->status && findings_worst(findings) == SEVERITY_CRITICAL)
		*input->status = STATUS_CRITICAL;
	return true;
}

static bool write_diagnose(const struct report_input *input, const struct report *report, FILE *out,
			   struct error *error)
{
	struct findings findings = {0};
	struct page page = {0};

	(void)report;
	if (!run(input, &findings, error))
		return false;
	page_build(&page, &findings, PAGE_WIDTH, SIZE_MAX, NULL, 0);
	for (size_t i = 0; i < page.count; i++)
		fprintf(out, "%s\n", page.lines[i].text);
	page_clear(&page);
	findings_clear(&findings);
	return true;
}

static void write_finding(const struct finding *finding, struct json *json)
{
	json_open(json, NULL, '{');
	json_text(json, "rule", finding->rule);
	json_text(json, "severity", severity_names[finding->severity]);
	json_text(json, "title", finding->title);
	json_text(json, "evidence", finding->evidence);
	json_text(json, "advice", finding->advice);
	json_open(json, "jumps", '[');
	for (uint32_t i = 0; i < finding->jump_count; i++) {
		json_open(json, NULL, '{');
		json_text(json, "kind", jump_names[finding->jumps[i].kind]);
		json_integer(json, "input", finding->jumps[i].input);
		json_text(json, "text", finding->jumps[i].text);
		json_close(json, '}');
	}
	json_close(json, ']');
	json_close(json, '}');
}

static void write_json_table(const struct table *table, struct json *json)
{
	json_open(json, NULL, '{');
	json_text(json, "table", table->name);
	json_text(json, "title", table->title);
	json_open(json, "columns", '[');
	for (uint32_t c = 0; c < table->column_count; c++)
		json_text(json, NULL, table->columns[c]);
	json_close(json, ']');
	json_open(json, "rows", '[');
	for (size_t i = 0; i < table->cell_count; i++) {
		if (i % table->column_count == 0)
			json_open(json, NULL, '[');
		if (table->cells[i].is_number)
			json_number(json, NULL, table->cells[i].number);
		else
			json_text(json, NULL, table->cells[i].text);
		if ((i + 1) % table->column_count == 0)
			json_close(json, ']');
	}
	json_close(json, ']');
	json_close(json, '}');
}

static bool write_json(const struct report_input *input, const struct report *report, FILE *out,
		       struct error *error)
{
	struct json json = {.out = out};
	struct findings findings = {0};

	if (!run(input, &findings, error))
		return false;
	json_open(&json, NULL, '{');
	json_text(&json, "report", report->name);
	json_text(&json, "worst", severity_names[findings_worst(&findings)]);
	json_open(&json, "findings", '[');
	for (size_t i = 0; i < findings.count; i++)
		write_finding(&findings.items[i], &json);
	json_close(&json, ']');
	json_open(&json, "tables", '[');
	for (size_t i = 0; i < findings.table_count; i++)
		write_json_table(&findings.tables[i], &json);
	json_close(&json, ']');
	json_close(&json, '}');
	findings_clear(&findings);
	return true;
}

const struct report report_diagnose = {
	.name = "diagnose",
	.summary =
		"What is wrong and what to do about it, from one profile or several of one run; exit "
		"status 3 if it is critical",
	.several = true,
	.forces_granularity = true,
	.granularity = GRANULARITY_FUNCTIONS,
	.write = write_diagnose,
	.write_json = write_json,
};
