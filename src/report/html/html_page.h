/* SPDX-License-Identifier: MIT */
/*
 * One self-contained page for a browser: it opens from disk, asks nothing of
 * any network, and its tables read without scripts. What the parts share, and
 * the parts, in the order in which they stand in the page:
 *
 *     html.c         head, overview, navigation
 *     html_table.c   top, callers and callees, labels
 *     html_source.c  source lines of the costliest functions
 *     html_findings.c  the diagnosis
 *     html_data.c    what the scripts read: flame graph, call graph, peek
 *     page.css, *.js become html_assets.c when the program is built
 *
 * Every name of the profile goes through html_text or json_text, which escape
 * markup and control characters.
 */
#ifndef REPORT_HTML_HTML_PAGE_H
#define REPORT_HTML_HTML_PAGE_H

#include "report/report.h"

/* Keep the page of a usual profile below a megabyte. What is left out is said in the page. */
#define HTML_HOTTEST 10        /* rows of Top in the overview */
#define HTML_MOST_ROWS 1000    /* of Top */
#define HTML_MOST_PEEKS 100    /* functions with their callers and callees, without scripts */
#define HTML_MOST_NEIGHBOURS 8 /* of each of them */
#define HTML_MOST_FRAMES 15000 /* of the flame graph */
#define HTML_MOST_EDGES 6000   /* of Peek */
#define HTML_MOST_VALUES 200   /* of a label */
#define HTML_MOST_LISTED 20    /* functions with their source */
#define HTML_MOST_LINES 200    /* of each of them */

struct html_page {
	const struct report_input *input;
	const struct view *view;
	struct value_format format; /* one unit for the whole page, chosen by the total */
	int decimals;               /* of values in that unit */
	struct function_table *table;
	struct call_graph *graph; /* of all rows of the table */
	FILE *out;
};

/* Style and scripts, made from page.css and *.js of this directory. */
extern const char html_style[];
extern const char html_script[];

/* A name or any other text, escaped. */
void html_text(const struct html_page *page, const char *text);

/* "12.50s" in the unit of the page. */
void html_value(const struct html_page *page, int64_t value);

/* "26.89%" of the total of the view, two decimals; nothing where there is no total. */
void html_share(const struct html_page *page, int64_t value);

/* Cells of a row: a value with its share, each of which sorts by the raw number. */
void html_value_cells(const struct html_page *page, int64_t value);

/* The first rows of Top, for the overview. */
void html_hottest(const struct html_page *page);
void html_top(const struct html_page *page);
void html_peek(const struct html_page *page);
void html_labels(const struct html_page *page);

/* False with an error if the view of lines cannot be built. */
bool html_source(const struct html_page *page, struct error *error);
/* False with an error if a threshold is wrong. */
bool html_findings(const struct html_page *page, struct error *error);
/* False with an error if the call tree is too large. */
bool html_data(const struct html_page *page, struct error *error);

#endif
