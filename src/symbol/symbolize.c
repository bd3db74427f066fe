/* SPDX-License-Identifier: MIT */
#include "symbol/symbolize.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/array.h"
#include "base/intern.h"
#include "base/url.h"
#include "symbol/address_map.h"
#include "symbol/binary_path.h"
#include "symbol/binary_query.h"
#include "symbol/debug_info.h"

/* A frame of an answer, in the strings of the profile. */
struct found_frame {
	string_id function, file;
	int64_t line, column, start_line;
};

/* The frames of a location; count 0: no answer. */
struct found {
	size_t first;
	uint32_t count;
};

struct symbolizing {
	struct profile *profile;
	const struct symbolize_options *options;
	struct text *messages;
	const struct progress *progress;
	struct found *found; /* by location */
	struct found_frame *frames;
	size_t frame_count, frame_capacity;
	bool missing; /* some binary */
	/* Of the present mapping. */
	struct mapping *mapping;
	const char *name; /* as messages call it */
	location_id *locations;
	uint64_t *addresses; /* of the file */
	uint32_t count;
};

/* --- Which mappings ------------------------------------------------------------------------------- */

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

static bool starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* What the kernel maps by itself has no file. */
static bool has_no_file(const char *file)
{
	const char *name = base_name(file);

	return starts(name, "[") || starts(name, "linux-vdso") || starts(file, "/dev/dri/") ||
	       strcmp(file, "//anon") == 0 || starts(file, "/memfd:");
}

static bool is_url(const char *file)
{
	return url_is_absolute(file) && strcasestr(file, "http") == file;
}

/* Are there names already? Formats other than pprof's and many writers of that one do not say so. */
static bool is_named(const struct symbolizing *work)
{
	const struct mapping *mapping = work->mapping;

	if (mapping->has_functions || mapping->has_filenames || mapping->has_line_numbers)
		return true;
	for (uint32_t i = 0; i < work->count; i++)
		if (work->profile->locations[work->locations[i]].line_count == 0)
			return false;
	return true;
}

/* The symbol by which perf says a kernel was moved: "[kernel.kallsyms]_text". */
static const char *kernel_symbol(const char *file)
{
	static const char prefix[] = "[kernel.kallsyms]";

	return starts(file, prefix) ? file + sizeof(prefix) - 1 : "";
}

static struct binary_wanted wanted_of(const struct profile *profile, const struct mapping *mapping)
{
	return (struct binary_wanted){
		.file = profile_text(profile, mapping->file),
		.build_id = profile_text(profile, mapping->build_id),
		.kernel_symbol = "",
		.range = {.start = mapping->start,
			  .limit = mapping->limit,
			  .offset = mapping->offset},
	};
}

void symbolize_locate(struct profile *profile, const struct symbolize_options *options,
		      struct text *messages)
{
	char *path = binary_search_path();

	for (mapping_id i = 0; i < profile->mapping_count; i++) {
		struct mapping *mapping = &profile->mappings[i];
		struct binary_wanted wanted = wanted_of(profile, mapping);
		struct text found = {0};

		wanted.kernel_symbol = kernel_symbol(wanted.file);
		if (binary_path_find(&wanted, path, &found, messages))
			mapping->file = strings_add(&profile->strings, found.bytes, found.length);
		text_clear(&found);
	}
	free(path);
	if (!profile->mapping_count)
		return;
	if (*options->binary)
		profile->mappings[0].file = strings_add_text(&profile->strings, options->binary);
	if (*options->build_id && !profile->mappings[0].build_id)
		profile->mappings[0].build_id =
			strings_add_text(&profile->strings, options->build_id);
}

/* --- Asking --------------------------------------------------------------------------------------- */

static void add_note(void *context, const char *message)
{
	struct symbolizing *work = context;

	text_printf(work->messages, "%s: %s\n", work->name, message);
}

static void take(void *context, uint32_t index, const struct symbol_frame *frames, uint32_t count)
{
	struct symbolizing *work = context;
	struct strings *strings = &work->profile->strings;
	struct found *found = &work->found[work->locations[index]];

	*found = (struct found){work->frame_count, count};
	for (uint32_t i = 0; i < count; i++) {
		struct found_frame frame = {
			strings_add_text(strings, frames[i].function),
			strings_add_text(strings, frames[i].file),
			(int64_t)frames[i].line,
			(int64_t)frames[i].column,
			(int64_t)frames[i].start_line,
		};

		work->mapping->has_functions |= frame.function != 0;
		work->mapping->has_filenames |= frame.file != 0;
		work->mapping->has_line_numbers |= frame.line != 0;
		array_push(work->frames, work->frame_count, work->frame_capacity, frame);
	}
	work->mapping->has_inline_frames |= count > 0;
}

