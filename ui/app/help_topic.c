/* SPDX-License-Identifier: MIT */
#include "ui/app/help_topic.h"

#include <string.h>

#include "setting/options.h"
#include "ui/app/app_word.h"
#include "ui/widget/pane.h"
#include "ui/input/help_line.h"
#include "ui/store/preferences.h"

/* clang-format off */
const struct help_topic help_topics[] = {
	{"flat self",
	 "The cost of a function's own code: samples that were taken while it ran itself\n"
	 "and not something that it called. Much flat is work to make cheaper or to\n"
	 "leave out. Others call it self. See also cum.\n"},
	{"cum cumulative total",
	 "The cost of a function and of everything that it calls, however far down: all\n"
	 "samples that have it anywhere in their stack. A function that calls itself\n"
	 "counts once a sample. Much cum and little flat means: look at what it calls.\n"
	 "Others call it total.\n"},
	{"sum%",
	 "The flat of this row and of all rows above it, as a share of the total. It\n"
	 "tells how many rows one has to look at for how much of the cost.\n"},
	{"sample samples",
	 "One observation: the stack of calls at that moment, and values (a count,\n"
	 "nanoseconds, bytes). A profile is many of them; all numbers here are sums over\n"
	 "samples.\n"},
	{"type sample-type",
	 "What the values of a profile count: cpu time, bytes in use, bytes ever\n"
	 "allocated, time waited. A profile may have several; m and M go through them.\n"},
	{"stack trace",
	 "The functions that were active when a sample was taken, each called by the one\n"
	 "before. The first one is the root, the one that ran itself is the leaf.\n"},
	{"frame",
	 "One function in one stack. The icicle draws frames: what is below a frame was\n"
	 "called from it, its width is what it and all below cost.\n"},
	{"caller callee edge",
	 "Who calls is the caller, who is called the callee. Peek shows the callers of a\n"
	 "function above it and its callees below, each with the cost that went this\n"
	 "way.\n"},
	{"inline inlined",
	 "The compiler put the body of the function into its caller. It has no call of\n"
	 "its own at run time, but its cost is told apart all the same; noinlines adds\n"
	 "it to the caller.\n"},
	{"granularity",
	 "What one row stands for: a function, a file, a source line or an address. L\n"
	 "goes through them.\n"},
	{"filter filters",
	 "focus keeps the samples with a function, ignore drops them; hide and show take\n"
	 "frames out of the stacks and leave the samples; show_from and prune_from cut\n"
	 "stacks; tagfocus and tagignore look at labels. f x H K S P set them by the\n"
	 "selected function, u takes the last one back, : and an empty value (focus=)\n"
	 "end one.\n"},
	{"label labels tag tags",
	 "What the program said about a sample: a key and a value, such as the tenant of\n"
	 "a request. t lists them with what they cost.\n"},
	{"icicle flame",
	 "The whole call tree as a picture: the root on top, each call below its caller,\n"
	 "as wide as what it cost. Enter zooms, 0 shows everything. A flame graph is the\n"
	 "same upside down.\n"},
	{"recursion",
	 "A function that calls itself, at once or through others. cum counts each\n"
	 "sample once. In call trees r makes one frame of those that call themselves at\n"
	 "once; what goes through others stays, as it tells the way.\n"},
	{"class classes",
	 "What kind of work a frame is: garbage collection, allocation, locks, system\n"
	 "calls, encoding and so on. J groups by class: each sample is in the one of its\n"
	 "outermost frame that has any.\n"},
	{"finding findings evidence",
	 "What a rule of -diagnose says about the files: how bad it is, the numbers that\n"
	 "show it, and what to do. 9 lists all; Enter goes to where they come from.\n"},
	{"cycle collection gctrace",
	 "One run of Go's garbage collector, a line of GODEBUG=gctrace=1. It stops the\n"
	 "program twice for a moment (the pause), marks what is still in use (the live\n"
	 "heap) and sets how large the heap may grow until the next one (the goal).\n"},
	{"diff base",
	 "The difference of two profiles: -diff_base=FILE and -base=FILE subtract FILE.\n"
	 "What grew is positive, what shrank negative; shares are of the total of FILE\n"
	 "with -diff_base.\n"},
	{NULL, NULL},
};
/* clang-format on */

static bool has_name(const char *names, const char *word)
{
	size_t size = strlen(word);

	while (*names) {
		size_t length = strcspn(names, " ");

		if (length == size && !memcmp(names, word, size))
			return true;
		names += length + strspn(names + length, " ");
	}
	return false;
}

/* A title, after an empty line if something stands before it. */
static void add_title(struct text *text, const char *kind, const char *name)
{
	text_printf(text, "%s%s %s\n", text->length ? "\n" : "", kind, name);
}

static void add_ideas(struct text *text, const char *word)
{
	for (const struct help_topic *topic = help_topics; topic->names; topic++) {
		if (!has_name(topic->names, word))
			continue;
		add_title(text, "In plain words:", topic->names);
		text_add_string(text, topic->text);
	}
}

static void add_settings(struct text *text, const char *word)
{
	const struct report *report = report_find(word);
	const struct option *option = option_find(word);
	const struct preference *preference = preference_find(word);

	if (report) {
		add_title(text, "Report", report->name);
		text_printf(text, "  %s %s\n  %s\n", report->name,
			    report->argument ? report->argument : "", report->summary);
	}
	if (option) {
		add_title(text, "Option", option->name);
		text_printf(text, "  %s=%s\n  %s\n", option->name,
			    option->argument ? option->argument : "true or false", option->summary);
	}
	if (preference) {
		add_title(text, "Setting", preference->name);
		text_printf(text, "  set %s=VALUE\n  %s\n", preference->name, preference->summary);
	}
	for (const struct app_word *own = app_words; own->name; own++) {
		if (strcmp(own->name, word) != 0)
			continue;
		add_title(text, "At the prompt:", own->name);
		text_printf(text, "  :%s %s\n  %s\n", own->name, own->argument, own->help);
	}
}

static void add_commands(struct text *text, const struct key_map *map, const char *word)
{
	for (const struct command *command = map->commands; command->name; command++) {
		if (strcmp(command->name, word) != 0)
			continue;
		add_title(text, "Command", command->name);
		help_line_add_command(text, map, command, command->where ? command->where : "");
		if (command->where)
			text_printf(text, "  holds %sin: %s\n",
				    *command->where == '!' ? "everywhere but " : "",
				    command->where + (*command->where == '!'));
	}
}

/* What the key means in each pane; once if it is the same in all. */
static void add_key(struct text *text, const struct key_map *map, const char *word)
{
	uint32_t key = key_parse(word, strlen(word));
	bool titled = false;

	for (const struct command *command = map->commands; key != NAMED_NONE && command->name;
	     command++) {
		struct text panes = {0};

		for (size_t i = 0; pane_kinds[i]; i++)
			if (key_map_find(map, key, pane_kinds[i]->groups) == command)
				text_printf(&panes, " %s", pane_kinds[i]->title);
		if (panes.length && !titled)
			add_title(text, "Key", word);
		titled = titled || panes.length;
		if (panes.length)
			text_printf(text, "  %-20s %s\n%s%s%s", command->name, command->help,
				    command->where ? "    in" : "",
				    command->where ? panes.bytes : "", command->where ? "\n" : "");
		text_clear(&panes);
	}
}

bool help_topic_print(const char *word, const struct key_map *keys, struct text *text)
{
	size_t before = text->length;

	add_ideas(text, word);
	add_settings(text, word);
	add_commands(text, keys, word);
	add_key(text, keys, word);
	return text->length > before;
}
