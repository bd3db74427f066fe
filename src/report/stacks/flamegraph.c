/* SPDX-License-Identifier: MIT */
/* All stacks as one SVG image that a browser shows, with zoom and search; pprof has it in its web pages only. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "report/stacks/flame_color.h"
#include "report/stacks/flame_data.h"
#include "report/stacks/flamegraph_script.h"
#include "report/list.h"
#include "report/form/xml.h"
#include "view/path.h"
#include "view/short_name.h"

/* In pixels, before the script fits the picture to its window; some of it stands in the script too. */
#define PAGE_WIDTH 1200
#define MARGIN 10
#define HEADER 44
#define ROW 17
#define LETTER 6.6
/* What an image viewer without scripts shows: the script draws anew from all the data. */
#define LEAST_WIDTH 0.1
#define MOST_DRAWN 20000

struct picture {
	const struct report_input *input;
	const struct view *view;
	const struct call_tree *tree;
	const struct value_format *format;
	struct flame_choice drawn;
	bool flame; /* the root is at the bottom */
	bool changes;
	uint32_t depth; /* rows */
	FILE *out;
};

static double pixels(const struct call_tree *tree, int64_t width)
{
	return (double)width / (double)call_tree_width(tree, 0) * (PAGE_WIDTH - 2 * MARGIN);
}

/* How many bytes of a name fit into `room` characters; one of these is for an ellipsis if not all do. */
static size_t fitting(const struct text *name, int room)
{
	size_t length = 0, shorter = 0;

	for (int count = 0; length < name->length; count++) {
		uint32_t rune;

		if (count == room)
			return shorter;
		if (count == room - 1)
			shorter = length;
		length += utf8_decode(name->bytes + length, name->length - length, &rune);
	}
	return length;
}

static void write_label(const struct picture *picture, uint32_t i, double x, double y)
{
	double letters = (pixels(picture->tree, call_tree_width(picture->tree, i)) - 6) / LETTER;
	/* Sums that wrapped may be wider than the whole. */
	int room = letters > 0 && letters < 1000 ? (int)letters : 0;
	struct text name = {0};
	size_t length;

	if (room < 3)
		return;
	short_name(flame_name(picture->view, picture->tree, i), &name);
	length = fitting(&name, room);
	fprintf(picture->out, "<text x=\"%.2f\" y=\"%.0f\">", x + 3, y + 12);
	if (length < name.length)
		name.bytes[length] = '\0';
	xml_write(text_string(&name), picture->out);
	fputs(length < name.length ? "\u2026</text>" : "</text>", picture->out);
	text_clear(&name);
}

static void write_tooltip(const struct picture *picture, uint32_t i)
{
	struct text values = {0};

	fputs("<title>", picture->out);
	xml_write(flame_name(picture->view, picture->tree, i), picture->out);
	flame_values(picture->input, picture->format, picture->tree, i, &values);
	fputc('\n', picture->out);
	xml_write(values.bytes, picture->out);
	fputs("</title>", picture->out);
	text_clear(&values);
}

static void write_frame(const struct picture *picture, uint32_t i, int64_t start)
{
	const struct call_tree *tree = picture->tree;
	uint32_t row = picture->flame ? picture->depth - 1 - call_tree_depth(tree, i)
				      : call_tree_depth(tree, i);
	double x = MARGIN + pixels(tree, start), y = HEADER + (double)row * ROW;
	char color[FLAME_COLOR_SIZE];

	fputs("<g class=\"f\">", picture->out);
	write_tooltip(picture, i);
	fprintf(picture->out,
		"<rect x=\"%.2f\" y=\"%.0f\" width=\"%.2f\" height=\"%d\" fill=\"%s\"/>", x, y,
		pixels(tree, call_tree_width(tree, i)), ROW - 1,
		flame_frame_color(picture->view, tree, i, picture->changes, color));
	write_label(picture, i, x, y);
	fputs("</g>\n", picture->out);
}

/* "BINARY, TYPE, 12.5s": what the picture is of. */
static void write_title(const struct picture *picture)
{
	const struct profile *profile = picture->view->profile;
	struct text title = {0};
	char total[UNIT_LABEL_SIZE];

	if (profile->mapping_count && profile->mappings[0].file) {
		path_base(profile_text(profile, profile->mappings[0].file), &title);
		text_add_string(&title, ", ");
	}
	text_printf(&title, "%s, %s", view_type(picture->view),
		    report_value(picture->format, picture->view->total, total));
	for (int i = 0; i < FILTER_COUNT; i++)
		if (picture->view->spec.filters[i])
			text_printf(&title, ", %s=%s", view_filter_names[i],
				    picture->view->spec.filters[i]);
	xml_write(title.bytes, picture->out);
	text_clear(&title);
}

