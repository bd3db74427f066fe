/* SPDX-License-Identifier: MIT */
#include "ui/app/help_page.h"

#include "report/list.h"
#include "ui/app/app_word.h"
#include "ui/input/help_line.h"
#include "ui/widget/text_pane.h"

static void add_section(struct text *text, const struct key_map *map, const char *title,
			const char *groups, bool everywhere)
{
	text_printf(text, "%s\n", title);
	for (const struct command *command = map->commands; command->name; command++)
		if (command_is_common(command) == everywhere && command_holds(command, groups))
			help_line_add_command(text, map, command, groups);
	text_add_char(text, '\n');
}

static void add_words(struct text *text)
{
	struct text usage = {0};

	text_add_string(
		text,
		"The numbers\n"
		"  flat             cost of the function's own code\n"
		"  cum              its cost together with everything that it calls\n"
		"  sum%             flat% of this row and all rows above\n"
		"\n"
		"At the prompt (:)\n"
		"  top10, top 20 -cum                    the first rows, in this order\n"
		"  peek REGEX                            callers and callees of a function\n"
		"  focus=REGEX, ignore=, hide=, show=    filters; focus= ends one, : ends most\n"
		"  sample_index=TYPE or TYPE             another sample type\n"
		"  granularity=lines or lines            what a row stands for\n"
		"  columns=flat,cum%,bar:30              columns of Top; columns= ends it\n"
		"  REPORT > FILE                         writes a report to a file\n"
		"  help WORD                             flat, an option, a report, a key\n"
		"  q\n");
	for (const struct app_word *word = app_words; word->name; word++) {
		text_printf(&usage, "%s %s", word->name, word->argument);
		text_printf(text, "  %-37s ", usage.bytes);
		help_line_add_sentence(text, word->help, 40);
		text_reset(&usage);
	}
	text_clear(&usage);
	text_add_string(text, "\nReports\n");
	for (size_t i = 0; reports[i]; i++) {
		text_printf(text, "  %-16s ", reports[i]->name);
		help_line_add_sentence(text, reports[i]->summary, 19);
	}
}

void help_page_show(struct pane *pane, const struct key_map *keys, const struct pane_kind *kind)
{
	struct text text = {0};

	if (kind) {
		if (kind->about)
			text_printf(&text, "%s\n%s\n", kind->title, kind->about);
		text_add_string(&text, "Keys of ");
		add_section(&text, keys, kind->title, kind->groups, false);
	}
	add_section(&text, keys, "Keys everywhere", kind ? kind->groups : "", true);
	add_words(&text);
	text_pane_set(pane, NULL, text.bytes);
}
