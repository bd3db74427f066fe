/* SPDX-License-Identifier: MIT */
#include "base/array.h"
#include "report/html/html_page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "report/form/xml.h"
#include "report/list.h"
#include "view/path.h"

void html_text(const struct html_page *page, const char *text)
{
	xml_write(text, page->out);
}

void html_value(const struct html_page *page, int64_t value)
{
	const char *unit;
	double scaled = unit_scale(report_divided(&page->format, value), page->format.from,
				   page->format.to, &unit);

	if (!value) {
		fputc('0', page->out);
		return;
	}
	fprintf(page->out, "%.*f", page->decimals, scaled);
	html_text(page, unit);
}

void html_share(const struct html_page *page, int64_t value)
{
	if (page->view->total)
		fprintf(page->out, "%.2f%%",
			100.0 * (double)value / fabs((double)page->view->total));
}

void html_value_cells(const struct html_page *page, int64_t value)
{
	fprintf(page->out, "<td class=\"n\" data-v=\"%lld\">", (long long)value);
	html_value(page, value);
	fputs("</td><td class=\"n\">", page->out);
	html_share(page, value);
	fputs("</td>", page->out);
}

/* The unit in which the total is at least 1, unless one was asked for. */
static void choose_unit(struct html_page *page)
{
	const char *unit;

	report_own_unit(page->input, &page->format);
	if (strcmp(page->format.to, "minimum") == 0 || strcmp(page->format.to, "auto") == 0) {
		unit_scale(wrap_absolute(page->view->total), page->format.from, "auto", &unit);
		page->format.to = *unit ? unit : "count";
	}
	page->decimals = unit_scale(1, page->format.from, page->format.to, &unit) == 1.0 ? 0 : 2;
}

static const char *file_name(const struct view *view, struct text *name)
{
	const struct profile *profile = view->profile;

	if (profile->mapping_count && profile->mappings[0].file)
		path_base(profile_text(profile, profile->mappings[0].file), name);
	return name->length ? name->bytes : "profile";
}

static void write_head(const struct html_page *page)
{
	struct text name = {0};

	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	      "style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; "
	      "form-action 'none'; base-uri 'none'\">\n"
	      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	      "<link rel=\"icon\" href=\"data:,\">\n<title>",
	      page->out);
	html_text(page, file_name(page->view, &name));
	fputs(" \u2013 ", page->out);
	html_text(page, view_type(page->view));
	fprintf(page->out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<header><h1>",
		html_style);
	html_text(page, text_string(&name));
	fputs("</h1><span class=\"type\">", page->out);
	html_text(page, view_type(page->view));
	fputs(" ", page->out);
	html_value(page, page->view->total);
	fputs("</span></header>\n", page->out);
	text_clear(&name);
}

static void write_navigation(const struct html_page *page)
{
	static const struct {
		const char *id, *title;
		bool script; /* shows nothing without scripts */
	} sections[] = {
		{"overview", "Overview", false}, {"top", "Top", false},
		{"flame", "Flame graph", true},  {"graph", "Call graph", true},
		{"peek", "Peek", false},         {"source", "Source", false},
		{"labels", "Labels", false},     {"diagnosis", "Diagnosis", false},
	};

	fputs("<nav>", page->out);
	for (size_t i = 0; i < COUNT(sections); i++)
		fprintf(page->out, "<a href=\"#%s\"%s>%s</a>", sections[i].id,
			sections[i].script ? " class=\"script\"" : "", sections[i].title);
	fputs("<input id=\"search\" class=\"script\" type=\"search\" "
	      "placeholder=\"search: regular expression ( / )\" aria-label=\"search\">"
	      "<span id=\"matched\"></span>"
	      "<button id=\"theme\" class=\"script\" title=\"dark or light\">\u25d0</button>"
	      "</nav>\n",
	      page->out);
}

