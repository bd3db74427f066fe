/* SPDX-License-Identifier: MIT */
#include "report/html/html_page.h"

#include "diagnose/diagnose.h"

static void write_finding(const struct html_page *page, const struct finding *finding)
{
	fprintf(page->out, "<article class=\"%s\"><h3><span class=\"badge\">%s</span> ",
		severity_names[finding->severity], severity_names[finding->severity]);
	html_text(page, finding->title);
	fputs("</h3><p>", page->out);
	html_text(page, finding->evidence);
	fputs("</p><p class=\"advice\">", page->out);
	html_text(page, finding->advice);
	fputs("</p></article>\n", page->out);
}

static void write_cell(const struct html_page *page, const struct table_cell *cell)
{
	if (cell->is_number)
		fprintf(page->out, "<td class=\"n\" data-v=\"%.17g\">", cell->number);
	else
		fputs("<td>", page->out);
	html_text(page, cell->text);
	fputs("</td>", page->out);
}

static void write_table(const struct html_page *page, const struct table *table)
{
	fputs("<h3>", page->out);
	html_text(page, table->title);
	fputs("</h3>\n<table class=\"sortable\"><thead><tr>", page->out);
	for (uint32_t i = 0; i < table->column_count; i++) {
		fputs(table->cell_count > i && table->cells[i].is_number ? "<th class=\"n\">"
									 : "<th>",
		      page->out);
		html_text(page, table->columns[i]);
		fputs("</th>", page->out);
	}
	fputs("</tr></thead>\n<tbody>\n", page->out);
	for (size_t i = 0; i < table->cell_count; i++) {
		if (i % table->column_count == 0)
			fputs("<tr>", page->out);
		write_cell(page, &table->cells[i]);
		if ((i + 1) % table->column_count == 0)
			fputs("</tr>\n", page->out);
	}
	fputs("</tbody></table>\n", page->out);
}

/* Rules read functions, whatever the page shows. */
static struct view *functions_view(const struct html_page *page, struct error *error)
{
	struct view_spec spec;
	struct view *view;

	view_spec_copy(&spec, &page->view->spec);
	spec.granularity = GRANULARITY_FUNCTIONS;
	view = view_build(page->view->profile, &spec, error);
	view_spec_clear(&spec);
	return view;
}

bool html_findings(const struct html_page *page, struct error *error)
{
	struct view *view = functions_view(page, error);
	struct diagnose_input input = {"the profile", view};
	struct findings findings = {0};
	struct thresholds thresholds;
	bool good = view && thresholds_parse(&thresholds, page->input->options->thresholds, error);

	if (good)
		diagnose(&input, 1, &thresholds, &findings);
	fputs("<section id=\"diagnosis\"><h2>Diagnosis</h2>\n", page->out);
	for (size_t i = 0; good && i < findings.count; i++)
		write_finding(page, &findings.items[i]);
	if (good && !findings.count)
		fputs("<p>Nothing unusual was found.</p>\n", page->out);
	for (size_t i = 0; good && i < findings.table_count; i++)
		write_table(page, &findings.tables[i]);
	fputs("</section>\n", page->out);
	findings_clear(&findings);
	view_free(view);
	return good;
}
