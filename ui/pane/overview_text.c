/* SPDX-License-Identifier: MIT */
#include "ui/pane/overview_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "ui/widget/empty_view.h"
#include "ui/widget/pane.h"

#define HEAVIEST 5
#define MOST_PATH 40 /* frames of the hottest path that are listed */

static void add(struct overview *overview, enum overview_subject subject, uint32_t index,
		int64_t value, const char *text)
{
	struct overview_line line = {subject, index, value, alloc_text(text)};

	array_push(overview->lines, overview->count, overview->capacity, line);
}

static void add_section(struct overview *overview, const char *title)
{
	if (overview->count)
		add(overview, ABOUT_SECTION, 0, 0, "");
	add(overview, ABOUT_SECTION, 0, 0, title);
}

/* "duration  10.18s" */
static void add_fact(struct overview *overview, const char *name, const char *value)
{
	struct text text = {0};

	text_printf(&text, "%-12s%s", name, value);
	add(overview, ABOUT_NOTHING, 0, 0, text.bytes);
	text_clear(&text);
}

static void add_files(struct overview *overview, const struct session *session)
{
	struct text text = {0};

	add_section(overview, "Files");
	for (int i = 0; i < file_selection_file_count(session->request); i++) {
		bool part = file_selection_has_file(&session->seen, session->request, i);

		text_reset(&text);
		file_selection_add_file(&text, session->files[i]);
		text_add_string(&text, part ? "" : "   not shown now");
		add(overview, ABOUT_FILES, (uint32_t)i, 0, text.bytes);
	}
	text_clear(&text);
}

static void add_facts(struct overview *overview, const struct profile *profile)
{
	char label[UNIT_LABEL_SIZE], time[UNIT_TIME_SIZE];
	struct text text = {0};

	if (profile->time_nanos && unit_time(profile->time_nanos, time))
		add_fact(overview, "time", time);
	if (profile->duration_nanos)
		add_fact(overview, "duration",
			 unit_label(profile->duration_nanos, "nanoseconds", "auto", label));
	if (profile->has_period_type && profile->period) {
		text_printf(&text, "one %s sample every %s",
			    profile_text(profile, profile->period_type.type),
			    unit_label(profile->period,
				       profile_text(profile, profile->period_type.unit), "auto",
				       label));
		add_fact(overview, "period", text.bytes);
	}
	text_reset(&text);
	text_printf(&text, "%u in %u functions", profile->sample_count, profile->function_count);
	add_fact(overview, "samples", text.bytes);
	for (uint32_t i = 0; i < profile->comment_count; i++)
		add_fact(overview, "comment", profile_text(profile, profile->comments[i]));
	text_clear(&text);
}

static void add_types(struct overview *overview, const struct session *session)
{
	const struct profile *profile = session->shown.view->profile;
	struct text text = {0};

	add_section(overview, "Sample types (Enter shows one)");
	for (uint32_t i = 0; i < profile->type_count; i++) {
		text_reset(&text);
		text_printf(&text, "%s%s", profile_text(profile, profile->types[i].type),
			    i == session->shown.view->spec.value_type ? "   shown now" : "");
		add(overview, ABOUT_TYPE, i, profile_total(profile, i), text_string(&text));
	}
	text_clear(&text);
}

static void add_labels(struct overview *overview, const struct label_table *labels)
{
	struct text text = {0};

	if (!labels->key_count)
		return;
	add_section(overview, "Labels of the samples");
	for (uint32_t i = 0; i < labels->key_count; i++) {
		const struct label_key *key = &labels->keys[i];

		text_reset(&text);
		text_printf(&text, "%s   %u value%s", key->name, key->value_count,
			    key->value_count == 1 ? "" : "s");
		add(overview, ABOUT_LABEL, i, 0, text.bytes);
	}
	text_clear(&text);
}

