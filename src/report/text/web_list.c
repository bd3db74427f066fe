/* SPDX-License-Identifier: MIT */
#include "report/text/web_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/bitset.h"
#include "base/wrap.h"
#include "report/text/code_bases.h"
#include "symbol/binary_query.h"
#include "symbol/instructions.h"
#include "view/path.h"

/* Bytes shown around an address with samples, and how many such pieces at most. */
enum { AROUND = 500, MOST_RANGES = 25 };

/* An instruction without a line takes those of one that many bytes before. */
enum { NEIGHBOURHOOD = 32 };

/* Lines of a function that are so close are one block, and so many more are shown around it. */
enum { CLOSE = 20, MARGIN = 5 };

/* An address of the stacks. */
struct seen {
	int64_t flat, cum;
	uint32_t sample;      /* the last one that it was counted in, + 1 */
	location_id location; /* where a matching line is; NONE: it does not match */
};

struct range {
	uint64_t begin, end;
	mapping_id mapping;
	int64_t score;
	uint32_t order;
};

struct building {
	struct web_list *list;
	const struct report_input *input;
	const struct profile *profile;
	struct intern addresses;
	struct seen *seen; /* by number of the address */
	size_t seen_capacity;
	uint64_t *interest;  /* bitset of strings: names of functions that match */
	const char **pretty; /* by string: the printable form of a linkage name; NULL: as it is */
	uint64_t made_up;    /* the next address for a location without one */
	uint64_t *made;      /* by location: its made-up address */
	struct code_bases bases;
	struct range *ranges;
	size_t range_count, range_capacity;
	bool has_address;
	uint64_t address;
};

/* --- The samples ---------------------------------------------------------------------------------- */

static bool matches(const struct building *building, string_id name)
{
	return report_matches(building->input, profile_text(building->profile, name));
}

static bool line_matches(const struct building *building, frame_id frame)
{
	const struct function *function;

	if (building->profile->frames[frame].function == NONE)
		return false;
	function = &building->profile->functions[building->profile->frames[frame].function];
	return matches(building, function->name) || matches(building, function->system_name) ||
	       matches(building, function->file);
}

static void mark_interest(struct building *building, struct seen *seen, location_id id,
			  frame_id frame)
{
	const struct function *function;

	if (building->profile->frames[frame].function == NONE)
		return;
	function = &building->profile->functions[building->profile->frames[frame].function];
	bitset_add(building->interest, function->name);
	bitset_add(building->interest, function->system_name);
	if (seen->location == NONE)
		seen->location = id;
}

static uint64_t address_of(struct building *building, location_id id)
{
	uint64_t address = building->profile->locations[id].address;

	if (address)
		return address;
	if (!building->made[id])
		building->made[id] = building->made_up++;
	return building->made[id];
}

static struct seen *see(struct building *building, uint64_t address)
{
	size_t count = building->addresses.count;
	uint32_t number = intern_add(&building->addresses, &address);

	array_reserve(building->seen, building->seen_capacity, (size_t)number + 1);
	if (number == count)
		building->seen[number] = (struct seen){.location = NONE};
	return &building->seen[number];
}

/* The lines of a location that match, by name or by the file of their mapping. */
static void look_at(struct building *building, struct seen *seen, location_id id, uint64_t address)
{
	const struct location *location = &building->profile->locations[id];
	bool file = location->mapping != NONE &&
		    matches(building, building->profile->mappings[location->mapping].file);

	if (building->has_address && address == building->address) {
		if (location->line_count)
			mark_interest(building, seen, id,
				      location->first_frame + location->line_count - 1);
		return;
	}
	for (uint32_t i = 0; i < location->line_count; i++)
		if ((i == 0 && file) || line_matches(building, location->first_frame + i))
			mark_interest(building, seen, id, location->first_frame + i);
}

