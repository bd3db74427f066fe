/* SPDX-License-Identifier: MIT */
/*
 * A diagnosis as lines to read: how many findings, then each with its evidence,
 * its advice and the places to look at, then the tables. Each line knows what
 * it is about: the report prints them, a pane lets one go there.
 */
#ifndef REPORT_FINDINGS_PAGE_H
#define REPORT_FINDINGS_PAGE_H

#include "diagnose/finding.h"

enum page_kind {
	PAGE_COUNTS, /* "2 critical, 1 warning, 0 notes", and that there are none */
	PAGE_BLANK,
	PAGE_TITLE, /* severity, title and rule of a finding */
	PAGE_EVIDENCE,
	PAGE_ADVICE,
	PAGE_JUMP,  /* one of its places to look at */
	PAGE_TABLE, /* title of a table */
	PAGE_COLUMNS,
	PAGE_ROW,
};

/* Columns in front of what a finding says; its severity stands there. */
#define PAGE_INDENT 10

struct page_line {
	enum page_kind kind;
	uint32_t index; /* of the finding or the table */
	uint32_t item;  /* of the jump or the row */
	char *text;     /* owned; as the findings have it, not sanitized */
};

struct page {
	struct page_line *lines;
	size_t count, capacity;
};

/*
 * Text is broken at blanks behind `width` bytes, titles behind `title_width`.
 * names: what the inputs are called, for the places to look at, if there are
 * several; NULL: these places are left out.
 */
void page_build(struct page *page, const struct findings *findings, size_t width,
		size_t title_width, const char *const *names, uint32_t name_count);
/* Parts of it: a blank line, then the finding or the table of this index. */
void page_add_finding(struct page *page, const struct findings *findings, size_t index,
		      size_t width, size_t title_width, const char *const *names,
		      uint32_t name_count);
void page_add_table(struct page *page, const struct table *table, size_t index);

void page_clear(struct page *page);

#endif
