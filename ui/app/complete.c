/* SPDX-License-Identifier: MIT */
#include "ui/app/complete.h"

#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "profile/unit.h"
#include "ui/app/command_table.h"
#include "ui/app/app_word.h"
#include "ui/app/help_topic.h"
#include "ui/store/preferences.h"
#include "ui/store/saved_config.h"

#define MOST_FUNCTIONS 100

struct completing {
	const struct session *session;
	const char *word;
	size_t length;
	struct completions *completions;
};

static void offer(struct completing *completing, const char *item)
{
	struct completions *completions = completing->completions;

	if (strncasecmp(item, completing->word, completing->length) != 0)
		return;
	for (size_t i = 0; i < completions->count; i++)
		if (!strcmp(completions->items[i], item))
			return;
	completions_add(completions, item, strlen(item));
}

static void offer_types(struct completing *completing)
{
	const struct profile *profile = completing->session->profile;

	for (uint32_t i = 0; profile && i < profile->type_count; i++)
		offer(completing, profile_text(profile, profile->types[i].type));
}

/* Functions that contain the word, as patterns that match them; the heaviest first. */
static void offer_functions(struct completing *completing)
{
	const struct derived *shown = &completing->session->shown;

	if (!shown->table)
		return;
	for (uint32_t i = 0; i < shown->table->row_count; i++) {
		const char *name = shown->view->node_names[shown->table->rows[i].node];
		struct text quoted = {0}, word = {0};

		text_add(&word, completing->word, completing->length);
		if (strstr(name, text_string(&word)) && !strchr(name, ' ')) {
			pattern_quote(&quoted, name);
			completions_add(completing->completions, quoted.bytes, quoted.length);
		}
		text_clear(&quoted);
		text_clear(&word);
		if (completing->completions->count == MOST_FUNCTIONS)
			return;
	}
}

/* Keys of labels and, for filters that take values, "KEY=VALUE". */
static void offer_labels(struct completing *completing, bool values)
{
	const struct profile *profile = completing->session->profile;
	struct text item = {0};

	for (uint32_t i = 0; profile && i < profile->label_count; i++) {
		const struct label *label = &profile->labels[i];

		text_reset(&item);
		text_add_string(&item, profile_text(profile, label->key));
		offer(completing, text_string(&item));
		if (values && label->text != NONE) {
			text_add_char(&item, '=');
			pattern_quote(&item, profile_text(profile, label->text));
			offer(completing, item.bytes);
		}
		if (completing->completions->count >= MOST_FUNCTIONS)
			break;
	}
	text_clear(&item);
}

/* All units that suit the type that is shown. */
static void offer_units(struct completing *completing)
{
	const struct view *view = completing->session->shown.view;
	const char *unit = "minimum";

	do {
		offer(completing, unit);
		unit = view ? unit_next(unit, view_unit(view), INT64_MAX) : NULL;
	} while (unit && strcmp(unit, "minimum") != 0);
}

static void offer_filter(struct completing *completing, const struct option *option)
{
	switch (option->field) {
	case FILTER_TAGFOCUS:
	case FILTER_TAGIGNORE:
		offer_labels(completing, true);
		break;
	case FILTER_TAGSHOW:
	case FILTER_TAGHIDE:
		offer_labels(completing, false);
		break;
	default:
		offer_functions(completing);
		break;
	}
}

static void offer_values(struct completing *completing, const struct option *option)
{
	if (option->kind == OPTION_FILTER) {
		offer_filter(completing, option);
	} else if (!strcmp(option->name, "tagroot") || !strcmp(option->name, "tagleaf")) {
		offer_labels(completing, false);
	} else if (!strcmp(option->name, "unit")) {
		offer_units(completing);
	} else if (!strcmp(option->name, "sample_index")) {
		offer_types(completing);
	} else if (option->kind == OPTION_BOOL || option->kind == OPTION_CHOICE) {
		offer(completing, "true");
		offer(completing, "false");
	}
}

static void offer_commands(struct completing *completing)
{
	for (const struct command *command = commands; command->name; command++)
		offer(completing, command->name);
}

/* "sort=", "granularity=": what choices are of. */
static void offer_groups(struct completing *completing)
{
	struct text word = {0};

	for (const struct option *option = options; option->name; option++) {
		if (option->kind != OPTION_CHOICE)
			continue;
		text_reset(&word);
		text_printf(&word, "%s=", option->group);
		offer(completing, word.bytes);
	}
	text_clear(&word);
}

/* The choices of a group. */
static void offer_choices(struct completing *completing, const char *group)
{
	for (const struct option *option = options; option->name; option++)
		if (option->kind == OPTION_CHOICE && !strcmp(option->group, group))
			offer(completing, option->name);
}

static void offer_first_words(struct completing *completing)
{
	struct text word = {0};

	for (size_t i = 0; reports[i]; i++)
		offer(completing, reports[i]->name);
	for (const struct option *option = options; option->name; option++) {
		bool bare = option->kind == OPTION_BOOL || option->kind == OPTION_CHOICE;

		text_reset(&word);
		text_printf(&word, "%s%s", option->name, bare ? "" : "=");
		offer(completing, word.bytes);
	}
	offer_groups(completing);
	offer_types(completing);
	offer_commands(completing);
	for (const struct app_word *own = app_words; own->name; own++)
		offer(completing, own->name);
	offer(completing, "help");
	offer(completing, "options");
	offer(completing, "quit");
	text_clear(&word);
}

