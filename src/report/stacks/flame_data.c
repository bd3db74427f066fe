/* SPDX-License-Identifier: MIT */
#include "report/stacks/flame_data.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/intern.h"
#include "report/stacks/flame_color.h"
#include "report/form/xml.h"

/* What two frames share that look alike and say the same. */
struct kind {
	int64_t total, self, width;
};

struct flame_frame {
	uint32_t index, name, kind;
};

struct data {
	const struct report_input *input;
	const struct value_format *format;
	const struct call_tree *tree;
	bool changes;
	struct flame_frame *frames;
	size_t frame_count, frame_capacity;
	uint32_t *named, *kinds_at; /* a frame of each name and of each kind */
	size_t name_count, name_capacity, kind_capacity;
	struct intern kinds;
	FILE *out;
};

const char *flame_name(const struct view *view, const struct call_tree *tree, uint32_t i)
{
	return i ? view->node_names[tree->node[i]] : "all";
}

const char *flame_frame_color(const struct view *view, const struct call_tree *tree, uint32_t i,
			      bool changes, char color[])
{
	if (changes)
		return flame_change_color(
			(double)call_tree_total(tree, i) / (double)call_tree_width(tree, i), color);
	return i ? flame_color(flame_name(view, tree, i), color)
		 : memcpy(color, "#dddddd", FLAME_COLOR_SIZE);
}

void flame_values(const struct report_input *input, const struct value_format *format,
		  const struct call_tree *tree, uint32_t i, struct text *values)
{
	char label[UNIT_LABEL_SIZE], share[PERCENTAGE_SIZE];

	report_share(input->options, call_tree_total(tree, i), input->view->sum, share);
	text_printf(values, "%s (%s)", report_value(format, call_tree_total(tree, i), label),
		    share + strspn(share, " "));
	if (call_tree_self(tree, i))
		text_printf(values, ", self %s",
			    report_value(format, call_tree_self(tree, i), label));
}

/* Numbers names and kinds by first use. */
static void collect(struct data *data)
{
	const struct call_tree *tree = data->tree;
	struct flame_walk walk = {.tree = tree};
	uint32_t *numbers = alloc_zero(data->input->view->node_count + 1, sizeof(*numbers)), i;

	flame_choose(tree, 1, FLAME_MOST_FRAMES, &walk.choice);
	while (flame_walk_next(&walk, &i)) {
		struct kind kind = {call_tree_total(tree, i), call_tree_self(tree, i),
				    call_tree_width(tree, i)};
		size_t known = data->kinds.count;
		struct flame_frame frame = {.index = i, .kind = intern_add(&data->kinds, &kind)};
		uint32_t *number = &numbers[i ? tree->node[i] + 1 : 0];

		if (data->kinds.count > known) {
			array_reserve(data->kinds_at, data->kind_capacity, data->kinds.count);
			data->kinds_at[frame.kind] = i;
		}
		if (!*number) {
			array_push(data->named, data->name_count, data->name_capacity, i);
			*number = (uint32_t)data->name_count;
		}
		frame.name = *number - 1;
		array_push(data->frames, data->frame_count, data->frame_capacity, frame);
	}
	free(numbers);
}

static void open_element(const struct data *data, const char *id)
{
	fprintf(data->out, "<metadata id=\"%s\">", id);
}

static void close_element(const struct data *data)
{
	fputs("</metadata>\n", data->out);
}

static void write_names(const struct data *data)
{
	open_element(data, "names");
	for (size_t i = 0; i < data->name_count; i++) {
		if (i)
			fputc('\n', data->out);
		xml_write(flame_name(data->input->view, data->tree, data->named[i]), data->out);
	}
	close_element(data);
}

static void write_colors(const struct data *data)
{
	const uint32_t *frames = data->changes ? data->kinds_at : data->named;
	size_t count = data->changes ? data->kinds.count : data->name_count;
	char color[FLAME_COLOR_SIZE];

	open_element(data, "colors");
	for (size_t i = 0; i < count; i++)
		fprintf(data->out, "%s%s", i ? "\n" : "",
			flame_frame_color(data->input->view, data->tree, frames[i], data->changes,
					  color));
	close_element(data);
}

static void write_kinds(const struct data *data)
{
	struct text values = {0};

	open_element(data, "kinds");
	for (size_t i = 0; i < data->kinds.count; i++) {
		uint32_t frame = data->kinds_at[i];

		text_reset(&values);
		flame_values(data->input, data->format, data->tree, frame, &values);
		fprintf(data->out, "%s%" PRId64 " ", i ? "\n" : "",
			call_tree_width(data->tree, frame));
		xml_write(values.bytes, data->out);
	}
	close_element(data);
	text_clear(&values);
}

static void write_frames(const struct data *data)
{
	open_element(data, "frames");
	for (size_t i = 0; i < data->frame_count; i++) {
		const struct flame_frame *frame = &data->frames[i];

		fprintf(data->out, "%s%u %u %u", i ? "\n" : "",
			call_tree_depth(data->tree, frame->index), frame->name, frame->kind);
	}
	close_element(data);
}

void flame_data_write(const struct report_input *input, const struct value_format *format,
		      const struct call_tree *tree, bool changes, FILE *out)
{
	struct data data = {
		.input = input, .format = format, .tree = tree, .changes = changes, .out = out};

	intern_init(&data.kinds, sizeof(struct kind));
	collect(&data);
	write_names(&data);
	write_colors(&data);
	write_kinds(&data);
	write_frames(&data);
	if (data.frame_count < tree->count)
		fprintf(out, "<!-- %zu frames of %u are left out, the narrowest -->\n",
			tree->count - data.frame_count, tree->count);
	free(data.frames);
	free(data.named);
	free(data.kinds_at);
	intern_clear(&data.kinds);
}
