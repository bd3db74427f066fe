/* SPDX-License-Identifier: MIT */
/* -weblist: source lines and instructions as a page, byte for byte as pprof writes it. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/span.h"
#include "base/text.h"
#include "base/utf8.h"
#include "report/list.h"
#include "report/text/source_files.h"
#include "report/text/web_list.h"
#include "view/path.h"

enum { WIDTH = 80, TAB = 8, STEP = 4 };

struct writer {
	const struct report_input *input;
	const struct web_list *list;
	struct value_format format;
	struct source_files *files;
	FILE *out;
};

/* What Go's template engine makes safe, and how. */
static void write_escaped(const char *text, size_t length, FILE *out)
{
	for (size_t i = 0; i < length; i++) {
		switch (text[i]) {
		case '&':
			fputs("&amp;", out);
			break;
		case '<':
			fputs("&lt;", out);
			break;
		case '>':
			fputs("&gt;", out);
			break;
		case '"':
			fputs("&#34;", out);
			break;
		case '\'':
			fputs("&#39;", out);
			break;
		case '+':
			fputs("&#43;", out);
			break;
		case '\0':
			fputs("\xef\xbf\xbd", out);
			break;
		default:
			fputc(text[i], out);
		}
	}
}

static void write_text(const char *text, FILE *out)
{
	write_escaped(text, strlen(text), out);
}

static const char *value_or_dot(const struct writer *writer, int64_t value,
				char label[UNIT_LABEL_SIZE])
{
	return value ? report_value(&writer->format, value, label) : ".";
}

/* "%10s %10s" of both values. */
static void write_values(const struct writer *writer, int64_t flat, int64_t cum)
{
	char labels[2][UNIT_LABEL_SIZE];
	const char *texts[2] = {value_or_dot(writer, flat, labels[0]),
				value_or_dot(writer, cum, labels[1])};

	for (int i = 0; i < 2; i++) {
		fprintf(writer->out, "%s%*s", i ? " " : "",
			utf8_width(texts[i], 10) - (int)strlen(texts[i]), "");
		write_text(texts[i], writer->out);
	}
}

/* --- The head ------------------------------------------------------------------------------------- */

/* The rest of the line of the legend that starts so. */
static struct span find_label(const char *legend, const char *prefix)
{
	struct span rest = span_of(legend), line;

	while (span_take_line(&rest, &line))
		if (span_take(&line, prefix))
			return line;
	return span_of("unknown");
}

static void write_head(const struct writer *writer, const char *legend)
{
	struct span rest = span_of(legend), line, title;
	char total[UNIT_LABEL_SIZE];
	const char *text;
	bool first = true;

	fputs(web_page_head, writer->out);
	title = find_label(legend, "File: ");
	write_escaped(title.at, span_length(title), writer->out);
	fputc(' ', writer->out);
	title = find_label(legend, "Type: ");
	write_escaped(title.at, span_length(title), writer->out);
	fputs(web_page_style, writer->out);
	fputs("<div class=\"legend\">", writer->out);
	while (span_take_line(&rest, &line)) {
		if (!first)
			fputs("<br>\n", writer->out);
		first = false;
		write_escaped(line.at, span_length(line), writer->out);
	}
	text = report_value(&writer->format, writer->input->view->total, total);
	fputs("<br>Total: ", writer->out);
	write_text(text, writer->out);
	fputs("</div>", writer->out);
}

/* --- Instructions --------------------------------------------------------------------------------- */

/* How far a line is from the left. */
static int indentation(const char *line, size_t length)
{
	int column = 0;

	for (size_t i = 0; i < length && (line[i] == ' ' || line[i] == '\t'); i++) {
		column++;
		while (line[i] == '\t' && column % TAB)
			column++;
	}
	return column;
}

