/* SPDX-License-Identifier: MIT */
#include "ui/app/manual.h"

#include "cli/mdoc.h"
#include "ui/app/command_table.h"
#include "ui/app/app_word.h"
#include "ui/store/preferences.h"

static void write_title(FILE *out, const char *title)
{
	fprintf(out, ".Ss %s\n.Bl -tag -width Ds\n", title);
}

static void write_keys(FILE *out)
{
	write_title(out, "Keys");
	for (const struct command *command = commands; command->name; command++) {
		if (!*command->keys)
			continue;
		fputs(".It ", out);
		mdoc_write(out, command->keys);
		if (command->where)
			fprintf(out, *command->where == '!' ? " (not %s)" : " (%s)",
				command->where + (*command->where == '!'));
		fprintf(out, "\n%s.\n", command->help);
	}
	fputs(".El\n", out);
}

static void write_words(FILE *out)
{
	write_title(out, "Words of the prompt");
	for (const struct app_word *word = app_words; word->name; word++) {
		fprintf(out, ".It Cm %s%s", word->name, *word->argument ? " Ar " : "");
		mdoc_write(out, word->argument);
		fprintf(out, "\n%s.\n", word->help);
	}
	fputs(".El\n", out);
}

static void write_settings(FILE *out)
{
	write_title(out, "Settings of the explorer");
	for (const struct preference *preference = preferences; preference->name; preference++)
		fprintf(out, ".It Cm %s\n%s.\n", preference->name, preference->summary);
	fputs(".El\n", out);
}

void manual_write(FILE *out)
{
	write_keys(out);
	write_words(out);
	write_settings(out);
}
