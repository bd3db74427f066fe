/* SPDX-License-Identifier: MIT */
/*
 * What a diagnosis says: findings, each with its numbers, what to do, and
 * where to look; and tables of the numbers themselves. All text belongs to
 * the arena of the findings; names in it are as the profiles have them (not
 * sanitized).
 */
#ifndef DIAGNOSE_FINDING_H
#define DIAGNOSE_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

enum severity {
	SEVERITY_UNKNOWN, /* the data cannot support a statement */
	SEVERITY_NOTE,
	SEVERITY_WARNING,
	SEVERITY_CRITICAL,
	SEVERITY_COUNT,
};

/* "unknown", "note", "warning", "critical" */
extern const char *const severity_names[SEVERITY_COUNT];

/* Where a finding shows in a profile. */
enum jump_kind {
	JUMP_FUNCTION, /* text is the name of a function */
	JUMP_LABEL,    /* text is KEY=VALUE of a label */
	JUMP_CYCLE,    /* text is the number of a collection */
	JUMP_CLASS,    /* text is the title of a class */
	JUMP_STACKS,   /* text is a pattern: the samples that -focus keeps with it */
	JUMP_FILE,     /* text is the name of the input: all of it is the evidence */
	JUMP_KIND_COUNT,
};

/* "function", "label", "cycle", "class", "stacks", "file" */
extern const char *const jump_names[JUMP_KIND_COUNT];

/* The weight of what many findings come from: it stands before them. */
#define WEIGHT_CAUSE 1e6

struct jump {
	enum jump_kind kind;
	uint32_t input; /* which profile */
	const char *text;
};

#define FINDING_JUMPS 8

struct finding {
	const char *rule; /* stable name, for programs: "gc-thrashing" */
	enum severity severity;
	double weight; /* times its limit; the largest of a severity comes first */
	const char *title, *evidence, *advice;
	struct jump jumps[FINDING_JUMPS];
	uint32_t jump_count;
};

/* A cell without a number is text. */
struct table_cell {
	const char *text;
	double number;
	bool is_number;
};

struct table {
	const char *name; /* for programs: "functions" */
	const char *title;
	const char *const *columns; /* the first is a text */
	uint32_t column_count;
	/* By column: the input that its numbers are of; NULL: not said. */
	const uint32_t *inputs;
	/* What the first column names, if there are inputs; JUMP_FILE: a row is an input. */
	enum jump_kind leads;
	struct table_cell *cells; /* row by row */
	size_t cell_count, cell_capacity;
};

struct findings {
	struct arena arena;
	struct finding *items;
	struct table *tables;
	size_t count, capacity, table_count, table_capacity;
};

void findings_clear(struct findings *findings);

/*
 * Adds a finding; rule, title and advice must outlive the findings or come
 * from findings_text. The result is valid until the next one.
 */
struct finding *findings_add(struct findings *findings, enum severity severity, const char *rule,
			     const char *title, const char *advice);

/* Formatted text in the arena. */
const char *findings_text(struct findings *findings, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Adds a place to look; more than FINDING_JUMPS are left out. The text is copied. */
void finding_add_jump(struct findings *findings, struct finding *finding, enum jump_kind kind,
		      uint32_t input, const char *text);

/* Adds a table; the columns must be in the arena or static. Valid until the next one. */
struct table *findings_add_table(struct findings *findings, const char *name, const char *title,
				 const char *const *columns, uint32_t column_count);

/* Fill a table cell by cell; the text is copied. */
void table_add_text(struct findings *findings, struct table *table, const char *text);
void table_add_number(struct findings *findings, struct table *table, double number,
		      const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The worst first; within a severity by weight, then in order of addition. */
void findings_sort(struct findings *findings);

/* The severity of the worst finding; SEVERITY_UNKNOWN if there is none. */
enum severity findings_worst(const struct findings *findings);

#endif
