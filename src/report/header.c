/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "diagnose/diagnose.h"
#include "report/report.h"
#include "view/path.h"
#include "view/plain_view.h"

/* Values and rules: pprof's internal/report ProfileLabels and reportLabels. */

void report_trim_options(const struct report_input *input, const struct report *report,
			 struct trim_options *trim)
{
	const struct report_options *options = input->options;

	*trim = (struct trim_options){
		.cum = options->cum,
		.node_count = options->node_count == -1 ? report->node_count : options->node_count,
		.node_fraction = options->node_fraction,
		.edge_fraction = options->edge_fraction,
		.drop_negative = options->drop_negative,
		.edges = true,
	};
	if (report->untrimmed || !options->trim) {
		trim->node_count = 0;
		trim->node_fraction = trim->edge_fraction = 0;
	}
}

void report_view_spec(const struct report *report, const struct view_spec *spec,
		      struct view_spec *to)
{
	view_spec_copy(to, spec);
	if (report->forces_granularity)
		to->granularity = report->granularity;
	to->object_names = to->object_names || report->object_names;
	to->no_inlines = to->no_inlines || report->no_inlines;
	to->whole_file_names = to->whole_file_names || report->whole_file_names;
}

/* A name of the profile cannot be another line of the report. */
static bool write_lines(const struct report_input *input, const struct report *report, FILE *out,
			struct error *error)
{
	struct plain_view **plain = alloc_zero(input->input_count + 1, sizeof(struct plain_view *));
	struct diagnose_input *inputs = alloc_zero(input->input_count + 1, sizeof(*inputs));
	struct report_input lines = *input;
	bool good;

	for (uint32_t i = 0; i < input->input_count; i++) {
		inputs[i] = input->inputs[i];
		plain[i] = plain_view_new(inputs[i].view);
		if (plain[i])
			inputs[i].view = plain_view_get(plain[i]);
	}
	if (!input->input_count)
		plain[0] = plain_view_new(input->view);
	if (input->inputs)
		lines.inputs = inputs;
	if (plain[0])
		lines.view = plain_view_get(plain[0]);
	good = report->write(&lines, report, out, error);
	for (uint32_t i = 0; i <= input->input_count; i++)
		plain_view_free(plain[i]);
	free(plain);
	free(inputs);
	return good;
}

bool report_write(const struct report_input *input, const struct report *report, FILE *out,
		  struct error *error)
{
	const struct report_options *options = input->options;

	if (options->json && options->csv)
		return error_set(error, "-json and -csv: name only one of them");
	if (options->json && report->write_json)
		return report->write_json(input, report, out, error);
	if (options->csv && report->write_csv)
		return report->write_csv(input, report, out, error);
	if (options->json || options->csv)
		return error_set(error, "%s has no %s form; top, tree, peek and tags have one",
				 report->name, options->json ? "JSON" : "CSV");
	return report->raw_names ? report->write(input, report, out, error)
				 : write_lines(input, report, out, error);
}

bool report_matches(const struct report_input *input, const char *name)
{
	return !input->argument || pattern_matches(input->argument, name, strlen(name));
}

bool report_no_match(const struct report_input *input, struct error *error)
{
	return error_set(error, "no function matches \"%s\"; try a shorter regular expression",
			 pattern_expression(input->argument));
}

int64_t report_divided(const struct value_format *format, int64_t value)
{
	if (format->ratio > 0 && format->ratio != 1)
		return unit_truncate((double)value * format->ratio);
	return value;
}

const char *report_value(const struct value_format *format, int64_t value,
			 char label[UNIT_LABEL_SIZE])
{
	return unit_label(report_divided(format, value), format->from, format->to, label);
}

const char *report_share(const struct report_options *options, int64_t value, int64_t total,
			 char text[PERCENTAGE_SIZE])
{
	return options->signed_percentages ? unit_signed_percentage(value, total, text)
					   : unit_percentage(value, total, text);
}

int report_share_width(const struct report_options *options)
{
	return options->signed_percentages ? 7 : 6;
}

