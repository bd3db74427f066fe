/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "format/pprof/pprof_reader.h"

#define HINT "name a pprof profile or capture it again"

/* The string at a table index; NONE with an error if there is none. */
static string_id resolve(const struct pprof_reader *reader, int64_t index, struct error *error)
{
	if (index < 0 || (uint64_t)index >= reader->string_count) {
		error_set(
			error,
			"unrecognized profile format: string index %lld, but the table has %zu strings; " HINT,
			(long long)index, reader->string_count);
		return NONE;
	}
	return reader->strings[index];
}

static bool resolve_into(const struct pprof_reader *reader, int64_t index, string_id *string,
			 struct error *error)
{
	*string = resolve(reader, index, error);
	return *string != NONE;
}

static bool resolve_header(struct pprof_reader *reader, struct error *error)
{
	struct profile *profile = builder_profile(reader->builder);
	string_id type, unit, comment;

	for (size_t i = 0; i < reader->type_count; i++) {
		if (!resolve_into(reader, reader->types[i].type, &type, error) ||
		    !resolve_into(reader, reader->types[i].unit, &unit, error))
			return false;
		builder_type(reader->builder, type, unit);
	}
	for (size_t i = 0; i < reader->comment_count; i++) {
		if (!resolve_into(reader, reader->comments[i], &comment, error))
			return false;
		builder_comment(reader->builder, comment);
	}
	profile->has_period_type = reader->has_period_type;
	return resolve_into(reader, reader->period_type.type, &profile->period_type.type, error) &&
	       resolve_into(reader, reader->period_type.unit, &profile->period_type.unit, error) &&
	       resolve_into(reader, reader->drop_frames, &profile->drop_frames, error) &&
	       resolve_into(reader, reader->keep_frames, &profile->keep_frames, error) &&
	       resolve_into(reader, reader->default_type, &profile->default_type, error) &&
	       resolve_into(reader, reader->doc_url, &profile->doc_url, error);
}

static bool resolve_mappings(struct pprof_reader *reader, struct error *error)
{
	for (size_t i = 0; i < reader->mapping_count; i++) {
		struct pending_mapping *pending = &reader->mappings[i];

		if (!resolve_into(reader, pending->file, &pending->mapping.file, error) ||
		    !resolve_into(reader, pending->build_id, &pending->mapping.build_id, error))
			return false;
		builder_mapping(reader->builder, &pending->mapping);
	}
	return true;
}

static bool resolve_functions(struct pprof_reader *reader, struct error *error)
{
	for (size_t i = 0; i < reader->function_count; i++) {
		struct pending_function *pending = &reader->functions[i];
		struct function *function = &pending->function;

		if (!resolve_into(reader, pending->name, &function->name, error) ||
		    !resolve_into(reader, pending->system_name, &function->system_name, error) ||
		    !resolve_into(reader, pending->file, &function->file, error))
			return false;
		builder_function(reader->builder, function);
	}
	return true;
}

static bool resolve_locations(struct pprof_reader *reader, struct error *error)
{
	struct line *lines = NULL;
	uint32_t most = 0;
	bool good = true;

	for (size_t i = 0; i < reader->location_count; i++)
		if (reader->locations[i].line_count > most)
			most = reader->locations[i].line_count;
	lines = alloc_resize(NULL, most, sizeof(*lines));
	for (size_t i = 0; good && i < reader->location_count; i++) {
		const struct pending_location *pending = &reader->locations[i];
		struct location location = {
			.id = pending->id,
			.address = pending->address,
			.mapping = id_table_find(&reader->mapping_ids, pending->mapping),
			.folded = pending->folded,
		};

		for (uint32_t k = 0; k < pending->line_count; k++) {
			const struct pending_line *line = &reader->lines[pending->first_line + k];

			lines[k] =
				(struct line){id_table_find(&reader->function_ids, line->function),
					      line->line, line->column};
			if (lines[k].function == NONE)
				good = error_set(
					error,
					"malformed profile: location %llu has a line of function %llu, which "
					"does not exist; " HINT,
					(unsigned long long)pending->id,
					(unsigned long long)line->function);
		}
		builder_location(reader->builder, &location, lines, pending->line_count);
	}
	free(lines);
	return good;
}

void pprof_number_locations(struct pprof_reader *reader)
{
	size_t known = reader->location_at_count, count = id_numbers_count(&reader->location_ids);

	if (count <= known)
		return;
	array_reserve(reader->location_at, reader->location_at_capacity, count);
	memset(reader->location_at + known, 0, (count - known) * sizeof(*reader->location_at));
	reader->location_at_count = count;
}

/* Every location of a sample must be defined. */
static bool check_paths(const struct pprof_reader *reader, struct error *error)
{
	const struct profile *profile = builder_profile(reader->builder);
	uint32_t count = profile->path_start[profile->sample_count];

	for (uint32_t i = 0; i < count; i++)
		if (!reader->location_at[profile_location(profile, i)])
			return error_set(
				error,
				"malformed profile: a sample refers to location %llu, which does not exist; " HINT,
				(unsigned long long)id_numbers_id(&reader->location_ids,
								  profile_location(profile, i)));
	return true;
}

/* Samples know locations by number, the builder by order of definition; mostly that is the same. */
static bool resolve_paths(struct pprof_reader *reader, struct error *error)
{
	bool same = true;

	pprof_number_locations(reader);
	for (size_t i = 0; i < reader->location_at_count; i++)
		same = same && reader->location_at[i] == i + 1;
	if (same)
		return true;
	if (!check_paths(reader, error))
		return false;
	/* A number that no sample has becomes NONE. */
	for (size_t i = 0; i < reader->location_at_count; i++)
		reader->location_at[i]--;
	builder_map_locations(reader->builder, reader->location_at, reader->location_at_count);
	return true;
}

static bool resolve_samples(struct pprof_reader *reader, struct error *error)
{
	if (reader->samples_read && !reader->type_count)
		return error_set(error, "malformed profile: samples but no sample types; " HINT);
	if (reader->odd_sample ||
	    (reader->samples_read && reader->value_count != reader->type_count)) {
		bool first = reader->value_count != reader->type_count;

		return error_set(
			error,
			"malformed profile: sample %llu has %zu values, but there are %zu sample types; " HINT,
			first ? 1ULL : (unsigned long long)reader->odd_sample,
			first ? reader->value_count : reader->odd_value_count, reader->type_count);
	}
	return resolve_paths(reader, error);
}

static bool resolve_labels(struct pprof_reader *reader, struct error *error)
{
	size_t count;
	struct label *labels = builder_labels(reader->builder, &count);

	for (size_t i = 0; i < count; i++) {
		struct label *label = &labels[i];

		if (!resolve_into(reader, label->key, &label->key, error))
			return false;
		if (label->text == 0)
			label->text = NONE;
		else if (!resolve_into(reader, label->text, &label->text, error))
			return false;
		if (!resolve_into(reader, label->unit, &label->unit, error))
			return false;
	}
	return resolve(reader, reader->greatest_key, error) != NONE;
}

bool pprof_resolve(struct pprof_reader *reader, struct error *error)
{
	if (!reader->string_count)
		return error_set(error, "unrecognized profile format: no string table; " HINT);
	return resolve_header(reader, error) && resolve_mappings(reader, error) &&
	       resolve_functions(reader, error) && resolve_locations(reader, error) &&
	       resolve_samples(reader, error) && resolve_labels(reader, error);
}