static void add_sample(struct building *building, uint32_t sample, const struct path *path,
		       bool *looked)
{
	const struct view *view = building->input->view;
	int64_t value = view->values[sample];

	if (view->divisors && view->divisors[sample])
		value = wrap_divide(value, view->divisors[sample]);
	for (uint32_t at = path->end; at-- > path->first;) {
		location_id id = view_location(view, at);
		uint64_t address = address_of(building, id);
		struct seen *seen = see(building, address);

		if (seen->sample != sample + 1)
			seen->cum = wrap_add(seen->cum, value);
		seen->sample = sample + 1;
		if (at + 1 == path->end)
			seen->flat = wrap_add(seen->flat, value);
		if (!looked[id])
			look_at(building, seen, id, address);
		looked[id] = true;
	}
}

static void read_samples(struct building *building)
{
	const struct profile *profile = building->profile;
	bool *looked = alloc_zero((size_t)profile->location_count + 1, sizeof(*looked));

	for (uint32_t i = 0; i < profile->sample_count; i++) {
		struct path path;

		if (view_path(building->input->view, i, &path))
			add_sample(building, i, &path, looked);
	}
	free(looked);
	for (function_id i = 0; i < profile->function_count; i++)
		building->pretty[profile->functions[i].system_name] =
			profile_text(profile, profile->functions[i].name);
}

/* --- Instructions --------------------------------------------------------------------------------- */

static const char *keep(struct web_list *list, const char *text)
{
	return arena_text(&list->arena, text, strlen(text));
}

/* Without what the name of a file may begin with. */
static const char *canonical(struct web_list *list, const char *file)
{
	struct text clean = {0};
	const char *kept;

	if (strncmp(file, "/proc/self/cwd/", 15) == 0)
		file += 15;
	if (strncmp(file, "./", 2) == 0)
		file += 2;
	path_clean(file, &clean);
	kept = keep(list, text_string(&clean));
	text_clear(&clean);
	return kept;
}

static bool is_of_interest(const struct building *building, const char *function)
{
	string_id id = strings_find(&building->profile->strings, function, strlen(function));

	return id != NONE && bitset_has(building->interest, id);
}

static const char *printable(const struct building *building, const char *function)
{
	string_id id = strings_find(&building->profile->strings, function, strlen(function));
	const char *name = id == NONE ? NULL : building->pretty[id];

	return name ? name : keep(building->list, function);
}

/* Puts an instruction under the lines of all functions of interest that its frames are in. */
static void add_stack(struct building *building, uint32_t instruction,
		      const struct symbol_frame *frames, uint32_t count)
{
	struct web_list *list = building->list;

	for (uint32_t i = 0; i < count; i++) {
		struct web_entry entry = {.line = (int64_t)frames[i].line,
					  .instruction = instruction,
					  .first_call = (uint32_t)list->call_count,
					  .call_count = i,
					  .order = (uint32_t)list->entry_count};

		if (!is_of_interest(building, frames[i].function))
			continue;
		entry.file = canonical(list, frames[i].file);
		entry.function = printable(building, frames[i].function);
		for (uint32_t k = i; k-- > 0;)
			array_push(list->calls, list->call_count, list->call_capacity,
				   ((struct web_place){keep(list, frames[k].file),
						       (int64_t)frames[k].line}));
		array_push(list->entries, list->entry_count, list->entry_capacity, entry);
	}
}

static bool add_instruction(struct web_list *list, const struct web_instruction *instruction)
{
	size_t count = list->instruction_count;

	if (intern_add(&list->addresses, &instruction->address) != count)
		return false;
	array_push(list->instructions, list->instruction_count, list->instruction_capacity,
		   *instruction);
	return true;
}

/* The frames of all instructions of a range, in their order. */
struct answers {
	struct web_list *list; /* whose arena has the texts */
	struct symbol_frame *frames;
	size_t count, capacity;
	struct answer {
		size_t first;
		uint32_t count;
	} * answers;
};

static void take_answer(void *context, uint32_t index, const struct symbol_frame *frames,
			uint32_t count)
{
	struct answers *answers = context;

	answers->answers[index] = (struct answer){answers->count, count};
	for (uint32_t i = 0; i < count; i++) {
		struct symbol_frame frame = frames[i];

		frame.function = keep(answers->list, frame.function);
		frame.file = keep(answers->list, frame.file);
		array_push(answers->frames, answers->count, answers->capacity, frame);
	}
}

