/* SPDX-License-Identifier: MIT */
#include "symbol/debug_info.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"

#ifdef HAVE_LIBDW

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <fcntl.h>
#include <unistd.h>

/* Deeper trees than compilers write are not followed, so that a hostile one ends. */
enum { DEEPEST = 4096 };

struct debug_info {
	int descriptor;
	Elf *elf;
	Dwarf *dwarf;
};

bool debug_info_supported(void)
{
	return true;
}

struct debug_info *debug_info_open(const char *path)
{
	struct debug_info *info = alloc_zero(1, sizeof(*info));

	elf_version(EV_CURRENT);
	info->descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (info->descriptor >= 0)
		info->elf = elf_begin(info->descriptor, ELF_C_READ_MMAP, NULL);
	if (info->elf)
		info->dwarf = dwarf_begin_elf(info->elf, DWARF_C_READ, NULL);
	if (info->dwarf)
		return info;
	debug_info_close(info);
	return NULL;
}

void debug_info_close(struct debug_info *info)
{
	if (!info)
		return;
	if (info->dwarf)
		dwarf_end(info->dwarf);
	if (info->elf)
		elf_end(info->elf);
	if (info->descriptor >= 0)
		close(info->descriptor);
	free(info);
}

/* An address to be named, and the unit that holds it. */
struct wanted {
	uint64_t address;
	uint32_t index;
	Dwarf_Off unit; /* NO_UNIT: none */
	uint32_t entry; /* of the innermost function; NONE */
};

#define NONE UINT32_MAX
#define NO_UNIT ((Dwarf_Off)-1)

/* A function, or an inlined call, that holds one of the addresses. */
struct entry {
	Dwarf_Die die;
	uint32_t outer; /* NONE: it is not in another one */
	bool inlined;
};

struct search {
	struct debug_info *info;
	struct wanted *wanted; /* by address */
	uint32_t count;
	const struct symbol_sink *sink;
	/* Of the present unit: its addresses are wanted[first, end). */
	Dwarf_Die unit;
	uint32_t first, end;
	struct entry *entries;
	size_t entry_count, entry_capacity;
	Dwarf_Lines *lines;
	size_t line_count;
	Dwarf_Files *files;
	size_t file_count;
	const char *directory;
	bool joined;        /* libdw has put the directory in front of relative paths */
	struct text *paths; /* of the frames being made */
	struct symbol_frame *frames;
	size_t frame_capacity, path_count;
};

/* --- Which unit ---------------------------------------------------------------------------------- */

/* The first address of [low, high) among wanted[first, end) that is not below `address`. */
static uint32_t find_first(const struct search *search, uint32_t first, uint32_t end,
			   uint64_t address)
{
	while (first < end) {
		uint32_t middle = first + (end - first) / 2;

		if (search->wanted[middle].address < address)
			first = middle + 1;
		else
			end = middle;
	}
	return first;
}

/* Of overlapping units the first one of the file is taken. */
static void claim(struct search *search, uint64_t low, uint64_t high, Dwarf_Off unit)
{
	for (uint32_t i = find_first(search, 0, search->count, low);
	     i < search->count && search->wanted[i].address < high; i++)
		if (unit < search->wanted[i].unit)
			search->wanted[i].unit = unit;
}

