/* SPDX-License-Identifier: MIT */
#include "format/legacy/memory_map.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "format/legacy/mapping_line.h"

/* The kernel's own limit (vm.max_map_count) is 65530. */
#define MAPPING_LIMIT 65536

/* A map with overlaps is searched one by one, which must not take for ever. */
#define OVERLAP_LIMIT 1024

/* Values may name other values; honest lines stay far below this. */
#define EXPANSION_LIMIT 65536

#define NAME_LIMIT (sizeof(((struct memory_map *)0)->names) / sizeof(struct text))

void memory_map_init(struct memory_map *map)
{
	*map = (struct memory_map){.fake = NONE, .disjoint = true};
}

void memory_map_clear(struct memory_map *map)
{
	for (size_t i = 0; i < map->name_count; i++) {
		text_clear(&map->names[i]);
		text_clear(&map->values[i]);
	}
	free(map->mappings);
	free(map->order);
}

bool memory_map_starts(struct span line)
{
	return span_find(line, "--- Memory map: ---") || span_find(line, "MAPPED_LIBRARIES:");
}

/* The name that begins at `at`; the one defined first wins. NAME_LIMIT: none. */
static size_t find_name(const struct memory_map *map, struct span at)
{
	for (size_t i = 0; i < map->name_count; i++) {
		const struct text *name = &map->names[i];

		if (span_length(at) >= name->length && !memcmp(at.at, name->bytes, name->length))
			return i;
	}
	return NAME_LIMIT;
}

/* Puts the values of $names into a line; `expanded` holds the result if there are any. */
static bool expand(const struct memory_map *map, struct span *line, struct text *expanded)
{
	struct span rest = *line;
	const char *dollar;

	if (!map->name_count || !span_find(rest, "$"))
		return true;
	text_reset(expanded);
	while ((dollar = span_find(rest, "$"))) {
		size_t name;

		text_add(expanded, rest.at, (size_t)(dollar - rest.at));
		rest.at = dollar;
		name = find_name(map, rest);
		if (name == NAME_LIMIT) {
			text_add_char(expanded, '$');
			rest.at++;
		} else {
			text_add(expanded, text_string(&map->values[name]),
				 map->values[name].length);
			rest.at += map->names[name].length;
		}
		if (expanded->length > EXPANSION_LIMIT)
			return false;
	}
	text_add(expanded, rest.at, span_length(rest));
	*line = (struct span){expanded->bytes, expanded->bytes + expanded->length};
	return true;
}

/* Notes "name=value". Real maps have one or two; the ones beyond the limit stay unexpanded. */
static void define(struct memory_map *map, struct span line)
{
	const char *equals = span_find(line, "=");
	struct span name, value;

	if (!equals || map->name_count == NAME_LIMIT)
		return;
	name = span_trim((struct span){line.at, equals});
	value = span_trim((struct span){equals + 1, line.end});
	map->names[map->name_count] = map->values[map->name_count] = (struct text){0};
	text_add_char(&map->names[map->name_count], '$');
	text_add(&map->names[map->name_count], name.at, span_length(name));
	text_add(&map->values[map->name_count], value.at, span_length(value));
	map->name_count++;
}

static bool read_line(struct memory_map *map, const struct lines *lines, struct span line,
		      struct text *expanded, struct builder *builder, struct error *error)
{
	struct mapping_line parts;
	struct mapping mapping;

	line = mapping_line_skip_log(line);
	if (!expand(map, &line, expanded))
		return lines_broken(lines, "memory map", "grows beyond 64 KiB by its $names",
				    error);
	switch (mapping_line_parse(line, &parts)) {
	case MAPPING_LINE_OTHER:
		define(map, line);
		return true;
	case MAPPING_LINE_DATA:
		return true;
	default:
		break;
	}
	if (map->count == MAPPING_LIMIT)
		return lines_broken(lines, "memory map", "is the 65537th executable mapping",
				    error);
	mapping = (struct mapping){
		.start = parts.start,
		.limit = parts.limit,
		.offset = parts.offset,
		.file = builder_string(builder, parts.file.at, span_length(parts.file)),
		.build_id = builder_string(builder, parts.build_id.at, span_length(parts.build_id)),
	};
	array_push(map->mappings, map->count, map->capacity, mapping);
	return true;
}

bool memory_map_read(struct memory_map *map, struct lines *lines, struct builder *builder,
		     struct error *error)
{
	struct text expanded = {0};
	struct span line;
	bool more = true, good;

	do {
		good = lines_next(lines, &line, &more, error);
		if (good && more)
			good = read_line(map, lines, line, &expanded, builder, error);
	} while (good && more);
	text_clear(&expanded);
	return good;
}

/* One mapping that the system split in two: adjacent, and nothing that both say differs. */
static bool continues(const struct mapping *first, const struct mapping *second)
{
	if (first->file && second->file && first->file != second->file)
		return false;
	if (first->build_id && second->build_id && first->build_id != second->build_id)
		return false;
	if (first->limit != second->start)
		return false;
	return !first->offset || !second->offset ||
	       first->offset + (first->limit - first->start) == second->offset;
}

