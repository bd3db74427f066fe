/* SPDX-License-Identifier: MIT */
/* Instructions of functions with what they cost: pprof's -disasm (report.go, PrintAssembly). */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "report/list.h"
#include "report/text/code_samples.h"
#include "symbol/code_symbols.h"
#include "symbol/instructions.h"

/* A symbol that has samples: [first, first + count) of those of its file. */
struct routine {
	const struct code_symbol *symbol;
	const char *path;
	const struct code_sample *samples;
	size_t count;
};

struct writer {
	const struct report_input *input;
	struct value_format format;
	FILE *out;
	struct code_samples samples;
	struct code_symbols symbols;
	struct routine *routines;
	size_t routine_count, routine_capacity;
	bool has_address;
	uint64_t address; /* that the argument is */
	/* Said of the last instruction. */
	const char *function, *file;
	int64_t line;
};

/* What an instruction shows: its own place, else that of the samples in it. */
struct annotated {
	const struct instruction *instruction;
	const char *function, *file;
	int64_t line;
	struct function_row sum;
};

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static void row_add(struct function_row *to, const struct function_row *row)
{
	to->flat = wrap_add(to->flat, row->flat);
	to->cum = wrap_add(to->cum, row->cum);
	to->flat_divisor = wrap_add(to->flat_divisor, row->flat_divisor);
	to->cum_divisor = wrap_add(to->cum_divisor, row->cum_divisor);
}

/* --- Which symbols -------------------------------------------------------------------------------- */

/* Does one of the samples of a file have a name that matches? */
static bool names_match(const struct writer *writer, const struct code_file *file)
{
	const struct view *view = writer->input->view;

	for (size_t i = 0; i < file->count; i++) {
		node_id node = file->samples[i].row->node;

		if (report_matches(writer->input, view->node_names[node]) ||
		    report_matches(writer->input, view_text(view, view->nodes[node].name)))
			return true;
	}
	return false;
}

static void add_routine(struct writer *writer, const struct code_file *file,
			const struct code_symbol *symbol)
{
	struct routine routine = {.symbol = symbol, .path = file->path};

	for (size_t i = 0; i < file->count; i++) {
		if (file->samples[i].address < symbol->start ||
		    file->samples[i].address > symbol->end)
			continue;
		routine.samples = routine.count++ ? routine.samples : &file->samples[i];
	}
	if (routine.count)
		array_push(writer->routines, writer->routine_count, writer->routine_capacity,
			   routine);
}

/*
 * The address of the argument in a file: as the program had it, where that lies in one of the
 * file's mappings (pprof compares it with addresses of the file: golang/go issue 46639), else as it
 * stands in the file.
 */
static uint64_t address_in(struct writer *writer, const struct code_file *file)
{
	uint64_t address;

	return code_file_address(&writer->samples, file, writer->address, &address)
		       ? address
		       : writer->address;
}

static void find_routines(struct writer *writer)
{
	size_t begins[2];

	for (size_t i = 0; i < writer->samples.file_count; i++) {
		const struct code_file *file = &writer->samples.files[i];
		struct code_wanted wanted = {.pattern = writer->input->argument,
					     .has_address = writer->has_address};
		struct error ignored;

		if (!names_match(writer, file) && !writer->has_address)
			continue;
		if (writer->has_address)
			wanted.address = address_in(writer, file);
		begins[0] = writer->symbols.count;
		code_symbols_find(&writer->symbols, file->path, &wanted, &ignored);
		begins[1] = writer->symbols.count;
		writer->samples.files[i].first_symbol = begins[0];
		writer->samples.files[i].end_symbol = begins[1];
	}
	/* The list does not move any more. */
	for (size_t i = 0; i < writer->samples.file_count; i++) {
		const struct code_file *file = &writer->samples.files[i];

		for (size_t k = file->first_symbol; k < file->end_symbol; k++)
			add_routine(writer, file, &writer->symbols.items[k]);
	}
}

static int by_name(const void *a, const void *b)
{
	const struct routine *x = a, *y = b;
	int order = strcmp(x->symbol->names[0], y->symbol->names[0]);

	return order ? order
		     : (x->symbol->start > y->symbol->start) -
			       (x->symbol->start < y->symbol->start);
}

/* --- Writing -------------------------------------------------------------------------------------- */

static void add_sample(struct writer *writer, const struct code_sample *sample,
		       struct annotated *to)
{
	const struct view *view = writer->input->view;
	const struct node *node = &view->nodes[sample->row->node];

	row_add(&to->sum, sample->row);
	if (!*to->file)
		to->file = base_name(view_text(view, node->file));
	if (!to->line)
		to->line = node->line;
	if (!*to->function)
		to->function = view_text(view, node->name);
}

static void write_values(const struct writer *writer, const struct function_row *sum)
{
	char flat[UNIT_LABEL_SIZE] = ".", cum[UNIT_LABEL_SIZE] = ".";
	int64_t values[2] = {function_row_flat(sum), function_row_cum(sum)};
	const char *texts[2] = {
		values[0] ? report_value(&writer->format, values[0], flat) : flat,
		values[1] ? report_value(&writer->format, values[1], cum) : cum,
	};

	fprintf(writer->out, "%*s %*s", utf8_width(texts[0], 10), texts[0],
		utf8_width(texts[1], 10), texts[1]);
}

