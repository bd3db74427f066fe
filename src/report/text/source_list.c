/* SPDX-License-Identifier: MIT */
/* Source lines of functions with what they cost: pprof's -list. */
#include <inttypes.h>
#include <string.h>

#include "base/utf8.h"
#include "report/list.h"
#include "report/text/source_files.h"
#include "view/line_table.h"

struct writer {
	const struct report_input *input;
	struct value_format format;
	struct source_files *files;
	FILE *out;
};

static const char *value_or_dot(const struct writer *writer, int64_t value,
				char label[UNIT_LABEL_SIZE])
{
	return value ? report_value(&writer->format, value, label) : ".";
}

static void write_pair(const struct writer *writer, const char *flat, const char *cum)
{
	fprintf(writer->out, "%*s %*s", utf8_width(flat, 10), flat, utf8_width(cum, 10), cum);
}

static void write_line(const struct writer *writer, const struct line_cost *cost, int64_t number,
		       const char *text, size_t length)
{
	char flat[UNIT_LABEL_SIZE], cum[UNIT_LABEL_SIZE];

	write_pair(writer, value_or_dot(writer, cost ? cost->flat : 0, flat),
		   value_or_dot(writer, cost ? cost->cum : 0, cum));
	fprintf(writer->out, " %6" PRId64 ":", number);
	fwrite(text, 1, length, writer->out);
	fputc('\n', writer->out);
}

/* The source may be of another day than the profile. */
static void note_misfit(const struct writer *writer, const struct line_group *group)
{
	struct text why = {0};

	if (writer->input->notes && group->line_count && !writer->input->options->hide_source &&
	    source_files_misfit(writer->files, group->file, group->function, group->start,
				group->lines[group->line_count - 1].line, &why))
		text_printf(writer->input->notes, "%s\n", why.bytes);
	text_clear(&why);
}

static void write_group(const struct writer *writer, const struct line_group *group)
{
	char flat[UNIT_LABEL_SIZE], cum[UNIT_LABEL_SIZE], share[PERCENTAGE_SIZE];
	bool hidden = writer->input->options->hide_source;
	const char *error, *text;
	size_t length;

	fprintf(writer->out, "ROUTINE ======================== %s in %s\n", group->function,
		group->file);
	write_pair(writer, report_value(&writer->format, group->flat, flat),
		   report_value(&writer->format, group->cum, cum));
	fprintf(writer->out, " (flat, cum) %s of Total\n",
		report_share(writer->input->options, group->cum, writer->input->view->total,
			     share));
	for (int64_t line = group->first; line <= group->last; line++) {
		text = hidden ? "" : source_files_line(writer->files, group->file, line, &length);
		if (!text)
			break;
		write_line(writer, line_group_find(group, line), line, text, hidden ? 0 : length);
	}
	note_misfit(writer, group);
	error = hidden ? NULL : source_files_error(writer->files, group->file);
	if (error)
		fprintf(writer->out, " Error: %s\n", error);
}

/* Nodes without a file are left out beside others of the same function. */
static void write_groups(const struct writer *writer, const struct line_table *table)
{
	for (uint32_t i = 0; i < table->group_count; i++) {
		const struct line_group *group = &table->groups[i];
		bool alone = i + 1 == table->group_count ||
			     strcmp(group[1].function, group->function) != 0;

		if (*group->file)
			write_group(writer, group);
		else if (alone)
			fprintf(writer->out, "No source information for %s\n", group->function);
	}
}

static bool write_list(const struct report_input *input, const struct report *report, FILE *out,
		       struct error *error)
{
	const struct view *view = input->view;
	struct line_table *table = line_table_build(
		view, input->argument, input->options->drop_negative, input->options->count_once);
	struct writer writer = {.input = input, .out = out};
	bool matched = table->group_count > 0;
	char total[UNIT_LABEL_SIZE];

	(void)report;
	report_own_unit(input, &writer.format);
	writer.files = source_files_new(view->spec.source_path, view->spec.trim_path,
					input->options->places);
	fprintf(out, "Total: %s\n", report_value(&writer.format, view->total, total));
	write_groups(&writer, table);
	source_files_free(writer.files);
	line_table_free(table);
	return matched || report_no_match(input, error);
}

const struct report report_list = {
	.name = "list",
	.argument = "REGEX",
	.summary = "Source lines of the functions whose name matches, with what they cost",
	.untrimmed = true,
	.forces_granularity = true,
	.granularity = GRANULARITY_LINES,
	.object_names = true,
	.write = write_list,
};