static void ignore_note(void *context, const char *message)
{
	(void)context;
	(void)message;
}

static void add_instructions(struct building *building, const struct instructions *found,
			     const struct answers *answers, uint64_t base)
{
	struct web_list *list = building->list;
	const struct answer *last = NULL;
	uint64_t last_address = 0, highest = 0;

	for (size_t i = 0; i < found->count; i++) {
		const struct instruction *item = &found->items[i];
		const struct answer *answer = &answers->answers[i];
		const struct symbol_frame *frames = answers->frames + answer->first;
		uint64_t address = item->address + base;
		struct web_instruction made = {.address = address,
					       .file_address = item->address,
					       .length = 1,
					       .text = keep(list, item->text),
					       .place = {"", 0}};
		size_t number = list->instruction_count;

		if (address <= highest)
			continue;
		highest = address;
		if (i + 1 < found->count && item[1].address > item->address)
			made.length = item[1].address - item->address;
		if (answer->count)
			made.place = (struct web_place){frames->file, (int64_t)frames->line};
		if (!add_instruction(list, &made))
			number = intern_find(&list->addresses, &address);
		if (answer->count && frames->line) {
			last = answer;
			last_address = address;
		} else if (last && address - last_address <= NEIGHBOURHOOD) {
			answer = last;
		}
		add_stack(building, (uint32_t)number, answers->frames + answer->first,
			  answer->count);
	}
}

static void ask_frames(struct answers *answers, const struct instructions *found, const char *path)
{
	const struct symbol_sink sink = {take_answer, ignore_note, answers};
	uint64_t *addresses = alloc_zero(found->count + 1, sizeof(*addresses));
	struct binary_query query = {path, addresses, (uint32_t)found->count, false};
	struct error ignored;

	answers->answers = alloc_zero(found->count + 1, sizeof(*answers->answers));
	for (size_t i = 0; i < found->count; i++)
		addresses[i] = found->items[i].address;
	binary_query_run(&query, &sink, NULL, &ignored);
	free(addresses);
}

static void add_range(struct building *building, const struct range *range)
{
	const struct report_options *options = building->input->options;
	const struct disassembler how = {options->tools, options->intel_syntax};
	const struct profile *profile = building->profile;
	const char *path = profile_text(profile, profile->mappings[range->mapping].file);
	uint64_t begin = range->begin, end = range->end, base;
	struct answers answers = {.list = building->list};
	struct instructions found = {0};
	struct error ignored;

	if (!code_bases_find(&building->bases, range->mapping, range->begin, &base))
		return;
	begin -= base;
	end -= base;
	if (instructions_read(&found, &how, path, begin, end, end, &ignored)) {
		ask_frames(&answers, &found, path);
		add_instructions(building, &found, &answers, base);
	}
	free(answers.frames);
	free(answers.answers);
	instructions_clear(&found);
}

/* --- Ranges --------------------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static int by_score(const void *a, const void *b)
{
	const struct range *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

static const struct seen *seen_at(const struct building *building, uint64_t address)
{
	uint32_t number = intern_find(&building->addresses, &address);

	return number == INTERN_NONE ? NULL : &building->seen[number];
}

/* Addresses that are close are one range, a bit larger at both ends. */
static void split_into_ranges(struct building *building, const uint64_t *addresses, size_t count)
{
	for (size_t i = 0; i < count;) {
		const struct seen *seen = seen_at(building, addresses[i]);
		mapping_id id = building->profile->locations[seen->location].mapping;
		const struct mapping *mapping = &building->profile->mappings[id];
		struct range range = {addresses[i], addresses[i], id, seen->flat,
				      (uint32_t)building->range_count};

		for (i++; i < count && addresses[i] <= range.end + 2 * AROUND &&
			  addresses[i] < mapping->limit;
		     i++) {
			range.end = addresses[i];
			range.score = wrap_add(range.score, seen_at(building, range.end)->flat);
		}
		range.begin = mapping->start - range.begin >= AROUND ? range.begin - AROUND
								     : mapping->start;
		range.end =
			mapping->limit - range.end >= AROUND ? range.end + AROUND : mapping->limit;
		array_push(building->ranges, building->range_count, building->range_capacity,
			   range);
	}
}