/* The text behind so many blanks, tabs as blanks, and blanks up to WIDTH. */
static void write_padded(int blanks, const char *text, size_t length, FILE *out)
{
	struct text line = {0};
	int column = blanks;

	text_printf(&line, "%*s", blanks, "");
	for (size_t i = 0; i < length; i++) {
		/* Bytes within a character have no column. */
		column += ((unsigned char)text[i] & 0xc0) != 0x80;
		text_add_char(&line, text[i] == '\t' ? ' ' : text[i]);
		for (; text[i] == '\t' && column % TAB; column++)
			text_add_char(&line, ' ');
	}
	text_printf(&line, "%*s", column < WIDTH ? WIDTH - column : 0, "");
	write_escaped(line.bytes, line.length, out);
	text_clear(&line);
}

static void write_base(const char *file, FILE *out)
{
	struct text base = {0};

	path_base(file, &base);
	write_text(text_string(&base), out);
	text_clear(&base);
}

static bool is_same_call(const struct web_place *a, const struct web_place *b)
{
	return a->line == b->line && strcmp(a->file, b->file) == 0;
}

/* The inlined calls that lead to an instruction, but those that led to the one before. */
static void write_calls(const struct writer *writer, const struct web_entry *entry,
			const struct web_entry *before, int indent)
{
	const struct web_place *calls = writer->list->calls + entry->first_call;
	uint32_t known = before ? before->call_count : 0;

	for (uint32_t i = 0; i < entry->call_count; i++) {
		const char *line;
		struct span text = {NULL, NULL};
		size_t length;

		if (i < known &&
		    is_same_call(&writer->list->calls[before->first_call + i], &calls[i]))
			continue;
		known = 0;
		line = source_files_line(writer->files, calls[i].file, calls[i].line, &length);
		if (line)
			text = span_trim((struct span){line, line + length});
		fprintf(writer->out, " %8s %10s %10s %8s  <span class=inlinesrc>", "", "", "", "");
		write_padded(indent + STEP + STEP * (int)i, text.at, span_length(text),
			     writer->out);
		fputs("</span> <span class=unimportant>", writer->out);
		write_base(calls[i].file, writer->out);
		fprintf(writer->out, ":%" PRId64 "</span>\n", calls[i].line);
	}
}

static void write_place(const struct web_place *place, FILE *out)
{
	struct text base = {0}, escaped = {0};

	fputs(" <span class=unimportant>", out);
	if (*place->file) {
		path_base(place->file, &base);
		/* pprof escapes it twice. */
		for (const char *at = text_string(&base); *at; at++) {
			static const char special[] = "&<>\"'";
			static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&#34;",
							    "&#39;"};
			const char *found = strchr(special, *at);

			if (found)
				text_add_string(&escaped, names[found - special]);
			else
				text_add_char(&escaped, *at);
		}
		text_printf(&escaped, ":%" PRId64, place->line);
		write_text(text_string(&escaped), out);
	}
	fputs("</span>\n", out);
	text_clear(&base);
	text_clear(&escaped);
}

static void write_instructions(const struct writer *writer, const struct web_entry *entries,
			       size_t count, int indent)
{
	const struct web_instruction *before = NULL;

	fputs("<span class=asm>", writer->out);
	for (size_t i = 0; i < count; i++) {
		const struct web_entry *entry = &entries[i];
		const struct web_instruction *at = &writer->list->instructions[entry->instruction];

		if (before && at->address != before->address + before->length)
			fprintf(writer->out, " %8s %27s⋮\n", "", "");
		write_calls(writer, entry, i ? entry - 1 : NULL, indent);
		if (at->text) {
			fprintf(writer->out, " %8s ", "");
			write_values(writer, at->flat, at->cum);
			fprintf(writer->out, " %8" PRIx64 ": ", at->file_address);
			write_padded(indent + STEP + STEP * (int)entry->call_count, at->text,
				     strlen(at->text), writer->out);
			write_place(&at->place, writer->out);
		}
		before = at;
	}
	fputs("</span>", writer->out);
}