static void add_mappings(struct overview *overview, const struct profile *profile)
{
	struct text text = {0};

	if (!profile->mapping_count)
		return;
	add_section(overview, "Mappings and their build ids");
	for (mapping_id i = 0; i < profile->mapping_count; i++) {
		const struct mapping *mapping = &profile->mappings[i];
		const char *id = profile_text(profile, mapping->build_id);
		const char *file = profile_text(profile, mapping->file);

		text_reset(&text);
		text_printf(&text, "%s   %s", *file ? file : "(no name)", *id ? id : "no build id");
		add(overview, ABOUT_NOTHING, 0, 0, text.bytes);
	}
	text_clear(&text);
}

static void add_warnings(struct overview *overview, const struct profile *profile)
{
	if (profile->warning_count)
		add_section(overview, "Warnings");
	for (uint32_t i = 0; i < profile->warning_count; i++)
		add(overview, ABOUT_NOTHING, 0, 0, profile->warnings[i]);
}

/* What rows are ordered by. */
static int64_t value_in(const struct function_row *row, enum function_order order)
{
	return order == ORDER_CUM ? function_row_cum(row) : function_row_flat(row);
}

/* The first rows in an order, found without sorting the table again. */
static void add_heaviest(struct overview *overview, const struct derived *shown,
			 enum function_order order, const char *title)
{
	const struct function_table *table = shown->table;
	const struct function_row *best[HEAVIEST];
	uint32_t count = 0;

	for (uint32_t i = 0; i < table->row_count; i++) {
		const struct function_row *row = &table->rows[i];
		uint32_t at = count;

		if (!value_in(row, order))
			continue;
		while (at && function_row_compare(shown->view, row, best[at - 1], order) < 0) {
			if (at < HEAVIEST)
				best[at] = best[at - 1];
			at--;
		}
		if (at < HEAVIEST)
			best[at] = row;
		count += count < HEAVIEST;
	}
	if (count)
		add_section(overview, title);
	for (uint32_t i = 0; i < count; i++)
		add(overview, ABOUT_NODE, best[i]->node, value_in(best[i], order),
		    shown->view->node_names[best[i]->node]);
}

/* Always the heaviest child, to where there is none. */
static void add_path(struct overview *overview, const struct derived *shown)
{
	const struct call_tree *tree = shown->tree;
	uint32_t frame = call_tree_child(tree, 0), count = 0;
	char rest[64];

	if (frame != NONE)
		add_section(overview, "Hottest path");
	for (; frame != NONE; frame = call_tree_child(tree, frame)) {
		if (count++ < MOST_PATH)
			add(overview, ABOUT_FRAME, frame, call_tree_total(tree, frame),
			    shown->view->node_names[tree->node[frame]]);
	}
	if (count <= MOST_PATH)
		return;
	snprintf(rest, sizeof(rest), "and %u more frames below", count - MOST_PATH);
	add(overview, ABOUT_NOTHING, 0, 0, rest);
}

static void add_emptiness(struct overview *overview, const struct session *session)
{
	struct text why = {0}, remedy = {0};

	empty_view_describe(session, &why, &remedy);
	add_section(overview, "No function is left");
	add(overview, ABOUT_NOTHING, 0, 0, text_string(&why));
	for (char *line = remedy.bytes; line && *line;) {
		char *end = line + strcspn(line, "\n");

		*end = '\0';
		add(overview, ABOUT_NOTHING, 0, 0, line);
		line = end + 1;
	}
	text_clear(&why);
	text_clear(&remedy);
}

void overview_build(struct overview *overview, const struct session *session)
{
	const struct derived *shown = &session->shown;
	const struct profile *profile = shown->view->profile;

	overview_clear(overview);
	add_files(overview, session);
	add_facts(overview, profile);
	add_warnings(overview, profile);
	add_types(overview, session);
	add_heaviest(overview, shown, ORDER_FLAT, "Most by itself (flat)");
	add_heaviest(overview, shown, ORDER_CUM, "Most with what it calls (cum)");
	add_path(overview, shown);
	if (!shown->table->row_count)
		add_emptiness(overview, session);
	add_labels(overview, shown->labels);
	add_mappings(overview, profile);
}

void overview_clear(struct overview *overview)
{
	for (uint32_t i = 0; i < overview->count; i++)
		free(overview->lines[i].text);
	free(overview->lines);
	*overview = (struct overview){0};
}