/* The locations of the mapping that are in the file, with their addresses there. */
static void reckon(struct symbolizing *work, const struct elf_file *elf,
		   const struct load_range *range)
{
	uint32_t kept = 0;
	uint64_t base;
	bool found = false;

	for (uint32_t i = 0; i < work->count; i++) {
		uint64_t address = work->profile->locations[work->locations[i]].address;

		/* One address inside tells for all of them. */
		found = found || load_address_find(elf, range, address, &base);
		if (!found)
			continue;
		work->locations[kept] = work->locations[i];
		work->addresses[kept++] = address - base;
	}
	work->count = kept;
}

static void ask_binary(struct symbolizing *work, const char *path)
{
	const struct symbol_sink sink = {take, add_note, work};
	const struct binary_query query = {path, work->addresses, work->count, work->options->fast};
	struct error error;

	if (!debug_info_supported() && !work->options->fast)
		text_printf(
			work->messages,
			"%s: functions only, without files, lines and inlined calls: ncprof was "
			"built without libdw (Debian package libdw-dev)\n",
			work->name);
	if (!binary_query_run(&query, &sink, work->progress, &error))
		text_printf(work->messages, "%s: not all addresses have names: %s\n", work->name,
			    error.message);
}

/* As pprof says it: NAME (build ID X). */
static void name_mapping(const struct symbolizing *work, struct text *name)
{
	const struct mapping *mapping = work->mapping;

	text_add_string(name, base_name(profile_text(work->profile, mapping->file)));
	if (mapping->build_id)
		text_printf(name, " (build ID %s)", profile_text(work->profile, mapping->build_id));
}

static void symbolize_binary(struct symbolizing *work)
{
	struct binary_wanted wanted = wanted_of(work->profile, work->mapping);
	const char *path = wanted.file;
	struct text name = {0};
	struct elf_file elf;
	struct error error;

	name_mapping(work, &name);
	work->name = name.bytes;
	if (!binary_open(&elf, path, &wanted, &error)) {
		text_printf(work->messages, "Local symbolization failed for %s: %s\n", name.bytes,
			    error.message);
		work->missing = true;
	} else if (*wanted.build_id && *elf.build_id &&
		   strcmp(wanted.build_id, elf.build_id) != 0) {
		text_printf(work->messages,
			    "Local symbolization failed for %s: build ID mismatch\n", name.bytes);
		elf_close(&elf);
	} else {
		reckon(work, &elf, &wanted.range);
		elf_close(&elf);
		ask_binary(work, path);
	}
	text_clear(&name);
}

/* A list of names that a just-in-time compiler, or the kernel, keeps of itself. */
static bool symbolize_listed(struct symbolizing *work)
{
	const struct symbol_sink sink = {take, add_note, work};
	const char *file = profile_text(work->profile, work->mapping->file);
	struct address_map map;

	if (!address_map_open(&map, file, profile_text(work->profile, work->mapping->build_id)))
		return false;
	for (uint32_t i = 0; i < work->count; i++)
		address_map_find(&map, work->profile->locations[work->locations[i]].address, &sink,
				 i);
	address_map_close(&map);
	return true;
}

static void symbolize_mapping(struct symbolizing *work, mapping_id id)
{
	const char *file = profile_text(work->profile, work->mapping->file);

	if (!work->count || (is_named(work) && !work->options->force))
		return;
	if (!*file && id == 0)
		text_add_string(work->messages, "Main binary filename not available.\n");
	else if (!*file)
		work->missing = true;
	else if (symbolize_listed(work) || has_no_file(file) ||
		 (!work->mapping->build_id && is_url(file)))
		return;
	else
		symbolize_binary(work);
}

/* --- The profile ---------------------------------------------------------------------------------- */

/* Functions by name, file and first line, as pprof numbers them. */
struct function_key {
	string_id name, file;
	int64_t start_line;
};

struct rebuilding {
	struct symbolizing *work;
	struct intern keys;
	uint32_t old_functions;
	struct frame *frames;
	size_t count;
};

static void add_answer(struct rebuilding *to, location_id id, const struct found *found)
{
	for (uint32_t i = 0; i < found->count; i++) {
		const struct found_frame *frame = &to->work->frames[found->first + i];
		struct function_key key = {frame->function, frame->file, frame->start_line};

		to->frames[to->count++] =
			(struct frame){id, to->old_functions + intern_add(&to->keys, &key),
				       frame->line, frame->column};
	}
}

static size_t count_frames(const struct symbolizing *work)
{
	const struct profile *profile = work->profile;
	size_t count = 0;

	for (location_id i = 0; i < profile->location_count; i++) {
		uint32_t lines = profile->locations[i].line_count;

		count += work->found[i].count ? work->found[i].count : lines ? lines : 1;
	}
	return count;
}

