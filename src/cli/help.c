/* SPDX-License-Identifier: MIT */
#include "cli/help.h"

#include "diagnose/threshold.h"
#include "cli/mdoc.h"
#include "cli/request.h"
#include "format/format.h"

/* How one form writes the parts of the help. */
struct form {
	void (*title)(FILE *out, const char *title);
	void (*row)(FILE *out, const char *name, const char *argument, const char *summary);
	void (*end)(FILE *out);
};

static void write_all(FILE *out, const struct form *form)
{
	form->title(out, "Reports");
	for (size_t i = 0; reports[i]; i++)
		form->row(out, reports[i]->name, reports[i]->argument, reports[i]->summary);
	form->end(out);
	form->title(out, "Options");
	for (const struct option *option = options; option->name; option++)
		form->row(out, option->name, option->argument, option->summary);
	form->end(out);
	form->title(out, "Flags");
	for (const struct flag *flag = flags; flag->name; flag++)
		form->row(out, flag->name, flag->argument, flag->summary);
	form->end(out);
}

static void write_nothing(FILE *out)
{
	(void)out;
}

static void text_title(FILE *out, const char *title)
{
	fprintf(out, "\n%s:\n", title);
}

static void text_row(FILE *out, const char *name, const char *argument, const char *summary)
{
	char word[64];

	snprintf(word, sizeof(word), "-%s%s%s", name, argument ? "=" : "",
		 argument ? argument : "");
	fprintf(out, "  %-24s %s\n", word, summary);
}

void help_write(FILE *out)
{
	static const struct form form = {text_title, text_row, write_nothing};

	fputs("ncprof - explore pprof profiles in the terminal\n\n"
	      "Usage: ncprof [OPTION...] PROFILE...          open the explorer\n"
	      "       ncprof -REPORT [OPTION...] PROFILE...  write a report\n"
	      "       ... | ncprof [OPTION...] -             read standard input\n"
	      "       echo top10 | ncprof PROFILE            run commands of pprof's shell\n",
	      out);
	write_all(out, &form);
	fputs("\nReports and options have pprof's names and meanings; one dash or two, before or after\n"
	      "the profile. -formats lists the files that are read. In the explorer ? shows the\n"
	      "keys. The manual: man ncprof.\n",
	      out);
}

static void manual_title(FILE *out, const char *title)
{
	fprintf(out, ".Ss %s\n.Bl -tag -width Ds\n", title);
}

static void manual_row(FILE *out, const char *name, const char *argument, const char *summary)
{
	fprintf(out, ".It Fl %s", name);
	if (argument)
		fprintf(out, " Ns = Ns Ar %s", argument);
	fputc('\n', out);
	mdoc_write(out, summary);
	fputs(".\n", out);
}

static void manual_end(FILE *out)
{
	fputs(".El\n", out);
}

/* The limits of -diagnose, with their defaults. */
static void manual_thresholds(FILE *out)
{
	fputs(".Ss Limits of diagnose\n.Bl -tag -width memory-limit -compact\n", out);
	for (size_t i = 0; i < THRESHOLD_COUNT; i++) {
		const struct threshold_row *row = &threshold_rows[i];

		fputs(".It Cm ", out);
		mdoc_write(out, row->name);
		fprintf(out, "\n%g %s: ", row->value, row->unit);
		mdoc_write(out, row->summary);
		fputc('\n', out);
	}
	manual_end(out);
}

/* What is read: a row for each format, in the order of the table. */
static void manual_formats(FILE *out)
{
	fputs(".Ss Formats\n.Bl -tag -width macos_sample -compact\n", out);
	for (size_t i = 0; formats[i]; i++) {
		fputs(".It Cm ", out);
		mdoc_write(out, formats[i]->name);
		fputc('\n', out);
		mdoc_write(out, formats[i]->summary);
		fputc('\n', out);
	}
	manual_end(out);
}

void help_write_formats(FILE *out)
{
	for (size_t i = 0; formats[i]; i++)
		fprintf(out, "%-14s %s\n", formats[i]->name, formats[i]->summary);
	fputs("\nEach may be packed with gzip, zstd, xz or bzip2, and text may be in UTF-16. Other files are\n"
	      "named, with the command that makes a profile of them.\n",
	      out);
}

void help_write_manual(FILE *out)
{
	static const struct form form = {manual_title, manual_row, manual_end};

	write_all(out, &form);
	manual_thresholds(out);
	manual_formats(out);
}

static void no_title(FILE *out, const char *title)
{
	(void)out;
	(void)title;
}

static void word_row(FILE *out, const char *name, const char *argument, const char *summary)
{
	fprintf(out, "-%s%s\t%s\n", name, argument ? "=" : "", summary);
}

void help_write_words(FILE *out)
{
	static const struct form form = {no_title, word_row, write_nothing};

	write_all(out, &form);
}
