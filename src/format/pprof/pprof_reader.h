/* SPDX-License-Identifier: MIT */
/*
 * The state of reading one pprof file. Fields may come in any order, so
 * everything but samples is kept as it was read until the file ends; then
 * pprof_resolve checks it and fills the builder.
 */
#ifndef FORMAT_PPROF_PPROF_READER_H
#define FORMAT_PPROF_PPROF_READER_H

#include "base/arena.h"
#include "format/id_table.h"
#include "format/pprof/pprof_sample.h"
#include "format/pprof/wire.h"
#include "proto/profile.pb-c.h"

/* A location as read: ids not resolved yet. Its lines stand in `lines`. */
struct pending_location {
	uint64_t id, mapping, address;
	size_t first_line;
	uint32_t line_count;
	bool folded;
};

struct pending_line {
	uint64_t function;
	int64_t line, column;
};

/* Strings are table indices. */
struct pending_mapping {
	struct mapping mapping;
	int64_t file, build_id;
};

struct pending_function {
	struct function function;
	int64_t name, system_name, file;
};

struct pending_type {
	int64_t type, unit;
};

struct pprof_reader {
	struct builder *builder;
	struct wire wire;
	struct arena scratch; /* of the generated code, emptied after each message */
	ProtobufCAllocator allocator;
	struct pprof_sample sample;

	string_id *strings; /* by table index */
	size_t string_count, string_capacity;

	struct id_table function_ids, mapping_ids;
	struct id_numbers location_ids; /* by definition or mention in a sample */
	uint32_t *location_at; /* by location number: index into locations + 1, 0 not defined yet */
	size_t location_at_capacity, location_at_count;

	struct pending_type *types;
	struct pending_mapping *mappings;
	struct pending_function *functions;
	struct pending_location *locations;
	struct pending_line *lines;
	int64_t *comments;
	size_t type_count, mapping_count, function_count, location_count, line_count, comment_count;
	size_t type_capacity, mapping_capacity, function_capacity, location_capacity, line_capacity,
		comment_capacity;

	struct pending_type period_type;
	bool has_period_type;
	int64_t drop_frames, keep_frames, default_type, doc_url;

	uint64_t samples_read;
	size_t value_count; /* of the first sample */
	uint64_t
		odd_sample; /* number (from 1) of the first sample that has another count; 0: none */
	size_t odd_value_count;
	bool past_types; /* something else came behind the sample types */
	uint64_t second; /* where sample types come again: another profile begins there; 0: none */
	int64_t greatest_key; /* of labels that say nothing: checked, then forgotten */
};

/* Room in location_at for every number given so far. */
void pprof_number_locations(struct pprof_reader *reader);

/* Checks what was read, as pprof's CheckValid does, and completes the builder. */
bool pprof_resolve(struct pprof_reader *reader, struct error *error);

#endif
