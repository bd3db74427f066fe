/* SPDX-License-Identifier: MIT */
/* The rows of the top report as a profile of one-frame samples: pprof's -topproto. */
#include "report/list.h"

#include <stdlib.h>

#include "base/intern.h"
#include "proto/profile.pb-c.h"
#include "report/profile/proto_writer.h"

/* What a function of the new profile is. No padding. */
struct identity {
	int64_t start_line;
	string_id name, file;
};

struct writing {
	const struct view *view;
	const struct call_graph *graph;
	const struct value_format *format;
	struct proto_writer out;
	struct strings strings; /* of the new profile */
	struct intern functions;
	uint32_t *function; /* by row */
};

static int64_t index_of(struct writing *writing, const char *text)
{
	return strings_add_text(&writing->strings, text);
}

static void write_type(struct writing *writing, uint32_t field, const char *type, const char *unit)
{
	Pprof__ValueType message = PPROF__VALUE_TYPE__INIT;

	message.type = index_of(writing, type);
	message.unit = index_of(writing, unit);
	proto_write_message(&writing->out, field, &message.base);
}

static int64_t scaled(const struct writing *writing, int64_t value)
{
	const char *unit;

	return unit_truncate(unit_scale(value, writing->format->from, writing->format->to, &unit));
}

static void write_sample(struct writing *writing, uint32_t row)
{
	const struct function_row *source = &writing->graph->rows[row];
	uint64_t location = (uint64_t)row + 1;
	int64_t values[] = {scaled(writing, function_row_cum(source)),
			    scaled(writing, function_row_flat(source))};
	Pprof__Sample message = PPROF__SAMPLE__INIT;

	message.n_location_id = 1;
	message.location_id = &location;
	message.n_value = 2;
	message.value = values;
	proto_write_message(&writing->out, 2, &message.base);
}

static void write_location(struct writing *writing, uint32_t row)
{
	const struct node *node = &writing->view->nodes[writing->graph->rows[row].node];
	Pprof__Line line = PPROF__LINE__INIT, *lines[] = {&line};
	Pprof__Location message = PPROF__LOCATION__INIT;

	line.function_id = (uint64_t)writing->function[row] + 1;
	line.line = node->line;
	line.column = node->column;
	message.id = (uint64_t)row + 1;
	message.address = node->address;
	message.n_line = 1;
	message.line = lines;
	proto_write_message(&writing->out, 4, &message.base);
}

static void write_function(struct writing *writing, uint32_t function)
{
	const struct identity *identity = intern_key(&writing->functions, function);
	Pprof__Function message = PPROF__FUNCTION__INIT;

	message.id = (uint64_t)function + 1;
	message.name = index_of(writing, view_text(writing->view, identity->name));
	message.filename = index_of(writing, view_text(writing->view, identity->file));
	message.start_line = identity->start_line;
	proto_write_message(&writing->out, 5, &message.base);
}

static void write_rows(struct writing *writing)
{
	uint32_t rows = writing->graph->row_count;

	for (uint32_t i = 0; i < rows; i++) {
		const struct node *node = &writing->view->nodes[writing->graph->rows[i].node];
		struct identity identity = {node->start_line, node->name, node->file};

		writing->function[i] = intern_add(&writing->functions, &identity);
		write_sample(writing, i);
	}
	for (uint32_t i = 0; i < rows; i++)
		write_location(writing, i);
	for (uint32_t i = 0; i < writing->functions.count; i++)
		write_function(writing, i);
}

static void write_profile(struct writing *writing)
{
	const struct profile *profile = writing->view->profile;
	const char *type = profile_text(profile, profile->period_type.type);
	const char *unit = profile_text(profile, profile->period_type.unit);

	write_type(writing, 1, "cum", writing->format->to);
	write_type(writing, 1, "flat", writing->format->to);
	write_rows(writing);
	if (profile->has_period_type) {
		index_of(writing, type);
		index_of(writing, unit);
	}
	for (string_id i = 0; i < strings_count(&writing->strings); i++)
		proto_write_string(&writing->out, 6, strings_text(&writing->strings, i),
				   strings_length(&writing->strings, i));
	proto_write_number(&writing->out, 9, profile->time_nanos);
	proto_write_number(&writing->out, 10, profile->duration_nanos);
	if (profile->has_period_type)
		write_type(writing, 11, type, unit);
	proto_write_number(&writing->out, 12, profile->period);
}

static bool write_topproto(const struct report_input *input, const struct report *report, FILE *out,
			   struct error *error)
{
	struct arena scratch = {0};
	struct trim_options trim;
	struct trimmed_graph trimmed;
	struct value_format format;
	struct writing writing = {.view = input->view, .format = &format};
	bool good;

	report_trim_options(input, report, &trim);
	trim.edges = false;
	trim_graph(input->view, &trim, &trimmed);
	report_output_unit(input, trimmed.graph, &format);
	writing.graph = trimmed.graph;
	writing.function =
		arena_alloc(&scratch, trimmed.graph->row_count * sizeof(*writing.function));
	strings_init(&writing.strings, NULL);
	intern_init(&writing.functions, sizeof(struct identity));
	proto_writer_init(&writing.out, out);
	write_profile(&writing);
	good = proto_writer_end(&writing.out, error);
	intern_clear(&writing.functions);
	strings_clear(&writing.strings);
	call_graph_free(trimmed.graph);
	arena_clear(&scratch);
	return good;
}

const struct report report_topproto = {
	.name = "topproto",
	.raw_names = true,
	.summary = "The rows of top as a profile of their own",
	.extension = "pb.gz",
	.write = write_topproto,
};