static int by_offset(const void *a, const void *b)
{
	const Dwarf_Off *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* What .debug_aranges says; returns the units that it tells of, sorted, to be freed. */
static Dwarf_Off *claim_listed(struct search *search, size_t *count)
{
	Dwarf_Aranges *ranges;
	Dwarf_Off *units;

	*count = 0;
	if (dwarf_getaranges(search->info->dwarf, &ranges, count) != 0)
		*count = 0;
	units = alloc_zero(*count + 1, sizeof(*units));
	for (size_t i = 0; i < *count; i++) {
		Dwarf_Addr start;
		Dwarf_Word length;

		if (dwarf_getarangeinfo(dwarf_onearange(ranges, i), &start, &length, &units[i]) ==
		    0)
			claim(search, start, start + length, units[i]);
	}
	qsort(units, *count, sizeof(*units), by_offset);
	return units;
}

static void claim_ranges(struct search *search, Dwarf_Die *die, Dwarf_Off unit)
{
	Dwarf_Addr base, low, high;
	ptrdiff_t at = 0;

	while ((at = dwarf_ranges(die, at, &base, &low, &high)) > 0)
		claim(search, low, high, unit);
}

/* Compilers other than gcc list few units or none. */
static void find_units(struct search *search)
{
	size_t listed_count;
	Dwarf_Off *listed = claim_listed(search, &listed_count);
	Dwarf_CU *unit = NULL;
	Dwarf_Die die;
	uint8_t type;

	while (dwarf_get_units(search->info->dwarf, unit, &unit, NULL, &type, &die, NULL) == 0) {
		Dwarf_Off offset = dwarf_dieoffset(&die);

		if (type != DW_UT_type && type != DW_UT_split_type &&
		    !bsearch(&offset, listed, listed_count, sizeof(*listed), by_offset))
			claim_ranges(search, &die, offset);
	}
	free(listed);
}

/* --- Which functions ------------------------------------------------------------------------------ */

/* One level of the walk down the tree of a unit. */
struct level {
	Dwarf_Die die;
	uint32_t entry; /* NONE: not needed yet */
	bool is_function, inlined;
};

struct walk {
	struct level *levels;
	size_t count, capacity;
};

/* The entry of a function of the walk; those around it are made first. */
static uint32_t need_entry(struct search *search, struct walk *walk, size_t depth)
{
	uint32_t outer = NONE;

	for (size_t i = 0; i <= depth; i++) {
		struct level *level = &walk->levels[i];

		if (!level->is_function)
			continue;
		if (level->entry == NONE) {
			level->entry = (uint32_t)search->entry_count;
			array_push(search->entries, search->entry_count, search->entry_capacity,
				   ((struct entry){level->die, outer, level->inlined}));
		}
		outer = level->entry;
	}
	return outer;
}

/* An inner function comes after the one around it, and what comes last holds the address. */
static void take_function(struct search *search, struct walk *walk)
{
	Dwarf_Addr base, low, high;
	ptrdiff_t at = 0;

	while ((at = dwarf_ranges(&walk->levels[walk->count - 1].die, at, &base, &low, &high)) > 0)
		for (uint32_t i = find_first(search, search->first, search->end, low);
		     i < search->end && search->wanted[i].address < high; i++)
			search->wanted[i].entry = need_entry(search, walk, walk->count - 1);
}

/* Types hold declarations, never code. */
static bool may_hold_code(int tag)
{
	return tag != DW_TAG_enumeration_type && tag != DW_TAG_array_type &&
	       tag != DW_TAG_subroutine_type;
}

static void enter(struct search *search, struct walk *walk)
{
	struct level *level = &walk->levels[walk->count - 1];
	int tag = dwarf_tag(&level->die);

	level->entry = NONE;
	level->inlined = tag == DW_TAG_inlined_subroutine;
	level->is_function = level->inlined || tag == DW_TAG_subprogram;
	if (level->is_function)
		take_function(search, walk);
}

/* To the next entry of the tree in its order; false at the end. */
static bool step(struct walk *walk)
{
	struct level *level = &walk->levels[walk->count - 1];
	Dwarf_Die next;

	if (walk->count < DEEPEST && may_hold_code(dwarf_tag(&level->die)) &&
	    dwarf_child(&level->die, &next) == 0) {
		array_push(walk->levels, walk->count, walk->capacity,
			   ((struct level){.die = next}));
		return true;
	}
	while (walk->count > 1) {
		level = &walk->levels[walk->count - 1];
		if (dwarf_siblingof(&level->die, &next) == 0) {
			level->die = next;
			return true;
		}
		walk->count--;
	}
	return false;
}

static void find_functions(struct search *search, const Dwarf_Die *root)
{
	struct walk walk = {0};

	search->entry_count = 0;
	array_push(walk.levels, walk.count, walk.capacity, ((struct level){.die = *root}));
	do
		enter(search, &walk);
	while (step(&walk));
	free(walk.levels);
}

/* --- Names and lines ------------------------------------------------------------------------------ */

static const char *attribute_text(Dwarf_Die *die, unsigned name)
{
	Dwarf_Attribute attribute;
	const char *text =
		dwarf_attr_integrate(die, name, &attribute) ? dwarf_formstring(&attribute) : NULL;

	return text ? text : "";
}

static uint64_t attribute_number(Dwarf_Attribute *attribute)
{
	Dwarf_Word number = 0;

	return attribute && dwarf_formudata(attribute, &number) == 0 ? number : 0;
}

static const char *function_name(Dwarf_Die *die)
{
	const char *name = attribute_text(die, DW_AT_linkage_name);

	if (!*name)
		name = attribute_text(die, DW_AT_MIPS_linkage_name);
	return *name ? name : attribute_text(die, DW_AT_name);
}

/*
 * A path of the line table, from the directory of the compilation if it is relative. Up to DWARF 4
 * libdw has put that in front, but it may be relative itself.
 */
static const char *whole_path(struct search *search, const char *path)
{
	size_t length = strlen(search->directory);
	struct text *text;

	if (!path || strcmp(path, "???") == 0)
		return "";
	if (*path == '/' || !length || search->joined)
		return path;
	text = &search->paths[search->path_count++];
	text_reset(text);
	text_printf(text, "%s%s%s", search->directory,
		    search->directory[length - 1] == '/' ? "" : "/", path);
	return text->bytes;
}

/* The row of the line table that an address belongs to; NULL if there is none. */
static Dwarf_Line *find_line(const struct search *search, uint64_t address)
{
	size_t low = 0, high = search->line_count;
	Dwarf_Line *line;
	Dwarf_Addr at;
	bool ends;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		line = dwarf_onesrcline(search->lines, middle);
		if (!line || dwarf_lineaddr(line, &at) != 0)
			return NULL;
		if (at <= address)
			low = middle + 1;
		else
			high = middle;
	}
	line = low ? dwarf_onesrcline(search->lines, low - 1) : NULL;
	return line && dwarf_lineendsequence(line, &ends) == 0 && !ends ? line : NULL;
}

