/* SPDX-License-Identifier: MIT */
/* Every sample with its labels and its stack, leaf first: pprof's -traces. */
#include "base/utf8.h"
#include "report/label_text.h"
#include "report/list.h"
#include "view/label_unit.h"

#define SEPARATOR "-----------+-------------------------------------------------------\n"

struct writer {
	const struct view *view;
	const struct value_format *format;
	struct label_text labels;
	struct text lines; /* of one stack: one call of stdio instead of several a frame */
	FILE *out;
};

static void add_key(const struct view *view, string_id key, struct text *text)
{
	const char *name = view_text(view, key);

	text_printf(text, "%*s: ", utf8_width(name, 10), name);
}

static void print_strings(const struct view *view, const struct label_group *group,
			  const char **units, struct text *text)
{
	(void)units;
	add_key(view, group->key, text);
	for (uint32_t i = 0; i < group->count; i++)
		text_printf(text, " %s", view_text(view, group->labels[i].text));
}

static void print_numbers(const struct view *view, const struct label_group *group,
			  const char **units, struct text *text)
{
	char number[UNIT_LABEL_SIZE];

	add_key(view, group->key, text);
	for (uint32_t i = 0; i < group->count; i++)
		text_printf(text, " %s",
			    unit_label(group->labels[i].number, units[group->key], "auto", number));
}

static void write_labels(struct writer *writer, uint32_t sample)
{
	label_text_set(&writer->labels, sample);
	for (int numbers = 0; numbers < 2; numbers++) {
		size_t count = label_text_pieces(&writer->labels, numbers,
						 numbers ? print_numbers : print_strings);

		for (size_t i = 0; i < count; i++)
			fprintf(writer->out, "%s\n", writer->labels.pieces[i]);
	}
}

static bool is_empty(const struct view *view, const struct path *path)
{
	for (uint32_t at = path->first; at < path->end; at++) {
		location_id location = view_location(view, at);

		if (view->step_start[location] < view->step_start[location + 1])
			return false;
	}
	return true;
}

static void add_step(const struct view *view, const struct step *step, struct text *lines)
{
	text_add_string(lines, view->node_names[step->node]);
	if (step->inlined)
		text_add_string(lines, " (inline)");
	text_add_char(lines, '\n');
}

static void write_stack(struct writer *writer, const struct path *path, const char *value)
{
	const struct view *view = writer->view;
	struct text *lines = &writer->lines;
	bool first = true;

	text_reset(lines);
	for (uint32_t at = path->end; at-- > path->first;) {
		location_id location = view_location(view, at);

		for (uint32_t i = view->step_start[location + 1];
		     i-- > view->step_start[location];) {
			if (first)
				text_printf(lines, "%*s   ", utf8_width(value, 10), value);
			else
				text_add(lines, "             ", 13);
			add_step(view, &view->steps[i], lines);
			first = false;
		}
	}
	fwrite(lines->bytes, 1, lines->length, writer->out);
}

static void write_sample(struct writer *writer, uint32_t sample)
{
	const struct view *view = writer->view;
	int64_t value = view->values[sample];
	char label[UNIT_LABEL_SIZE];
	struct path path;

	if (!view_path(view, sample, &path) || is_empty(view, &path))
		return;
	fputs(SEPARATOR, writer->out);
	write_labels(writer, sample);
	if (view->divisors && view->divisors[sample])
		value = wrap_divide(value, view->divisors[sample]);
	write_stack(writer, &path, report_value(writer->format, value, label));
}

static bool write_traces(const struct report_input *input, const struct report *report, FILE *out,
			 struct error *error)
{
	const struct view *view = input->view;
	struct value_format format;
	struct writer writer = {.view = view, .format = &format, .out = out};
	struct arena scratch = {0};

	(void)report;
	(void)error;
	writer.labels.view = view;
	writer.labels.units = label_units_build(view->profile, &scratch);
	report_own_unit(input, &format);
	if (!report_write_labels(input, &format, out))
		fputc('\n', out);
	for (uint32_t i = 0; i < view->profile->sample_count; i++)
		write_sample(&writer, i);
	fputs(SEPARATOR, out);
	label_text_clear(&writer.labels);
	text_clear(&writer.lines);
	arena_clear(&scratch);
	return true;
}

const struct report report_traces = {
	.name = "traces",
	.summary = "Every sample with its labels and its stack",
	.whole_file_names = true,
	.write = write_traces,
};
