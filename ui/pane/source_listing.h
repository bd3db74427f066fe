/* SPDX-License-Identifier: MIT */
/*
 * What the source pane has on which row: for each group of a line table that
 * belongs to a function (or to a file) a title, its sums, and its lines; why
 * there is no text and what to do about it where the file is not at hand.
 *
 *     compress/flate.(*compressor).deflate in compress/flate/deflate.go
 *        1.05s      7.64s  (flat, cum) 41.34% of the total
 *            .          .      384:  ...
 *
 * A file that only one group is listed of is there with all its lines, of
 * others those that pprof's list shows.
 */
#ifndef UI_PANE_SOURCE_LISTING_H
#define UI_PANE_SOURCE_LISTING_H

#include "report/text/source_files.h"
#include "view/line_table.h"

enum listing_kind {
	LISTING_TITLE,
	LISTING_TOTAL,
	LISTING_NOTE,
	LISTING_LINE,
};

struct listing_row {
	enum listing_kind kind;
	const struct line_group *group;
	const char *note;             /* LISTING_NOTE */
	int64_t line;                 /* LISTING_LINE, and below */
	const struct line_cost *cost; /* NULL: none */
	const char *text;             /* NULL: not at hand; not NUL-terminated */
	size_t length;
};

struct listing_section {
	const struct line_group *group;
	uint32_t start; /* row of its title */
	char **notes;   /* owned */
	size_t note_count, note_capacity;
	bool readable;
	int64_t first; /* line, where the file is readable */
	uint32_t line_count;
};

struct source_listing {
	struct source_files *files; /* NULL: hidden */
	struct listing_section *sections;
	size_t section_count, section_capacity;
	uint32_t count; /* rows */
};

/*
 * Groups of this function, or of this file where the name of the function is
 * "". files must outlive it; NULL: text is not to be shown.
 */
void source_listing_build(struct source_listing *listing, const struct line_table *table,
			  const char *function, const char *file, struct source_files *files);
void source_listing_clear(struct source_listing *listing);

void source_listing_row(const struct source_listing *listing, uint32_t row,
			struct listing_row *found);

/* The row of a line of a section, NONE if it is not there. */
uint32_t source_listing_find(const struct source_listing *listing, size_t section, int64_t line);

/* The section of a row. */
size_t source_listing_section(const struct source_listing *listing, uint32_t row);

/* A line with at least a twentieth of its function's cost, or with more than any other. */
bool line_is_hot(const struct line_group *group, const struct line_cost *cost);

/* The line with the most cum, then flat; NULL if there is none. */
const struct line_cost *line_group_hottest(const struct line_group *group);

#endif
