/*
 * What is wrong with a run and what to do about it (diagnose/diagnose.h), from
 * one profile or several. JSON:
 *
 *     {"report": "diagnose", "worst": "critical",
 *      "findings": [{"rule", "severity", "title", "evidence", "advice",
 *        "jumps": [{"kind": "function", "label" or "cycle", "input": number, "text"}]}],
 *      "tables": [{"table", "title", "columns": [...], "rows": [[...], ...]}]}
 */
#include <string.h>

#include "base/utf8.h"
#include "report/json.h"
#include "report/list.h"

#define PAGE_WIDTH 79
#define INDENT 10
#define STATUS_CRITICAL 3

static bool run(const struct report_input *input, struct findings *findings, struct error *error)
{
	const struct diagnose_input only = {"the profile", input->view};
	const struct diagnose_input *inputs = input->inputs ? input->inputs : &only;
	uint32_t count = input->inputs ? input->input_count : 1;
	struct thresholds thresholds;

	if (!thresholds_parse(&thresholds, input->options->thresholds, error) ||
	    !diagnose(inputs, count, &thresholds, findings, error)) {
		findings_clear(findings);
		return false;
	}
	if (input->status && findings_worst(findings) == SEVERITY_CRITICAL)
		*input->status = STATUS_CRITICAL;
	return true;
}

/* The text in lines of PAGE_WIDTH, broken at blanks, each behind an indent; `first` stands in the first. */
static void write_wrapped(const char *first, const char *text, FILE *out)
{
	size_t column = INDENT + strlen(first);

	fprintf(out, "%*s%s", INDENT, "", first);
	while (*text) {
		size_t length = strcspn(text, " "), blanks = strspn(text + length, " ");

		if (column > INDENT + strlen(first) && column + length > PAGE_WIDTH) {
			fprintf(out, "\n%*s", (int)(INDENT + strlen(first)), "");
			column = INDENT + strlen(first);
		}
		fwrite(text, 1, length, out);
		column += length + 1;
		text += length + blanks;
		if (*text && column + strcspn(text, " ") <= PAGE_WIDTH)
			fputc(' ', out);
	}
	fputc('\n', out);
}

/* "2 critical, 1 warning, 0 notes" */
static void write_counts(const struct findings *findings, FILE *out)
{
	uint32_t counts[SEVERITY_COUNT] = {0};

	for (size_t i = 0; i < findings->count; i++)
		counts[findings->items[i].severity]++;
	fprintf(out, "%u critical, %u warning%s, %u note%s", counts[SEVERITY_CRITICAL],
		counts[SEVERITY_WARNING], counts[SEVERITY_WARNING] == 1 ? "" : "s",
		counts[SEVERITY_NOTE], counts[SEVERITY_NOTE] == 1 ? "" : "s");
	if (counts[SEVERITY_UNKNOWN])
		fprintf(out, ", %u that the data cannot answer", counts[SEVERITY_UNKNOWN]);
	fputc('\n', out);
}

static uint32_t column_width(const struct table *table, uint32_t column)
{
	size_t widest = utf8_count(table->columns[column]);

	for (size_t i = column; i < table->cell_count; i += table->column_count) {
		size_t width = utf8_count(table->cells[i].text);

		widest = width > widest ? width : widest;
	}
	return (uint32_t)widest;
}

/* Texts to the left, numbers to the right. */
static void write_cell(const char *text, uint32_t width, bool right, bool last, FILE *out)
{
	if (right)
		fprintf(out, "  %*s", utf8_width(text, (int)width), text);
	else if (last)
		fprintf(out, "  %s", text);
	else
		fprintf(out, "  %-*s", utf8_width(text, (int)width), text);
}

static void write_table(const struct table *table, FILE *out)
{
	uint32_t count = table->column_count, widths[64];

	fprintf(out, "\n%s\n", table->title);
	for (uint32_t c = 0; c < count && c < 64; c++)
		widths[c] = column_width(table, c);
	for (uint32_t c = 0; c < count && c < 64; c++) {
		bool number = table->cell_count > c && table->cells[c].is_number;

		write_cell(table->columns[c], widths[c], number, c + 1 == count, out);
	}
	for (size_t i = 0; i < table->cell_count; i++) {
		uint32_t c = (uint32_t)(i % count);

		if (c == 0)
			fputc('\n', out);
		if (c < 64)
			write_cell(table->cells[i].text, widths[c], table->cells[i].is_number,
				   c + 1 == count, out);
	}
	fputc('\n', out);
}

static bool write_diagnose(const struct report_input *input, const struct report *report, FILE *out,
			   struct error *error)
{
	struct findings findings = {0};

	(void)report;
	if (!run(input, &findings, error))
		return false;
	write_counts(&findings, out);
	for (size_t i = 0; i < findings.count; i++) {
		const struct finding *finding = &findings.items[i];

		fprintf(out, "\n%-*s%s [%s]\n", INDENT, severity_names[finding->severity],
			finding->title, finding->rule);
		write_wrapped("", finding->evidence, out);
		write_wrapped("-> ", finding->advice, out);
	}
	for (size_t i = 0; i < findings.table_count; i++)
		write_table(&findings.tables[i], out);
	findings_clear(&findings);
	return true;
}

static void write_finding(const struct finding *finding, struct json *json)
{
	static const char *const kinds[] = {"function", "label", "cycle"};

	json_open(json, NULL, '{');
	json_text(json, "rule", finding->rule);
	json_text(json, "severity", severity_names[finding->severity]);
	json_text(json, "title", finding->title);
	json_text(json, "evidence", finding->evidence);
	json_text(json, "advice", finding->advice);
	json_open(json, "jumps", '[');
	for (uint32_t i = 0; i < finding->jump_count; i++) {
		json_open(json, NULL, '{');
		json_text(json, "kind", kinds[finding->jumps[i].kind]);
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
