#include "ui/complete.h"

#include <string.h>
#include <strings.h>

#include "ui/command.h"

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

static void offer_values(struct completing *completing, const struct option *option)
{
	if (option->kind == OPTION_FILTER) {
		offer_functions(completing);
	} else if (!strcmp(option->name, "sample_index")) {
		offer_types(completing);
	} else if (option->kind == OPTION_BOOL || option->kind == OPTION_CHOICE) {
		offer(completing, "true");
		offer(completing, "false");
	}
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
	offer_types(completing);
	for (const struct command *command = commands; command->name; command++)
		offer(completing, command->name);
	offer(completing, "help");
	offer(completing, "options");
	offer(completing, "quit");
	text_clear(&word);
}

static void offer_topics(struct completing *completing)
{
	for (size_t i = 0; reports[i]; i++)
		offer(completing, reports[i]->name);
	for (const struct option *option = options; option->name; option++)
		offer(completing, option->name);
	for (const struct command *command = commands; command->name; command++)
		offer(completing, command->name);
}

void complete_command(void *owner, const char *line, size_t cursor, struct completions *completions)
{
	struct completing completing = {.session = owner, .completions = completions};
	const char *equals = memchr(line, '=', cursor);
	size_t start = cursor, name;

	if (equals) {
		char option[64] = "";

		start = (size_t)(equals - line) + 1;
		if (start <= sizeof(option))
			memcpy(option, line, start - 1);
		completing.word = line + start;
		completing.length = cursor - start;
		if (option_find(option))
			offer_values(&completing, option_find(option));
		completions->start = start;
		return;
	}
	while (start > 0 && line[start - 1] != ' ')
		start--;
	name = strspn(line, " ");
	if (start < cursor && line[start] == '-' && start > name)
		start++; /* a word to ignore */
	completing.word = line + start;
	completing.length = cursor - start;
	completions->start = start;
	if (start <= name)
		offer_first_words(&completing);
	else if (!strncmp(line + name, "help ", 5))
		offer_topics(&completing);
	else
		offer_functions(&completing);
}