/* Names with what separates them from a value. */
static void offer_settings(struct completing *completing)
{
	struct text word = {0};

	for (const struct preference *preference = preferences; preference->name; preference++) {
		text_reset(&word);
		text_printf(&word, "%s=", preference->name);
		offer(completing, word.bytes);
	}
	for (const struct option *option = options; option->name; option++) {
		text_reset(&word);
		text_printf(&word, "%s=", option->name);
		offer(completing, word.bytes);
	}
	offer_groups(completing);
	text_clear(&word);
}

static void offer_config(void *owner, const char *name)
{
	offer(owner, name);
}

/* What may stand behind a word of our own; `first`: right behind it. */
static void offer_arguments(struct completing *completing, const struct app_word *word, bool first)
{
	if (word->takes == TAKES_SETTING && first)
		offer_settings(completing);
	else if (word->takes == TAKES_BINDING && !first)
		offer_commands(completing);
	else if (word->takes == TAKES_CONFIG && first)
		saved_config_list(offer_config, completing);
}

static void offer_preference(struct completing *completing, const struct preference *preference)
{
	static const char *const switches[] = {"on", "off", NULL};

	if (preference->kind == PREFERENCE_COLUMNS) {
		for (int i = 0; i < COLUMN_COUNT; i++)
			offer(completing, column_name((enum column)i));
		return;
	}
	for (const char *const *word = preference->words ? preference->words : switches; *word;
	     word++)
		offer(completing, *word);
}

/* Each of the words that blanks separate. */
static void offer_words(struct completing *completing, const char *words)
{
	struct text word = {0};

	while (*words) {
		size_t length = strcspn(words, " ");

		text_reset(&word);
		text_add(&word, words, length);
		offer(completing, text_string(&word));
		words += length + strspn(words + length, " ");
	}
	text_clear(&word);
}

static void offer_topics(struct completing *completing)
{
	for (const struct help_topic *topic = help_topics; topic->names; topic++)
		offer_words(completing, topic->names);
	for (size_t i = 0; reports[i]; i++)
		offer(completing, reports[i]->name);
	for (const struct option *option = options; option->name; option++)
		offer(completing, option->name);
	for (const struct preference *preference = preferences; preference->name; preference++)
		offer(completing, preference->name);
	for (const struct app_word *word = app_words; word->name; word++)
		offer(completing, word->name);
	offer_commands(completing);
}

/* Behind "NAME=": NAME may stand behind "set ". */
static void complete_value(struct completing *completing, const char *line, size_t equals)
{
	size_t start = equals;
	char name[64] = "";

	while (start > 0 && line[start - 1] != ' ')
		start--;
	if (equals - start < sizeof(name))
		memcpy(name, line + start, equals - start);
	if (option_find(name))
		offer_values(completing, option_find(name));
	else if (preference_find(name))
		offer_preference(completing, preference_find(name));
	else
		offer_choices(completing, name);
}

/* True if a value has words between commas, of which the last one is completed. */
static bool takes_list(const char *line, const char *equals)
{
	static const char *const lists[] = {"columns", "tagroot", "tagleaf"};

	for (size_t i = 0; equals && i < COUNT(lists); i++) {
		size_t length = strlen(lists[i]);

		if (length <= (size_t)(equals - line) && !memcmp(equals - length, lists[i], length))
			return true;
	}
	return false;
}

/* True for a line of a report that compares the values of a label. */
static bool takes_labels(const char *line)
{
	char name[32];
	const struct report *report;

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(line, " "), line);
	report = report_find(name);
	return report && report->pairs;
}

/* Words of a report; behind a dash they are to ignore, save for the one that sorts. */
static void offer_report_words(struct completing *completing, bool dashed, bool labels)
{
	if (dashed)
		offer(completing, "cum");
	if (labels)
		offer_labels(completing, true);
	else
		offer_functions(completing);
}

void complete_command(void *owner, const char *line, size_t cursor, struct completions *completions)
{
	struct completing completing = {.session = owner, .completions = completions};
	size_t start = cursor, name = strspn(line, " ");
	bool labels = takes_labels(line + name);
	const char *equals = labels ? NULL : memchr(line, '=', cursor), *rest;
	const struct app_word *own = app_word_find(line, &rest);
	bool lists = takes_list(line, equals), dashed = false;

	if (equals) {
		while (line + start > equals + 1 && !(lists && line[start - 1] == ','))
			start--;
	} else {
		while (start > 0 && line[start - 1] != ' ')
			start--;
		dashed = start < cursor && line[start] == '-' && start > name;
		start += dashed;
	}
	completing.word = line + start;
	completing.length = cursor - start;
	completions->start = start;
	if (equals)
		complete_value(&completing, line, (size_t)(equals - line));
	else if (start <= name)
		offer_first_words(&completing);
	else if (own)
		offer_arguments(&completing, own, line + start == rest);
	else if (!strncmp(line + name, "help ", 5))
		offer_topics(&completing);
	else
		offer_report_words(&completing, dashed, labels);
}
