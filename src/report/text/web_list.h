/* SPDX-License-Identifier: MIT */
/*
 * What -weblist shows (internal/report/source.go of pprof): source lines of the functions that are
 * meant, each with its instructions and the calls that were inlined on the way to them.
 */
#ifndef REPORT_TEXT_WEB_LIST_H
#define REPORT_TEXT_WEB_LIST_H

#include "base/arena.h"
#include "base/intern.h"
#include "report/report.h"

/* A place of the source. */
struct web_place {
	const char *file;
	int64_t line;
};

struct web_instruction {
	uint64_t address; /* of the program; what there is no binary of may have a made-up one */
	uint64_t file_address; /* shown */
	uint64_t length;
	const char *text;       /* NULL: there is no binary */
	struct web_place place; /* innermost */
	int64_t flat, cum;
};

/* An instruction under a line of a file, with the inlined calls from there on, the caller first. */
struct web_entry {
	const char *file, *function;
	int64_t line;
	uint32_t instruction;
	uint32_t first_call, call_count;
	uint32_t order;
};

/* A run of lines of one function; its entries are [first, end). */
struct web_function {
	const char *file, *name;
	int64_t begin, end; /* lines; `end` is behind the last */
	int64_t flat, cum;
	size_t first_entry, end_entry;
};

struct web_list {
	struct arena arena;
	struct web_instruction *instructions;
	size_t instruction_count, instruction_capacity;
	struct intern addresses;   /* of the instructions, in their order */
	struct web_entry *entries; /* by file, line and order */
	size_t entry_count, entry_capacity;
	struct web_place *calls;
	size_t call_count, call_capacity;
	struct web_function *functions; /* by file and line */
	size_t function_count, function_capacity;
};

/* False with an error if nothing matches the argument. */
bool web_list_build(struct web_list *list, const struct report_input *input, struct error *error);
void web_list_clear(struct web_list *list);

/* What stands around the two words of the title, and behind all functions. */
extern const char web_page_head[], web_page_style[], web_page_end[];

#endif