/* What no binary is known of is shown with the frames of the profile. */
static void add_unknown(struct building *building, uint64_t address)
{
	const struct profile *profile = building->profile;
	const struct seen *seen = seen_at(building, address);
	const struct location *location = &profile->locations[seen->location];
	struct web_instruction made = {
		.address = address, .file_address = address, .length = 1, .place = {"", 0}};
	struct symbol_frame *frames = alloc_zero((size_t)location->line_count + 1, sizeof(*frames));
	uint32_t count = 0;

	for (uint32_t i = 0; i < location->line_count; i++) {
		const struct frame *frame = &profile->frames[location->first_frame + i];
		const struct function *function;

		if (frame->function == NONE)
			continue;
		function = &profile->functions[frame->function];
		frames[count++] = (struct symbol_frame){profile_text(profile, function->name),
							profile_text(profile, function->file),
							(uint64_t)frame->line, 0, 0};
	}
	if (count)
		made.place = (struct web_place){frames->file, (int64_t)frames->line};
	add_instruction(building->list, &made);
	add_stack(building, (uint32_t)building->list->instruction_count - 1, frames, count);
	free(frames);
}

static void read_instructions(struct building *building)
{
	uint64_t *known = alloc_zero(building->addresses.count + 1, sizeof(*known)), base;
	uint64_t *unknown = alloc_zero(building->addresses.count + 1, sizeof(*unknown));
	size_t known_count = 0, unknown_count = 0;

	for (uint32_t i = 0; i < building->addresses.count; i++) {
		uint64_t address = *(const uint64_t *)intern_key(&building->addresses, i);
		location_id id = building->seen[i].location;

		if (id == NONE)
			continue;
		if (code_bases_find(&building->bases, building->profile->locations[id].mapping,
				    address, &base))
			known[known_count++] = address;
		else
			unknown[unknown_count++] = address;
	}
	qsort(known, known_count, sizeof(*known), by_value);
	qsort(unknown, unknown_count, sizeof(*unknown), by_value);
	split_into_ranges(building, known, known_count);
	for (size_t i = 0; i < unknown_count; i++)
		add_unknown(building, unknown[i]);
	if (building->range_count)
		qsort(building->ranges, building->range_count, sizeof(*building->ranges), by_score);
	for (size_t i = 0; i < building->range_count && i < MOST_RANGES; i++)
		add_range(building, &building->ranges[i]);
	free(known);
	free(unknown);
}

/* Samples in the middle of an instruction count for it. */
static void add_values(struct building *building)
{
	for (size_t i = 0; i < building->list->instruction_count; i++) {
		struct web_instruction *instruction = &building->list->instructions[i];

		for (uint64_t k = 0; k < instruction->length; k++) {
			const struct seen *seen = seen_at(building, instruction->address + k);

			if (!seen)
				continue;
			instruction->flat = wrap_add(instruction->flat, seen->flat);
			instruction->cum = wrap_add(instruction->cum, seen->cum);
		}
	}
}

/* --- Functions ------------------------------------------------------------------------------------ */