static void write_start(const struct picture *picture)
{
	uint32_t height = HEADER + picture->depth * ROW + MARGIN;

	fprintf(picture->out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n"
		"<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" width=\"%d\" height=\"%u\" "
		"viewBox=\"0 0 %d %u\">\n<title>",
		PAGE_WIDTH, height, PAGE_WIDTH, height);
	write_title(picture);
	fputs("</title>\n"
	      "<style>\n"
	      "text { font: 11px monospace; fill: #111; }\n"
	      "#title { font-size: 13px; font-weight: bold; }\n"
	      "#reset { cursor: pointer; text-decoration: underline; }\n"
	      ".f { cursor: pointer; }\n"
	      ".f text { pointer-events: none; }\n"
	      ".f:hover rect { stroke: #000; stroke-width: 0.7; }\n"
	      "input { width: 100%; box-sizing: border-box; font: 12px monospace; }\n"
	      "</style>\n"
	      "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
	      "<text id=\"title\" x=\"10\" y=\"18\">",
	      picture->out);
	write_title(picture);
	fprintf(picture->out,
		"</text>\n"
		"<text id=\"details\" x=\"100\" y=\"36\"> </text>\n"
		"<text id=\"reset\" x=\"10\" y=\"36\" style=\"display:none\">reset zoom</text>\n"
		"<text id=\"matched\" x=\"%d\" y=\"18\" text-anchor=\"end\"> </text>\n"
		"<foreignObject id=\"searchbox\" x=\"%d\" y=\"3\" width=\"320\" height=\"24\" style=\"display:none\">"
		"<input xmlns=\"http://www.w3.org/1999/xhtml\" id=\"search\" "
		"placeholder=\"search: regular expression (/), Enter: next\"/></foreignObject>\n",
		PAGE_WIDTH - 340, PAGE_WIDTH - 330);
}

/* Chooses what is drawn and counts its rows. */
static void choose_drawn(struct picture *picture)
{
	const struct call_tree *tree = picture->tree;
	double least = LEAST_WIDTH * (double)call_tree_width(tree, 0) / (PAGE_WIDTH - 2 * MARGIN);
	struct flame_walk walk = {.tree = tree};
	uint32_t i;

	flame_choose(tree, least < 1 ? 1 : unit_truncate(ceil(least)), MOST_DRAWN, &picture->drawn);
	walk.choice = picture->drawn;
	while (flame_walk_next(&walk, &i))
		if (call_tree_depth(tree, i) >= picture->depth)
			picture->depth = call_tree_depth(tree, i) + 1;
}

static void write_picture(struct picture *picture)
{
	struct flame_walk walk = {.tree = picture->tree};
	bool any = call_tree_width(picture->tree, 0) > 0;
	uint32_t i;

	if (any)
		choose_drawn(picture);
	walk.choice = picture->drawn;
	write_start(picture);
	fprintf(picture->out, "<g id=\"picture\" data-flame=\"%d\" data-changes=\"%d\">\n",
		picture->flame, picture->changes);
	if (!any)
		fprintf(picture->out, "<text x=\"%d\" y=\"%d\">no samples</text>\n", MARGIN,
			HEADER);
	while (any && flame_walk_next(&walk, &i))
		write_frame(picture, i, walk.start);
	fputs("</g>\n", picture->out);
	if (!any)
		return;
	flame_data_write(picture->input, picture->format, picture->tree, picture->changes,
			 picture->out);
	fprintf(picture->out, "<script type=\"text/javascript\"><![CDATA[\n%s]]></script>\n",
		flamegraph_script);
}

static bool write_flamegraph(const struct report_input *input, const struct report *report,
			     FILE *out, struct error *error)
{
	struct call_tree *tree = call_tree_build(input->view, CALL_TREE_WHOLE, error);
	struct value_format format;
	struct picture picture = {
		.input = input,
		.view = input->view,
		.tree = tree,
		.format = &format,
		.flame = input->options->flame,
		.out = out,
	};

	(void)report;
	if (!tree)
		return false;
	picture.changes = tree->mixed_signs;
	report_own_unit(input, &format);
	if (strcmp(format.to, "minimum") == 0)
		format.to = "auto";
	write_picture(&picture);
	fputs("</svg>\n", out);
	call_tree_free(tree);
	return true;
}

const struct report report_flamegraph = {
	.name = "flamegraph",
	.raw_names = true,
	.summary = "All stacks as an SVG image for a browser, with zoom and search",
	.untrimmed = true,
	.extension = "svg",
	.ours = true,
	.write = write_flamegraph,
};