/* The place, if it is another one than that of the instruction before. */
static void describe_place(struct writer *writer, const struct annotated *at, struct text *place)
{
	if (strcmp(at->function, writer->function) == 0 && strcmp(at->file, writer->file) == 0 &&
	    at->line == writer->line)
		return;
	writer->function = at->function;
	writer->file = at->file;
	writer->line = at->line;
	if (*at->function)
		text_printf(place, "%s ", at->function);
	text_add_string(place, at->file);
	if (*at->file && at->line)
		text_printf(place, ":%" PRId64, at->line);
}

static void write_instruction(struct writer *writer, const struct annotated *at)
{
	enum { SHORT = 40, BEFORE = 74 };
	struct text place = {0};
	bool beside = strlen(at->instruction->text) < SHORT;

	describe_place(writer, at, &place);
	if (place.length && !beside)
		fprintf(writer->out, "%*s;%s\n", BEFORE, "", place.bytes);
	write_values(writer, &at->sum);
	fprintf(writer->out, " %10" PRIx64 ": ", at->instruction->address);
	if (place.length && beside)
		fprintf(writer->out, "%-*s;%s\n", SHORT, at->instruction->text, place.bytes);
	else
		fprintf(writer->out, "%s\n", at->instruction->text);
	text_clear(&place);
}

/* Samples in the middle of an instruction count for it. */
static void write_instructions(struct writer *writer, const struct routine *routine,
			       const struct instructions *list)
{
	size_t sample = 0;

	writer->function = writer->file = "";
	writer->line = 0;
	for (size_t i = 0; i < list->count; i++) {
		const struct instruction *item = &list->items[i];
		uint64_t next = i + 1 < list->count ? item[1].address : UINT64_MAX;
		struct annotated at = {.instruction = item,
				       .function = item->function,
				       .file = base_name(item->file),
				       .line = item->line};

		for (; sample < routine->count && routine->samples[sample].address < next; sample++)
			add_sample(writer, &routine->samples[sample], &at);
		write_instruction(writer, &at);
	}
}

static bool write_routine(struct writer *writer, const struct routine *routine, struct error *error)
{
	const struct report_options *options = writer->input->options;
	const struct disassembler how = {options->tools, options->intel_syntax};
	const struct code_symbol *symbol = routine->symbol;
	struct function_row sum = {0};
	struct instructions list = {0};
	char share[PERCENTAGE_SIZE], flat[UNIT_LABEL_SIZE], cum[UNIT_LABEL_SIZE];
	bool good = instructions_read(&list, &how, routine->path, symbol->start, symbol->end + 1,
				      symbol->end, error);

	for (size_t i = 0; i < routine->count; i++)
		row_add(&sum, routine->samples[i].row);
	if (good) {
		fprintf(writer->out, "ROUTINE ======================== %s\n", symbol->names[0]);
		for (size_t i = 1; i < symbol->name_count; i++)
			fprintf(writer->out, "    AKA ======================== %s\n",
				symbol->names[i]);
		fprintf(writer->out, "%10s %10s (flat, cum) %s of Total\n",
			report_value(&writer->format, function_row_flat(&sum), flat),
			report_value(&writer->format, function_row_cum(&sum), cum),
			report_share(options, function_row_cum(&sum), writer->input->view->total,
				     share));
		write_instructions(writer, routine, &list);
	}
	instructions_clear(&list);
	return good;
}

static bool say_nothing_found(const struct writer *writer, struct error *error)
{
	const char *wanted = pattern_expression(writer->input->argument);

	if (!writer->has_address)
		return error_set(error,
				 "no matches found for regexp %s; the functions are those of the "
				 "binaries' symbol tables, which stripped ones lack",
				 wanted);
	if (!writer->symbols.count)
		return error_set(error, "no matches found for address %s", wanted);
	return error_set(error,
			 "address %s found in binary, but the corresponding symbols do not have "
			 "samples in the profile",
			 wanted);
}

static bool write_disassembly(const struct report_input *input, const struct report *report,
			      FILE *out, struct error *error)
{
	struct writer writer = {.input = input, .out = out};
	char total[UNIT_LABEL_SIZE];
	bool good;

	(void)report;
	if (input->options->hide_source)
		return error_set(error, "instructions of a binary cannot be redacted; leave out "
					"-redact or -disasm");
	writer.has_address =
		code_address_parse(pattern_expression(input->argument), &writer.address);
	report_own_unit(input, &writer.format);
	code_samples_read(&writer.samples, input->view);
	find_routines(&writer);
	fprintf(out, "Total: %s\n", report_value(&writer.format, input->view->total, total));
	good = writer.routine_count || say_nothing_found(&writer, error);
	if (writer.routine_count)
		qsort(writer.routines, writer.routine_count, sizeof(*writer.routines), by_name);
	for (size_t i = 0; good && i < writer.routine_count; i++)
		good = write_routine(&writer, &writer.routines[i], error);
	free(writer.routines);
	code_symbols_clear(&writer.symbols);
	code_samples_clear(&writer.samples);
	return good;
}

const struct report report_disasm = {
	.name = "disasm",
	.argument = "REGEX",
	.summary =
		"Instructions of the functions whose name matches, or at an address, with what they cost",
	.untrimmed = true,
	.forces_granularity = true,
	.granularity = GRANULARITY_ADDRESSES,
	.no_inlines = true,
	.object_names = true,
	.write = write_disassembly,
};
