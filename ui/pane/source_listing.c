/* SPDX-License-Identifier: MIT */
#include "ui/pane/source_listing.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "base/wrap.h"
#include "profile/ids.h"

#define MOST_TRIED 3 /* paths that are named */

static void add_note(struct listing_section *section, struct text *note)
{
	array_push(section->notes, section->note_count, section->note_capacity,
		   alloc_text(text_string(note)));
	text_reset(note);
}

/* Which paths were tried, and how to name others. */
static void explain(struct listing_section *section, struct source_files *files)
{
	const char *file = section->group->file, *tried = source_files_tried(files, file);
	struct text note = {0};
	uint32_t count = 0;

	if (!*file) {
		text_add_string(&note, "the profile names no source file for this function");
		add_note(section, &note);
		text_clear(&note);
		return;
	}
	text_printf(&note, "%s is not here; looked for:", file);
	add_note(section, &note);
	for (; *tried; tried += strcspn(tried, "\n") + 1) {
		if (count++ >= MOST_TRIED)
			continue;
		text_printf(&note, "  %.*s", (int)strcspn(tried, "\n"), tried);
		add_note(section, &note);
	}
	if (count > MOST_TRIED) {
		text_printf(&note, "  and %u more", count - MOST_TRIED);
		add_note(section, &note);
	}
	text_add_string(&note, "Enter asks where it is and keeps the answer for later runs;");
	add_note(section, &note);
	text_add_string(&note, ":source_path=DIRECTORY and :trim_path=PREFIX say it for this one");
	add_note(section, &note);
	text_add_string(&note, "What the profile knows of its lines:");
	add_note(section, &note);
	text_clear(&note);
}

static void explain_hidden(struct listing_section *section)
{
	struct text note = {0};

	text_add_string(&note, "source text is hidden: -redact cannot take secrets out of it");
	add_note(section, &note);
	text_add_string(&note, "What the profile knows of its lines:");
	add_note(section, &note);
	text_clear(&note);
}

/* The file may be of another day than the profile. */
static void warn_of_misfit(struct listing_section *section, struct source_files *files)
{
	const struct line_group *group = section->group;
	struct text why = {0};

	if (group->line_count &&
	    source_files_misfit(files, group->file, group->function, group->start,
				group->lines[group->line_count - 1].line, &why))
		add_note(section, &why);
	text_clear(&why);
}

static void size_section(struct listing_section *section, struct source_files *files, bool whole)
{
	const struct line_group *group = section->group;
	int64_t count = files && *group->file ? source_files_count(files, group->file) : 0;
	int64_t last = group->last;

	section->readable = count > 0;
	section->line_count = group->line_count;
	if (!section->readable) {
		if (files)
			explain(section, files);
		else
			explain_hidden(section);
		return;
	}
	warn_of_misfit(section, files);
	section->first = whole ? 1 : group->first;
	if (whole || last > count)
		last = count;
	section->line_count = last < section->first ? 0 : (uint32_t)(last - section->first + 1);
}

static uint32_t section_rows(const struct listing_section *section)
{
	return 2 + (uint32_t)section->note_count + section->line_count;
}

/* The groups of a function stand together. */
static uint32_t first_group(const struct line_table *table, const char *function)
{
	return (uint32_t)array_partition(0, table->group_count, i,
					 strcmp(table->groups[i].function, function) < 0);
}

/* Groups without a file are left out beside others of the same function, as in pprof. */
static void add_group(struct source_listing *listing, const struct line_table *table, uint32_t i)
{
	const struct line_group *group = &table->groups[i];
	bool alone = i + 1 == table->group_count || strcmp(group[1].function, group->function) != 0;

	if (*group->file || (alone && !listing->section_count))
		array_push(listing->sections, listing->section_count, listing->section_capacity,
			   (struct listing_section){.group = group});
}

void source_listing_build(struct source_listing *listing, const struct line_table *table,
			  const char *function, const char *file, struct source_files *files)
{
	*listing = (struct source_listing){.files = files};
	if (!*function && !*file)
		return;
	for (uint32_t i = *function ? first_group(table, function) : 0; i < table->group_count;
	     i++) {
		if (*function && strcmp(table->groups[i].function, function) != 0)
			break;
		if (*function || !strcmp(table->groups[i].file, file))
			add_group(listing, table, i);
	}
	for (size_t i = 0; i < listing->section_count; i++) {
		size_section(&listing->sections[i], files, listing->section_count == 1);
		listing->sections[i].start = listing->count;
		listing->count += section_rows(&listing->sections[i]);
	}
}

void source_listing_clear(struct source_listing *listing)
{
	for (size_t i = 0; i < listing->section_count; i++) {
		for (size_t k = 0; k < listing->sections[i].note_count; k++)
			free(listing->sections[i].notes[k]);
		free(listing->sections[i].notes);
	}
	free(listing->sections);
	*listing = (struct source_listing){0};
}

size_t source_listing_section(const struct source_listing *listing, uint32_t row)
{
	return array_partition(1, listing->section_count, i, listing->sections[i].start <= row) - 1;
}

void source_listing_row(const struct source_listing *listing, uint32_t row,
			struct listing_row *found)
{
	const struct listing_section *section =
		&listing->sections[source_listing_section(listing, row)];
	const struct line_group *group = section->group;
	uint32_t at = row - section->start;

	*found = (struct listing_row){.group = group};
	if (at < 2) {
		found->kind = at ? LISTING_TOTAL : LISTING_TITLE;
		return;
	}
	at -= 2;
	if (at < section->note_count) {
		found->kind = LISTING_NOTE;
		found->note = section->notes[at];
		return;
	}
	at -= (uint32_t)section->note_count;
	found->kind = LISTING_LINE;
	if (!section->readable) {
		found->cost = &group->lines[at];
		found->line = found->cost->line;
		return;
	}
	found->line = section->first + at;
	found->cost = line_group_find(group, found->line);
	found->text = source_files_line(listing->files, group->file, found->line, &found->length);
}

uint32_t source_listing_find(const struct source_listing *listing, size_t index, int64_t line)
{
	const struct listing_section *section = &listing->sections[index];
	uint32_t start = section->start + 2 + (uint32_t)section->note_count;
	const struct line_cost *cost;

	if (!section->readable) {
		cost = line_group_find(section->group, line);
		return cost ? start + (uint32_t)(cost - section->group->lines) : NONE;
	}
	if (line < section->first || line - section->first >= section->line_count)
		return NONE;
	return start + (uint32_t)(line - section->first);
}

static uint64_t size_of(int64_t value)
{
	return (uint64_t)wrap_absolute(value);
}

const struct line_cost *line_group_hottest(const struct line_group *group)
{
	const struct line_cost *best = NULL;

	for (uint32_t i = 0; i < group->line_count; i++) {
		const struct line_cost *line = &group->lines[i];

		if (!best || size_of(line->cum) > size_of(best->cum) ||
		    (line->cum == best->cum && size_of(line->flat) > size_of(best->flat)))
			best = line;
	}
	return best;
}

bool line_is_hot(const struct line_group *group, const struct line_cost *cost)
{
	if (!cost || (!cost->flat && !cost->cum))
		return false;
	return size_of(cost->cum) >= size_of(group->cum) / 20 ||
	       size_of(cost->cum) == size_of(line_group_hottest(group)->cum);
}
