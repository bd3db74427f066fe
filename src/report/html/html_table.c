/* SPDX-License-Identifier: MIT */
#include "report/html/html_page.h"

#include "view/label_table.h"

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static void write_left_out(const struct html_page *page, uint32_t shown, uint32_t all,
			   const char *what)
{
	if (shown < all)
		fprintf(page->out, "<p class=\"note\">%u more %s are left out.</p>\n", all - shown,
			what);
}

static void write_rows(const struct html_page *page, uint32_t count)
{
	int64_t sum = 0;

	fputs("<table class=\"sortable top\">\n<thead><tr>"
	      "<th class=\"n\">flat</th><th class=\"n\">flat%</th><th class=\"n\">sum%</th>"
	      "<th class=\"n\">cum</th><th class=\"n\">cum%</th><th>function</th></tr></thead>\n"
	      "<tbody>\n",
	      page->out);
	for (uint32_t i = 0; i < count; i++) {
		const struct function_row *row = &page->table->rows[i];

		sum = wrap_add(sum, function_row_flat(row));
		fputs("<tr>", page->out);
		html_value_cells(page, function_row_flat(row));
		fputs("<td class=\"n\">", page->out);
		html_share(page, sum);
		fputs("</td>", page->out);
		html_value_cells(page, function_row_cum(row));
		fputs("<td class=\"f\">", page->out);
		html_text(page, page->view->node_names[row->node]);
		fputs("</td></tr>\n", page->out);
	}
	fputs("</tbody></table>\n", page->out);
}

void html_hottest(const struct html_page *page)
{
	write_rows(page, least(page->table->row_count, HTML_HOTTEST));
}

void html_top(const struct html_page *page)
{
	uint32_t shown = least(page->table->row_count, HTML_MOST_ROWS);

	fputs("<section id=\"top\"><h2>Top</h2>\n", page->out);
	write_rows(page, shown);
	write_left_out(page, shown, page->table->row_count, "functions");
	fputs("</section>\n", page->out);
}

static void write_neighbour(const struct html_page *page, const struct call_edge *edge,
			    node_id other)
{
	fputs("<tr>", page->out);
	html_value_cells(page, edge->weight);
	fputs("<td class=\"f\">", page->out);
	html_text(page, page->view->node_names[other]);
	fputs(edge->inlined ? " (inline)</td></tr>\n" : "</td></tr>\n", page->out);
}

static void write_neighbours(const struct html_page *page, const char *title, node_id node,
			     bool callers)
{
	const struct call_graph *graph = page->graph;
	const uint32_t *start = callers ? graph->in_start : graph->out_start;
	uint32_t count = start[node + 1] - start[node];
	uint32_t shown = least(count, HTML_MOST_NEIGHBOURS);

	if (!count)
		return;
	fprintf(page->out, "<tr><th colspan=\"3\">%s</th></tr>\n", title);
	for (uint32_t i = start[node]; i < start[node] + shown; i++) {
		const struct call_edge *edge = &graph->edges[callers ? graph->in_edges[i] : i];

		write_neighbour(page, edge, callers ? edge->caller : edge->callee);
	}
	if (shown < count)
		fprintf(page->out, "<tr><td></td><td></td><td>and %u more</td></tr>\n",
			count - shown);
}

void html_peek(const struct html_page *page)
{
	const struct function_table *table = page->table;
	uint32_t shown = least(table->row_count, HTML_MOST_PEEKS);

	fputs("<section id=\"peek\"><h2>Peek: callers and callees</h2>\n"
	      "<div id=\"neighbours\"></div>\n<div class=\"plain\">\n",
	      page->out);
	for (uint32_t i = 0; i < shown; i++) {
		const struct function_row *row = &table->rows[i];

		fputs("<details><summary>", page->out);
		html_text(page, page->view->node_names[row->node]);
		fputs(" \u2013 flat ", page->out);
		html_value(page, function_row_flat(row));
		fputs(", cum ", page->out);
		html_value(page, function_row_cum(row));
		fputs("</summary><table>\n", page->out);
		write_neighbours(page, "callers", row->node, true);
		write_neighbours(page, "callees", row->node, false);
		fputs("</table></details>\n", page->out);
	}
	write_left_out(page, shown, table->row_count, "functions");
	fputs("</div>\n</section>\n", page->out);
}

static void write_key(const struct html_page *page, const struct label_key *key)
{
	uint32_t shown = least(key->value_count, HTML_MOST_VALUES);

	fputs("<h3>", page->out);
	html_text(page, key->name);
	fputs("</h3>\n<table class=\"sortable\"><thead><tr><th class=\"n\">value</th>"
	      "<th class=\"n\">share</th><th>label</th></tr></thead>\n<tbody>\n",
	      page->out);
	for (uint32_t i = 0; i < shown; i++) {
		fputs("<tr>", page->out);
		html_value_cells(page, key->values[i].sum);
		fputs("<td class=\"f\">", page->out);
		html_text(page, key->values[i].text);
		fputs("</td></tr>\n", page->out);
	}
	fputs("</tbody></table>\n", page->out);
	write_left_out(page, shown, key->value_count, "values");
}

void html_labels(const struct html_page *page)
{
	struct label_table *table = label_table_build(page->view, page->input->options->unit);

	fputs("<section id=\"labels\"><h2>Labels</h2>\n", page->out);
	for (uint32_t i = 0; i < table->key_count; i++)
		write_key(page, &table->keys[i]);
	if (!table->key_count)
		fputs("<p>The samples have no labels.</p>\n", page->out);
	fputs("</section>\n", page->out);
	label_table_free(table);
}