static void fill_line(struct search *search, uint64_t address, struct symbol_frame *frame)
{
	Dwarf_Line *line = find_line(search, address);
	int number = 0, column = 0;

	if (!line)
		return;
	frame->file = whole_path(search, dwarf_linesrc(line, NULL, NULL));
	if (!*frame->file)
		return;
	dwarf_lineno(line, &number);
	dwarf_linecol(line, &column);
	frame->line = (uint32_t)number;
	frame->column = (uint32_t)column;
}

/* Where the function of `inner` was inlined to. */
static void fill_call(struct search *search, Dwarf_Die *inner, struct symbol_frame *frame)
{
	Dwarf_Attribute attribute;
	uint64_t file = attribute_number(dwarf_attr(inner, DW_AT_call_file, &attribute));

	if (search->files && file < search->file_count)
		frame->file = whole_path(search, dwarf_filesrc(search->files, file, NULL, NULL));
	frame->line = attribute_number(dwarf_attr(inner, DW_AT_call_line, &attribute));
	frame->column = attribute_number(dwarf_attr(inner, DW_AT_call_column, &attribute));
}

static void reserve_frames(struct search *search, size_t count)
{
	size_t had = search->frame_capacity;

	if (count <= had)
		return;
	array_reserve(search->frames, search->frame_capacity, count);
	search->paths = alloc_resize(search->paths, search->frame_capacity, sizeof(*search->paths));
	memset(search->paths + had, 0, (search->frame_capacity - had) * sizeof(*search->paths));
}