/* A line of the overview from a line of the header of reports: "Type: cpu" is a name and a value. */
static void write_fact(const struct html_page *page, const char *line, size_t length)
{
	struct text text = {0};
	const char *colon;

	text_add(&text, line, length);
	colon = strstr(text_string(&text), ": ");
	fputs("<tr><th>", page->out);
	if (colon) {
		text.bytes[colon - text.bytes] = '\0';
		html_text(page, text.bytes);
		fputs("</th><td>", page->out);
		html_text(page, colon + 2);
	} else {
		fputs("</th><td>", page->out);
		html_text(page, text_string(&text));
	}
	fputs("</td></tr>\n", page->out);
	text_clear(&text);
}

/* What the header of text reports says, as a table. */
static void write_facts(const struct html_page *page)
{
	char *bytes = NULL;
	size_t size = 0;
	FILE *memory = open_memstream(&bytes, &size);

	if (!memory)
		return;
	report_write_labels(page->input, &page->format, memory);
	fclose(memory);
	for (char *line = bytes; line && *line;) {
		size_t length = strcspn(line, "\n");

		write_fact(page, line, length);
		line += length + (line[length] == '\n');
	}
	free(bytes);
}

static void write_overview(const struct html_page *page)
{
	const struct view *view = page->view;

	fputs("<section id=\"overview\"><h2>Overview</h2>\n<table class=\"facts\">\n", page->out);
	write_facts(page);
	fputs("<tr><th>Total</th><td>", page->out);
	html_value(page, view->total);
	fprintf(page->out, " in %u samples</td></tr>\n", view->kept_samples);
	for (int i = 0; i < FILTER_COUNT; i++) {
		if (!*view_spec_filter(&view->spec, (enum view_filter)i))
			continue;
		fprintf(page->out, "<tr><th>%s</th><td>", view_filter_names[i]);
		html_text(page, view_spec_filter(&view->spec, (enum view_filter)i));
		fputs("</td></tr>\n", page->out);
	}
	fputs("</table>\n<h3>Hottest functions</h3>\n", page->out);
	html_hottest(page);
	fputs("</section>\n", page->out);
}

/* Sections that only scripts can draw. */
static void write_drawings(const struct html_page *page)
{
	fputs("<section id=\"flame\"><h2>Flame graph</h2>"
	      "<p class=\"bar script\"><button id=\"zoomout\">reset zoom</button> "
	      "<button id=\"flip\">root at the bottom</button> "
	      "<span id=\"details\">click a frame to zoom, double-click to see its callers"
	      "</span></p>"
	      "<noscript><p>The flame graph needs JavaScript.</p></noscript>"
	      "<div id=\"frames\"></div></section>\n"
	      "<section id=\"graph\"><h2>Call graph</h2>"
	      "<p class=\"bar script\"><button id=\"fit\">fit</button> "
	      "drag to move, wheel to zoom, click a function to see its callers and callees</p>"
	      "<noscript><p>The call graph needs JavaScript.</p></noscript>"
	      "<div id=\"drawing\"></div></section>\n",
	      page->out);
}

static bool write_body(const struct html_page *page, struct error *error)
{
	write_head(page);
	write_navigation(page);
	fputs("<main>\n", page->out);
	write_overview(page);
	html_top(page);
	write_drawings(page);
	html_peek(page);
	if (!html_source(page, error))
		return false;
	html_labels(page);
	if (!html_findings(page, error))
		return false;
	fputs("</main>\n", page->out);
	if (!html_data(page, error))
		return false;
	fprintf(page->out, "<script>\n%s</script>\n</body>\n</html>\n", html_script);
	return true;
}

static bool write_html(const struct report_input *input, const struct report *report, FILE *out,
		       struct error *error)
{
	struct html_page page = {.input = input, .view = input->view, .out = out};
	bool good;

	(void)report;
	choose_unit(&page);
	page.table = function_table_build(input->view);
	page.graph = call_graph_build(input->view, page.table->rows, page.table->row_count, NULL);
	good = write_body(&page, error);
	call_graph_free(page.graph);
	function_table_free(page.table);
	return good;
}

const struct report report_html = {
	.name = "html",
	.raw_names = true,
	.summary = "One page for a browser, with tables, flame graph, call graph and search",
	.untrimmed = true,
	.extension = "html",
	.ours = true,
	.write = write_html,
};