/* --- Lines ---------------------------------------------------------------------------------------- */

/* Has any of the instructions more to show than the line itself? */
static bool has_more(const struct web_list *list, const struct web_entry *entries, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (entries[i].call_count || list->instructions[entries[i].instruction].text)
			return true;
	return false;
}

static void write_line(const struct writer *writer, const struct web_function *function,
		       int64_t number, const struct web_entry *entries, size_t count)
{
	bool more = has_more(writer->list, entries, count);
	int64_t flat = 0, cum = 0;
	size_t length;
	const char *line = source_files_line(writer->files, function->file, number, &length);

	if (!line && !count)
		return;
	if (!line) {
		line = number ? "???" : "<instructions with unknown line numbers>";
		length = strlen(line);
	}
	for (size_t i = 0; i < count; i++) {
		flat += writer->list->instructions[entries[i].instruction].flat;
		cum += writer->list->instructions[entries[i].instruction].cum;
	}
	fprintf(writer->out, "\n<span class=line> %6" PRId64 "</span> <span class=%s>  ", number,
		!count ? "nop"
		: more ? "livesrc"
		       : "deadsrc");
	write_values(writer, flat, cum);
	fprintf(writer->out, " %8s  ", "");
	write_escaped(line, length, writer->out);
	fputs(" </span>", writer->out);
	if (more)
		write_instructions(writer, entries, count, indentation(line, length));
}

static void write_function(const struct writer *writer, const struct web_function *function)
{
	size_t at = function->first_entry;
	char share[PERCENTAGE_SIZE], flat[UNIT_LABEL_SIZE], cum[UNIT_LABEL_SIZE];

	fputs("<h2>", writer->out);
	write_text(function->name, writer->out);
	fputs("</h2><p class=\"filename\">", writer->out);
	write_text(function->file, writer->out);
	fputs("</p>\n<pre onClick=\"pprof_toggle_asm(event)\">\n", writer->out);
	fprintf(writer->out, "  Total:  %10s %10s (flat, cum) %s",
		report_value(&writer->format, function->flat, flat),
		report_value(&writer->format, function->cum, cum),
		report_share(writer->input->options, function->cum, writer->input->view->total,
			     share));
	for (int64_t line = function->begin; line < function->end; line++) {
		size_t first = at;

		while (at < function->end_entry && writer->list->entries[at].line == line)
			at++;
		write_line(writer, function, line, writer->list->entries + first, at - first);
	}
	fputs("\n</pre>\n", writer->out);
}

static bool write_page(const struct report_input *input, const struct report *report, FILE *out,
		       struct error *error)
{
	struct web_list list;
	struct writer writer = {.input = input, .list = &list, .out = out};
	char *legend = NULL;
	size_t length;
	FILE *labels;

	(void)report;
	if (input->options->hide_source)
		return error_set(error, "sources and instructions cannot be redacted; leave out "
					"-redact or -weblist");
	if (!web_list_build(&list, input, error)) {
		web_list_clear(&list);
		return false;
	}
	report_own_unit(input, &writer.format);
	writer.files = source_files_new(input->view->spec.source_path, input->view->spec.trim_path,
					input->options->places);
	labels = open_memstream(&legend, &length);
	report_write_labels(input, &writer.format, labels);
	fclose(labels);
	write_head(&writer, legend);
	free(legend);
	for (size_t i = 0; i < list.function_count; i++)
		if (list.functions[i].cum)
			write_function(&writer, &list.functions[i]);
	fputs(web_page_end, out);
	source_files_free(writer.files);
	web_list_clear(&list);
	return true;
}

const struct report report_weblist = {
	.name = "weblist",
	.argument = "REGEX",
	.summary =
		"Page with the source lines and instructions of the functions whose name matches",
	.untrimmed = true,
	.forces_granularity = true,
	.granularity = GRANULARITY_ADDRESSES,
	.extension = "html",
	.write = write_page,
};