static void add_functions(struct rebuilding *to)
{
	struct profile *profile = to->work->profile;
	uint32_t count = to->old_functions + (uint32_t)to->keys.count;
	struct function *functions = arena_alloc(&profile->arena, (count + 1) * sizeof(*functions));

	if (to->old_functions)
		memcpy(functions, profile->functions, to->old_functions * sizeof(*functions));
	for (uint32_t i = to->old_functions; i < count; i++) {
		const struct function_key *key = intern_key(&to->keys, i - to->old_functions);

		functions[i] =
			(struct function){i + 1, key->name, key->name, key->file, key->start_line};
	}
	profile->functions = functions;
	profile->function_count = count;
}

/* Puts the answers in place of what the locations had. */
static void rebuild(struct symbolizing *work)
{
	struct profile *profile = work->profile;
	struct rebuilding to = {.work = work, .old_functions = profile->function_count};
	size_t count = count_frames(work);

	if (!work->frame_count || count >= NONE)
		return;
	intern_init(&to.keys, sizeof(struct function_key));
	to.frames = arena_alloc(&profile->arena, count * sizeof(*to.frames));
	for (location_id i = 0; i < profile->location_count; i++) {
		struct location *location = &profile->locations[i];
		uint32_t kept = location->line_count ? location->line_count : 1;
		const struct found *found = &work->found[i];
		frame_id first = (frame_id)to.count;

		if (found->count) {
			add_answer(&to, i, found);
			location->line_count = found->count;
			location->folded = false;
		} else {
			memcpy(to.frames + to.count, profile->frames + location->first_frame,
			       kept * sizeof(*to.frames));
			to.count += kept;
		}
		location->first_frame = first;
	}
	add_functions(&to);
	profile->frames = to.frames;
	profile->frame_count = (uint32_t)to.count;
	intern_clear(&to.keys);
}

/* The locations of each mapping, one mapping behind the other; starts[mapping_count + 1]. */
static location_id *sort_by_mapping(const struct profile *profile, uint32_t *starts)
{
	location_id *sorted = alloc_zero(profile->location_count + 1, sizeof(*sorted));

	for (location_id i = 0; i < profile->location_count; i++)
		if (profile->locations[i].mapping != NONE)
			starts[profile->locations[i].mapping + 1]++;
	for (mapping_id i = 0; i < profile->mapping_count; i++)
		starts[i + 1] += starts[i];
	for (location_id i = 0; i < profile->location_count; i++)
		if (profile->locations[i].mapping != NONE)
			sorted[starts[profile->locations[i].mapping]++] = i;
	memmove(starts + 1, starts, profile->mapping_count * sizeof(*starts));
	starts[0] = 0;
	return sorted;
}

void symbolize_local(struct profile *profile, const struct symbolize_options *options,
		     struct text *messages, const struct progress *progress)
{
	struct symbolizing work = {
		.profile = profile, .options = options, .messages = messages, .progress = progress};
	uint32_t *starts = alloc_zero((size_t)profile->mapping_count + 2, sizeof(*starts));
	location_id *sorted = sort_by_mapping(profile, starts);

	work.found = alloc_zero((size_t)profile->location_count + 1, sizeof(*work.found));
	work.addresses = alloc_zero((size_t)profile->location_count + 1, sizeof(*work.addresses));
	for (mapping_id i = 0; i < profile->mapping_count; i++) {
		work.mapping = &profile->mappings[i];
		work.locations = sorted + starts[i];
		work.count = starts[i + 1] - starts[i];
		symbolize_mapping(&work, i);
	}
	if (work.missing)
		text_add_string(
			messages,
			"Some binary filenames not available. Symbolization may be incomplete.\n"
			"Try setting PPROF_BINARY_PATH to the search path for local binaries.\n");
	rebuild(&work);
	free(work.addresses);
	free(work.found);
	free(work.frames);
	free(sorted);
	free(starts);
}

bool symbolize_waits(const struct profile *profile, const struct symbolize_options *options)
{
	for (location_id i = 0; i < profile->location_count; i++) {
		const struct location *location = &profile->locations[i];
		const struct mapping *mapping =
			location->mapping == NONE ? NULL : &profile->mappings[location->mapping];
		const char *file = mapping ? profile_text(profile, mapping->file) : "";

		if (!*file || (location->line_count && !options->force) || has_no_file(file) ||
		    is_url(file))
			continue;
		/* Locations of a mapping stand together, mostly. */
		while (i + 1 < profile->location_count &&
		       profile->locations[i + 1].mapping == location->mapping)
			i++;
		if (access(file, R_OK) == 0)
			return true;
	}
	return false;
}