static void join(struct memory_map *map)
{
	size_t kept = 0;

	for (size_t i = 1; i < map->count; i++) {
		struct mapping *last = &map->mappings[kept], *next = &map->mappings[i];

		if (!continues(last, next)) {
			map->mappings[++kept] = *next;
			continue;
		}
		last->limit = next->limit;
		if (next->file)
			last->file = next->file;
		if (next->build_id)
			last->build_id = next->build_id;
	}
	if (map->count)
		map->count = kept + 1;
}

static void main_first(struct memory_map *map, const struct profile *profile)
{
	for (size_t i = 0; i < map->count; i++) {
		struct mapping mapping = map->mappings[i];

		if (mapping_line_is_program(profile_text(profile, mapping.file))) {
			map->mappings[i] = map->mappings[0];
			map->mappings[0] = mapping;
			return;
		}
	}
}

/* What remapped its own text, or has it in huge pages, tells a main mapping that needs mending. */
static void mend_main(struct memory_map *map, const struct profile *profile)
{
	const uint64_t usual_start = 0x400000;
	struct mapping *main = map->mappings;

	if (map->count > 1 && main[0].limit == main[1].start &&
	    span_starts(span_of(profile_text(profile, main->file)), "/anon_hugepage"))
		memmove(main, main + 1, --map->count * sizeof(*main));
	if (map->count && main->start - main->offset == usual_start) {
		main->start = usual_start;
		main->offset = 0;
	}
}

struct start {
	uint64_t start;
	uint32_t number;
};

static int compare_starts(const void *a, const void *b)
{
	const struct start *first = a, *second = b;

	if (first->start != second->start)
		return first->start < second->start ? -1 : 1;
	return first->number < second->number ? -1 : 1;
}

/* Sorts the mappings that hold any address, to find most in one binary search. */
static void sort(struct memory_map *map)
{
	struct start *starts = alloc_resize(NULL, map->count, sizeof(*starts));

	for (size_t i = 0; i < map->count; i++)
		if (map->mappings[i].start < map->mappings[i].limit)
			starts[map->order_count++] =
				(struct start){map->mappings[i].start, (uint32_t)i};
	qsort(starts, map->order_count, sizeof(*starts), compare_starts);
	map->order = alloc_resize(NULL, map->order_count, sizeof(*map->order));
	for (size_t i = 0; i < map->order_count; i++) {
		map->order[i] = starts[i].number;
		if (i && map->mappings[starts[i - 1].number].limit > starts[i].start)
			map->disjoint = false;
	}
	free(starts);
}

void memory_map_arrange(struct memory_map *map, struct builder *builder)
{
	const struct profile *profile = builder_profile(builder);

	join(map);
	main_first(map, profile);
	mend_main(map, profile);
	sort(map);
}

/* Of the sorted mappings: how many start at or before the address. */
static size_t count_before(const struct memory_map *map, uint64_t address)
{
	return array_partition(0, map->order_count, i,
			       map->mappings[map->order[i]].start <= address);
}

static bool holds(const struct mapping *mapping, uint64_t address)
{
	return mapping->start <= address && address < mapping->limit;
}

static uint32_t find_listed(const struct memory_map *map, uint64_t address)
{
	size_t listed = map->fake == NONE ? map->count : map->fake;

	if (map->disjoint) {
		size_t before = count_before(map, address);

		if (before && holds(&map->mappings[map->order[before - 1]], address))
			return map->order[before - 1];
		return NONE;
	}
	for (size_t i = 0; i < listed; i++)
		if (holds(&map->mappings[i], address))
			return (uint32_t)i;
	return NONE;
}

/* Moves the start of a mapping down. If it now reaches into another, the order is of no use. */
static void extend(struct memory_map *map, uint32_t number, uint64_t start)
{
	struct mapping *mapping = &map->mappings[number];
	size_t place = map->disjoint ? count_before(map, mapping->start) : 0;

	if (!place || map->order[place - 1] != number ||
	    (place > 1 && map->mappings[map->order[place - 2]].limit > start))
		map->disjoint = false;
	mapping->start = start;
	mapping->offset = 0;
}

/* Some writers leave out the first part of a mapping that was split: its offset tells. */
static uint32_t find_before_start(struct memory_map *map, uint64_t address)
{
	for (size_t i = 0; i < map->count; i++) {
		const struct mapping *mapping = &map->mappings[i];
		uint64_t start = mapping->start - mapping->offset;

		if (mapping->offset && start <= address && address < mapping->start) {
			extend(map, (uint32_t)i, start);
			return (uint32_t)i;
		}
	}
	return NONE;
}

bool memory_map_find(struct memory_map *map, uint64_t address, uint32_t *number,
		     struct error *error)
{
	if (!map->disjoint && map->count > OVERLAP_LIMIT)
		return error_set(error,
				 "malformed memory map: more than %d mappings, and they overlap; "
				 "mend the map or capture it again",
				 OVERLAP_LIMIT);
	*number = find_listed(map, address);
	if (*number == NONE && map->fake == NONE)
		*number = find_before_start(map, address);
	if (*number != NONE)
		return true;
	if (map->fake == NONE) {
		map->fake = map->count;
		array_push(map->mappings, map->count, map->capacity,
			   ((struct mapping){.limit = UINT64_MAX}));
	}
	*number = (uint32_t)map->fake;
	return true;
}
