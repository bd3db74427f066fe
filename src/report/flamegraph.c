/* All stacks as one SVG image that a browser shows, with zoom and search; pprof has it in its web pages only. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "report/flame_color.h"
#include "report/flamegraph_script.h"
#include "report/list.h"
#include "report/xml.h"
#include "view/call_tree.h"
#include "view/path.h"
#include "view/short_name.h"

/* In pixels, before the script fits the picture to its window; some of it stands in the script too. */
#define PAGE_WIDTH 1200
#define MARGIN 10
#define HEADER 44
#define ROW 17
#define LETTER 6.6
#define LEAST_WIDTH 0.1 /* narrower frames are left out, with all they call */

struct picture {
	const struct view *view;
	const struct call_tree *tree;
	const struct value_format *format;
	const struct report_options *options;
	bool flame; /* the root is at the bottom */
	bool changes;
	uint32_t depth; /* rows */
	FILE *out;
};

/* A walk over the frames that are wide enough, each with its left edge. */
struct walk {
	const struct call_tree *tree;
	int64_t *next; /* by depth: where the next frame begins */
	size_t next_capacity;
	uint32_t at;   /* the frame to look at next */
	int64_t start; /* left edge of the frame that was found, in units of the profile */
};

static double pixels(const struct call_tree *tree, int64_t width)
{
	return (double)width / (double)call_tree_width(tree, 0) * (PAGE_WIDTH - 2 * MARGIN);
}

/* False at the end. */
static bool walk_next(struct walk *walk, uint32_t *found)
{
	const struct call_tree *tree = walk->tree;

	while (walk->at < tree->count) {
		uint32_t i = walk->at, depth = call_tree_depth(tree, i);

		array_reserve(walk->next, walk->next_capacity, (size_t)depth + 2);
		if (i == 0)
			walk->next[0] = 0;
		walk->start = walk->next[depth];
		walk->next[depth] += call_tree_width(tree, i);
		walk->next[depth + 1] = walk->start;
		if (pixels(tree, call_tree_width(tree, i)) < LEAST_WIDTH) {
			walk->at = call_tree_end(tree, i);
			continue;
		}
		walk->at = i + 1;
		*found = i;
		return true;
	}
	free(walk->next);
	return false;
}

static const char *name_of(const struct picture *picture, uint32_t i)
{
	return i ? picture->view->node_names[picture->tree->node[i]] : "all";
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
	int room = (int)((pixels(picture->tree, call_tree_width(picture->tree, i)) - 6) / LETTER);
	struct text name = {0};
	size_t length;

	if (room < 3)
		return;
	short_name(name_of(picture, i), &name);
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
	const struct call_tree *tree = picture->tree;
	char total[UNIT_LABEL_SIZE], self[UNIT_LABEL_SIZE], share[PERCENTAGE_SIZE];

	fputs("<title>", picture->out);
	xml_write(name_of(picture, i), picture->out);
	report_share(picture->options, call_tree_total(tree, i), picture->view->total, share);
	fputc('\n', picture->out);
	xml_write(report_value(picture->format, call_tree_total(tree, i), total), picture->out);
	fprintf(picture->out, " (%s)", share + strspn(share, " "));
	if (call_tree_self(tree, i)) {
		fputs(", self ", picture->out);
		xml_write(report_value(picture->format, call_tree_self(tree, i), self),
			  picture->out);
	}
	fputs("</title>", picture->out);
}

static void write_frame(const struct picture *picture, uint32_t i, int64_t start)
{
	const struct call_tree *tree = picture->tree;
	uint32_t row = picture->flame ? picture->depth - 1 - call_tree_depth(tree, i)
				      : call_tree_depth(tree, i);
	double x = MARGIN + pixels(tree, start), y = HEADER + (double)row * ROW;
	char color[FLAME_COLOR_SIZE] = "#dddddd";

	if (picture->changes)
		flame_change_color(
			(double)call_tree_total(tree, i) / (double)call_tree_width(tree, i), color);
	else if (i)
		flame_color(name_of(picture, i), color);
	fputs("<g class=\"f\">", picture->out);
	write_tooltip(picture, i);
	fprintf(picture->out,
		"<rect x=\"%.2f\" y=\"%.0f\" width=\"%.2f\" height=\"%d\" fill=\"%s\"/>", x, y,
		pixels(tree, call_tree_width(tree, i)), ROW - 1, color);
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
		"placeholder=\"search: regular expression (/)\"/></foreignObject>\n",
		PAGE_WIDTH - 340, PAGE_WIDTH - 330);
}

static uint32_t count_rows(const struct call_tree *tree)
{
	struct walk walk = {.tree = tree};
	uint32_t rows = 0, i;

	while (walk_next(&walk, &i))
		if (call_tree_depth(tree, i) >= rows)
			rows = call_tree_depth(tree, i) + 1;
	return rows;
}

static void write_picture(struct picture *picture)
{
	struct walk walk = {.tree = picture->tree};
	uint32_t i;

	write_start(picture);
	if (!picture->depth)
		fprintf(picture->out, "<text x=\"%d\" y=\"%d\">no samples</text>\n", MARGIN,
			HEADER);
	while (picture->depth && walk_next(&walk, &i))
		write_frame(picture, i, walk.start);
	fprintf(picture->out,
		"<script type=\"text/javascript\"><![CDATA[\n%s]]></script>\n</svg>\n",
		flamegraph_script);
}

static bool write_flamegraph(const struct report_input *input, const struct report *report,
			     FILE *out, struct error *error)
{
	struct call_tree *tree = call_tree_build(input->view, CALL_TREE_WHOLE, error);
	struct value_format format;
	struct picture picture = {
		.view = input->view,
		.tree = tree,
		.format = &format,
		.options = input->options,
		.flame = input->options->flame,
		.out = out,
	};

	(void)report;
	if (!tree)
		return false;
	picture.changes = call_tree_width(tree, 0) != call_tree_total(tree, 0);
	picture.depth = call_tree_width(tree, 0) > 0 ? count_rows(tree) : 0;
	report_own_unit(input, &format);
	if (strcmp(format.to, "minimum") == 0)
		format.to = "auto";
	write_picture(&picture);
	call_tree_free(tree);
	return true;
}

const struct report report_flamegraph = {
	.name = "flamegraph",
	.summary = "All stacks as an SVG image for a browser, with zoom and search",
	.untrimmed = true,
	.extension = "svg",
	.write = write_flamegraph,
};
