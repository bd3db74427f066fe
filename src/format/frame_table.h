/* SPDX-License-Identifier: MIT */
/*
 * The frames of formats that know names and places but no addresses: functions
 * by name and file, locations by function and line, numbered by the profile in
 * order of first use. Nothing else may add functions or locations to it.
 */
#ifndef FORMAT_FRAME_TABLE_H
#define FORMAT_FRAME_TABLE_H

#include "base/intern.h"
#include "base/span.h"
#include "profile/builder.h"

struct frame_table {
	struct builder *builder;
	/* Names may be those of C++ or Rust, to be demangled or shortened; else they stay as they are. */
	bool mangled;
	struct intern functions; /* name, file and first line */
	struct intern locations; /* function, line and column */
};

void frame_table_init(struct frame_table *table, struct builder *builder);
void frame_table_clear(struct frame_table *table);

/* A frame as text has it; file may be empty, line 0 is unknown. */
location_id frame_table_add(struct frame_table *table, struct span name, struct span file,
			    int64_t line);

/* The same of strings of the profile, with the line where the function begins and the column. */
location_id frame_table_add_at(struct frame_table *table, string_id name, string_id file,
			       int64_t start_line, int64_t line, int64_t column);

#endif