void report_write_columns(const struct report_options *options, FILE *out)
{
	int width = report_share_width(options);

	fprintf(out, "%10s %*s %*s %10s %*s", "flat", width, "flat%", width, "sum%", "cum", width,
		"cum%");
}

/* The unit asked for, unless values are to keep theirs because they cannot be converted. */
static const char *report_unit(const struct report_input *input)
{
	const char *wanted = input->options->unit;

	if (input->view->spec.corrected && !unit_fits(view_unit(input->view), wanted))
		return "minimum";
	return wanted;
}

void report_own_unit(const struct report_input *input, struct value_format *format)
{
	*format = (struct value_format){
		.from = view_unit(input->view),
		.to = report_unit(input),
		.ratio = 1 / input->options->divide_by,
	};
}

static int64_t smallest_value(const struct call_graph *graph)
{
	int64_t smallest = 0;

	for (uint32_t i = 0; i < graph->row_count; i++) {
		int64_t value = wrap_absolute(function_row_flat(&graph->rows[i]));

		if (value == 0)
			value = wrap_absolute(function_row_cum(&graph->rows[i]));
		if (value > 0 && (smallest == 0 || value < smallest))
			smallest = value;
	}
	return smallest;
}

/* whole: values will lose what is behind the point, so no bigger unit than the smallest needs. */
static void choose_unit(const struct report_input *input, const struct call_graph *graph,
			bool whole, struct value_format *format)
{
	const char *least_unit, *most_unit, *unit;
	int64_t least, most = input->view->total;

	report_own_unit(input, format);
	if (strcmp(format->to, "minimum") != 0 || !graph->row_count)
		return;
	least = smallest_value(graph);
	if (least == 0)
		least = most;
	least = report_divided(format, least);
	most = report_divided(format, most);
	unit_scale(least, format->from, "minimum", &least_unit);
	unit_scale(most, format->from, "minimum", &most_unit);
	unit = least_unit;
	/* Small values may go down to 0.01 of a bigger unit. */
	if (!whole && strcmp(least_unit, most_unit) != 0 && wrap_multiply(least, 100) < most)
		unit_scale(wrap_multiply(least, 100), format->from, "minimum", &unit);
	format->to = *unit ? unit : format->from;
}

void report_output_unit(const struct report_input *input, const struct call_graph *graph,
			struct value_format *format)
{
	choose_unit(input, graph, false, format);
}

void report_whole_unit(const struct report_input *input, const struct call_graph *graph,
		       struct value_format *format)
{
	choose_unit(input, graph, true, format);
}

static void write_time(int64_t nanos, FILE *out)
{
	char text[UNIT_TIME_SIZE];

	if (unit_time(nanos, text))
		fprintf(out, "Time: %s\n", text);
}

static void write_duration(const struct report_input *input, const struct value_format *format,
			   FILE *out)
{
	const struct profile *profile = input->view->profile;
	char duration[UNIT_LABEL_SIZE], total[UNIT_LABEL_SIZE], percentage[PERCENTAGE_SIZE];
	const char *unit;
	double nanos = unit_scale(input->view->total, format->from, "nanoseconds", &unit);

	fprintf(out, "Duration: %s, Total samples = %s ",
		unit_label(profile->duration_nanos, "nanoseconds", "auto", duration),
		report_value(format, input->view->total, total));
	if (strcmp(unit, "ns") == 0 && nanos != 0)
		fprintf(out, "(%s)",
			unit_percentage(unit_truncate(nanos), profile->duration_nanos, percentage));
	fputc('\n', out);
}

