/* SPDX-License-Identifier: MIT */
#include "report/html/html_page.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "report/text/source_files.h"
#include "view/line_table.h"

static void write_cost(const struct html_page *page, int64_t value)
{
	fputs("<td class=\"n\">", page->out);
	if (value)
		html_value(page, value);
	fputs("</td>", page->out);
}

static void write_line(const struct html_page *page, const struct line_group *group, int64_t line,
		       const char *bytes, size_t length)
{
	const struct line_cost *cost = line_group_find(group, line);
	struct text text = {0};

	fprintf(page->out, "<tr%s>", cost && cost->cum ? " class=\"hot\"" : "");
	write_cost(page, cost ? cost->flat : 0);
	write_cost(page, cost ? cost->cum : 0);
	fprintf(page->out, "<td class=\"n\">%lld</td><td class=\"code\">", (long long)line);
	for (size_t i = 0; i < length; i++)
		if (bytes[i] == '\t')
			text_add_string(&text, "        ");
		else
			text_add_char(&text, bytes[i]);
	html_text(page, text_string(&text));
	fputs("</td></tr>\n", page->out);
	text_clear(&text);
}

/* False if the file is not there. */
static bool write_group(const struct html_page *page, const struct line_group *group,
			struct source_files *files)
{
	int64_t last = group->last - group->first >= HTML_MOST_LINES
			       ? group->first + HTML_MOST_LINES - 1
			       : group->last;
	size_t length;
	const char *bytes = source_files_line(files, group->file, group->first, &length);

	if (!bytes)
		return false;
	fputs("<details><summary>", page->out);
	html_text(page, group->function);
	fputs(" \u2013 flat ", page->out);
	html_value(page, group->flat);
	fputs(", cum ", page->out);
	html_value(page, group->cum);
	fputs("</summary><p class=\"note\">", page->out);
	html_text(page, group->file);
	fputs("</p><table class=\"source\">\n", page->out);
	for (int64_t line = group->first; bytes && line <= last;) {
		write_line(page, group, line++, bytes, length);
		bytes = source_files_line(files, group->file, line, &length);
	}
	fputs("</table></details>\n", page->out);
	return true;
}

/* By flat, then by cum, the greatest first; equal ones stay in the order of their names. */
static int compare_groups(const void *a, const void *b)
{
	const struct line_group *x = *(const struct line_group *const *)a;
	const struct line_group *y = *(const struct line_group *const *)b;
	int64_t by_flat = wrap_absolute(y->flat), flat = wrap_absolute(x->flat);
	int64_t by_cum = wrap_absolute(y->cum), cum = wrap_absolute(x->cum);

	if (flat != by_flat)
		return flat < by_flat ? 1 : -1;
	if (cum != by_cum)
		return cum < by_cum ? 1 : -1;
	return (x > y) - (x < y);
}

static uint32_t write_groups(const struct html_page *page, const struct line_table *table,
			     struct source_files *files)
{
	const struct line_group **sorted = alloc_zero(table->group_count + 1, sizeof(*sorted));
	uint32_t listed = 0;

	for (uint32_t i = 0; i < table->group_count; i++)
		sorted[i] = &table->groups[i];
	qsort(sorted, table->group_count, sizeof(*sorted), compare_groups);
	for (uint32_t i = 0; i < table->group_count && listed < HTML_MOST_LISTED; i++)
		if (*sorted[i]->file && sorted[i]->cum && write_group(page, sorted[i], files))
			listed++;
	free(sorted);
	return listed;
}

static bool write_listings(const struct html_page *page, struct error *error)
{
	struct view_spec spec;
	struct view *view;
	struct line_table *table;
	struct source_files *files;

	view_spec_copy(&spec, &page->view->spec);
	spec.granularity = GRANULARITY_LINES;
	spec.object_names = true;
	view = view_build(page->view->profile, &spec, error);
	view_spec_clear(&spec);
	if (!view)
		return false;
	table = line_table_build(view, NULL, page->input->options->drop_negative, true);
	files = source_files_new(view->spec.source_path, view->spec.trim_path,
				 page->input->options->places);
	if (!write_groups(page, table, files))
		fputs("<p>No source was found for this profile; -source_path says where it is."
		      "</p>\n",
		      page->out);
	source_files_free(files);
	line_table_free(table);
	view_free(view);
	return true;
}

bool html_source(const struct html_page *page, struct error *error)
{
	bool good = true;

	fputs("<section id=\"source\"><h2>Source</h2>\n", page->out);
	if (page->input->options->hide_source)
		fputs("<p>Source text is left out of a redacted page.</p>\n", page->out);
	else
		good = write_listings(page, error);
	fputs("</section>\n", page->out);
	return good;
}