static void answer(struct search *search, const struct wanted *wanted)
{
	uint32_t count = 0, at = wanted->entry;
	bool more = true;
	Dwarf_Attribute attribute;

	search->path_count = 0;
	while (more) {
		struct entry *entry = at == NONE ? NULL : &search->entries[at];
		struct symbol_frame *frame;

		reserve_frames(search, count + 1);
		frame = &search->frames[count];
		*frame = (struct symbol_frame){"", "", 0, 0, 0};
		if (entry) {
			frame->function = function_name(&entry->die);
			frame->start_line = attribute_number(
				dwarf_attr_integrate(&entry->die, DW_AT_decl_line, &attribute));
		}
		if (count == 0)
			fill_line(search, wanted->address, frame);
		count++;
		more = entry && entry->inlined && entry->outer != NONE;
		at = more ? entry->outer : NONE;
	}
	at = wanted->entry;
	for (uint32_t i = 1; i < count; i++, at = search->entries[at].outer)
		fill_call(search, &search->entries[at].die, &search->frames[i]);
	search->sink->take(search->sink->context, wanted->index, search->frames, count);
}

static void open_unit(struct search *search, Dwarf_Die *root)
{
	Dwarf_Die split;
	Dwarf_Half version = 0;

	search->lines = NULL;
	search->files = NULL;
	search->line_count = search->file_count = 0;
	search->directory = attribute_text(&search->unit, DW_AT_comp_dir);
	if (dwarf_getsrclines(&search->unit, &search->lines, &search->line_count) != 0)
		search->line_count = 0;
	if (dwarf_getsrcfiles(&search->unit, &search->files, &search->file_count) != 0)
		search->files = NULL;
	*root = search->unit;
	split.addr = NULL;
	if (dwarf_cu_info(search->unit.cu, &version, NULL, NULL, &split, NULL, NULL, NULL) == 0 &&
	    split.addr)
		*root = split;
	search->joined = version < 5;
}

static void answer_unit(struct search *search)
{
	Dwarf_Die root;

	if (search->wanted[search->first].unit != NO_UNIT &&
	    dwarf_offdie(search->info->dwarf, search->wanted[search->first].unit, &search->unit)) {
		open_unit(search, &root);
		find_functions(search, &root);
		for (uint32_t i = search->first; i < search->end; i++)
			answer(search, &search->wanted[i]);
		return;
	}
	for (uint32_t i = search->first; i < search->end; i++)
		search->sink->take(search->sink->context, search->wanted[i].index, NULL, 0);
}

static int by_unit(const void *a, const void *b)
{
	const struct wanted *x = a, *y = b;

	if (x->unit != y->unit)
		return x->unit < y->unit ? -1 : 1;
	return (x->address > y->address) - (x->address < y->address);
}

void debug_info_find(struct debug_info *info, const uint64_t *addresses, uint32_t count,
		     const struct symbol_sink *sink)
{
	struct search search = {.info = info, .count = count, .sink = sink};

	search.wanted = alloc_zero(count, sizeof(*search.wanted));
	for (uint32_t i = 0; i < count; i++)
		search.wanted[i] = (struct wanted){addresses[i], i, NO_UNIT, NONE};
	find_units(&search);
	if (count)
		qsort(search.wanted, count, sizeof(*search.wanted), by_unit);
	for (uint32_t i = 0; i < count; i = search.end) {
		search.first = i;
		search.end = i + 1;
		while (search.end < count &&
		       search.wanted[search.end].unit == search.wanted[i].unit)
			search.end++;
		answer_unit(&search);
	}
	for (size_t i = 0; i < search.frame_capacity; i++)
		text_clear(&search.paths[i]);
	free(search.paths);
	free(search.frames);
	free(search.entries);
	free(search.wanted);
}

#else

bool debug_info_supported(void)
{
	return false;
}

struct debug_info *debug_info_open(const char *path)
{
	(void)path;
	return NULL;
}

void debug_info_close(struct debug_info *info)
{
	(void)info;
}

void debug_info_find(struct debug_info *info, const uint64_t *addresses, uint32_t count,
		     const struct symbol_sink *sink)
{
	(void)info;
	(void)addresses;
	for (uint32_t i = 0; i < count; i++)
		sink->take(sink->context, i, NULL, 0);
}

#endif