bool report_write_labels(const struct report_input *input, const struct value_format *format,
			 FILE *out)
{
	const struct view *view = input->view;
	const struct profile *profile = view->profile;
	const struct mapping *main = profile->mapping_count ? &profile->mappings[0] : NULL;
	bool any = (main && (main->file || main->build_id)) || *view_type(view) ||
		   view->spec.mean || profile->doc_url || profile->time_nanos ||
		   profile->duration_nanos;
	struct text base = {0};

	if (main && main->file) {
		path_base(profile_text(profile, main->file), &base);
		fprintf(out, "File: %s\n", base.bytes);
		text_clear(&base);
	}
	if (main && main->build_id)
		fprintf(out, "Build ID: %s\n", profile_text(profile, main->build_id));
	/* Comments that start with # are for machines. */
	for (uint32_t i = 0; i < profile->comment_count; i++) {
		if (profile_text(profile, profile->comments[i])[0] == '#')
			continue;
		fprintf(out, "%s\n", profile_text(profile, profile->comments[i]));
		any = true;
	}
	if (*view_type(view) || view->spec.mean)
		fprintf(out, "Type: %s%s\n", view->spec.mean ? "mean_" : "", view_type(view));
	if (profile->doc_url)
		fprintf(out, "Doc: %s\n", profile_text(profile, profile->doc_url));
	if (profile->time_nanos)
		write_time(profile->time_nanos, out);
	if (profile->duration_nanos)
		write_duration(input, format, out);
	return any;
}

/* Filters in pprof's order, each cut at 80 bytes; prune_from is not listed. */
static void write_filters(const struct view_spec *spec, FILE *out)
{
	bool first = true;

	for (int i = 0; i < FILTER_PRUNE_FROM; i++) {
		struct text line = {0};

		if (!spec->filters[i])
			continue;
		text_printf(&line, "%s=%s", view_filter_names[i], spec->filters[i]);
		fprintf(out, "%s   %.80s%s\n", first ? "Active filters:\n" : "", line.bytes,
			line.length > 80 ? "\u2026" : "");
		first = false;
		text_clear(&line);
	}
}

static void write_dropped(uint32_t count, const char *what, const char *by, double fraction,
			  const struct report_input *input, const struct value_format *format,
			  FILE *out)
{
	char cutoff[UNIT_LABEL_SIZE];

	if (!count)
		return;
	fprintf(out, "Dropped %u %s%s (%s <= %s)\n", count, what, count > 1 ? "s" : "", by,
		report_value(format,
			     wrap_absolute(unit_truncate((double)input->view->total * fraction)),
			     cutoff));
}

/* What the rows add up to and how many were left out; of the edges only in a legend. */
static void write_shown(const struct report_input *input, const struct trimmed_graph *trimmed,
			const struct trim_options *trim, const struct value_format *format,
			bool edges, FILE *out)
{
	const struct call_graph *graph = trimmed->graph;
	char shown[UNIT_LABEL_SIZE], total[UNIT_LABEL_SIZE], percentage[PERCENTAGE_SIZE];
	int64_t sum = 0;

	for (uint32_t i = 0; i < graph->row_count; i++)
		sum = wrap_add(sum, function_row_flat(&graph->rows[i]));
	report_share(input->options, sum, input->view->total, percentage);
	fprintf(out, "Showing nodes accounting for %s, %s of %s total\n",
		report_value(format, sum, shown), percentage + strspn(percentage, " "),
		report_value(format, input->view->total, total));
	if (input->view->total == 0)
		return;
	write_dropped(trimmed->dropped_nodes, "node", "cum", trim->node_fraction, input, format,
		      out);
	if (edges)
		write_dropped(trimmed->dropped_edges, "edge", "freq", trim->edge_fraction, input,
			      format, out);
	if (graph->row_count > 0 && graph->row_count < trimmed->original_count)
		fprintf(out, "Showing top %u nodes out of %u\n", graph->row_count,
			trimmed->original_count);
}

void report_write_header(const struct report_input *input, const struct trimmed_graph *trimmed,
			 const struct trim_options *trim, const struct value_format *format,
			 FILE *out)
{
	if (!input->options->compact_labels)
		report_write_labels(input, format, out);
	write_filters(&input->view->spec, out);
	write_shown(input, trimmed, trim, format, false, out);
}

void report_write_legend(const struct report_input *input, const struct trimmed_graph *trimmed,
			 const struct trim_options *trim, const struct value_format *format,
			 FILE *out)
{
	report_write_labels(input, format, out);
	write_filters(&input->view->spec, out);
	write_shown(input, trimmed, trim, format, true, out);
	fputs("\nSee https://git.io/JfYMW for how to read the graph\n", out);
}