static int by_place(const void *a, const void *b)
{
	const struct web_entry *x = a, *y = b;
	int order = strcmp(x->file, y->file);

	if (order)
		return order;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

/* The entries of one line are [first, end): a function of its own, or more of the one before. */
static void add_line(struct web_list *list, size_t first, size_t end)
{
	const struct web_entry *entry = &list->entries[first];
	struct web_function made = {entry->file, entry->function, entry->line, entry->line + 1, 0,
				    0,           first,           end};
	struct web_function *last =
		list->function_count ? &list->functions[list->function_count - 1] : NULL;

	for (size_t i = first; i < end; i++) {
		const struct web_instruction *instruction =
			&list->instructions[list->entries[i].instruction];

		made.flat = wrap_add(made.flat, instruction->flat);
		made.cum = wrap_add(made.cum, instruction->cum);
	}
	if (last && strcmp(last->file, made.file) == 0 && strcmp(last->name, made.name) == 0 &&
	    made.begin - last->end < CLOSE) {
		last->end = made.end;
		last->end_entry = end;
		last->flat = wrap_add(last->flat, made.flat);
		last->cum = wrap_add(last->cum, made.cum);
		return;
	}
	array_push(list->functions, list->function_count, list->function_capacity, made);
}

/* Shows some lines around each function, but none twice. Line 0 stands for no line at all. */
static void widen(struct web_list *list)
{
	for (size_t i = 0; i < list->function_count; i++) {
		struct web_function *function = &list->functions[i];
		struct web_function *before = i ? function - 1 : NULL;

		if (before && strcmp(before->file, function->file) == 0) {
			int64_t gap = (function->begin - before->end) / 2;

			gap = gap < MARGIN ? gap : MARGIN;
			before->end += gap;
			function->begin -= gap;
			continue;
		}
		if (before)
			before->end += MARGIN;
		if (function->begin > MARGIN)
			function->begin -= MARGIN;
		else if (function->begin > 1)
			function->begin = 1;
	}
	if (list->function_count)
		list->functions[list->function_count - 1].end += MARGIN;
}

static void group_entries(struct web_list *list)
{
	if (list->entry_count)
		qsort(list->entries, list->entry_count, sizeof(*list->entries), by_place);
	for (size_t i = 0, end; i < list->entry_count; i = end) {
		for (end = i + 1; end < list->entry_count &&
				  list->entries[end].line == list->entries[i].line &&
				  strcmp(list->entries[end].file, list->entries[i].file) == 0;)
			end++;
		add_line(list, i, end);
	}
	widen(list);
}

/* --- All of it ------------------------------------------------------------------------------------ */

static void clear_building(struct building *building)
{
	intern_clear(&building->addresses);
	free(building->seen);
	free(building->interest);
	free(building->pretty);
	free(building->made);
	free(building->ranges);
	code_bases_clear(&building->bases);
}

static void init_building(struct building *building)
{
	const struct profile *profile = building->profile;
	uint32_t strings = strings_count(&profile->strings);

	intern_init(&building->addresses, sizeof(uint64_t));
	building->interest = alloc_zero(bitset_words(strings), sizeof(uint64_t));
	building->pretty = alloc_zero((size_t)strings + 1, sizeof(*building->pretty));
	building->made = alloc_zero((size_t)profile->location_count + 1, sizeof(*building->made));
	building->made_up = 1;
	for (mapping_id i = 0; i < profile->mapping_count; i++)
		if (profile->mappings[i].limit > building->made_up)
			building->made_up = profile->mappings[i].limit;
	code_bases_init(&building->bases, profile);
	building->has_address = code_address_parse(pattern_expression(building->input->argument),
						   &building->address);
}

bool web_list_build(struct web_list *list, const struct report_input *input, struct error *error)
{
	struct building building = {.list = list, .input = input, .profile = input->view->profile};
	bool any = false;

	*list = (struct web_list){0};
	intern_init(&list->addresses, sizeof(uint64_t));
	init_building(&building);
	read_samples(&building);
	for (uint32_t i = 0; i < building.addresses.count && !any; i++)
		any = building.seen[i].location != NONE;
	if (any) {
		read_instructions(&building);
		add_values(&building);
		group_entries(list);
	}
	clear_building(&building);
	return any || report_no_match(input, error);
}

void web_list_clear(struct web_list *list)
{
	free(list->instructions);
	free(list->entries);
	free(list->calls);
	free(list->functions);
	intern_clear(&list->addresses);
	arena_clear(&list->arena);
	*list = (struct web_list){0};
}
