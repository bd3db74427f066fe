/* SPDX-License-Identifier: MIT */
#include "view/node.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/intern.h"
#include "view/path.h"

/* The cleaned name of each function's file, made once per function; NULL if nodes have none. */
static string_id *clean_files(struct view *view, struct arena *scratch)
{
	const struct profile *profile = view->profile;
	string_id *files = arena_alloc(scratch, profile->function_count * sizeof(*files));
	struct text clean = {0};

	if (view->spec.granularity == GRANULARITY_FUNCTIONS)
		return NULL;
	for (function_id i = 0; i < profile->function_count; i++) {
		const char *file = profile_text(profile, profile->functions[i].file);

		if (!view->spec.whole_file_names)
			file = path_trim(file, view->spec.trim_path, view->spec.source_path);
		if (!*file) {
			files[i] = 0;
			continue;
		}
		path_clean(file, &clean);
		files[i] = strings_add(&view->strings, clean.bytes, clean.length);
	}
	text_clear(&clean);
	return files;
}

/* pprof's nodeInfo after Aggregate: the fields that this granularity tells apart. */
static struct node identify(const struct view *view, frame_id id, const string_id *files)
{
	const struct profile *profile = view->profile;
	const struct frame *frame = &profile->frames[id];
	const struct location *location = &profile->locations[frame->location];
	enum granularity granularity = view->spec.granularity;
	string_id object =
		location->mapping == NONE ? 0 : profile->mappings[location->mapping].file;
	const struct function *function;
	struct node node = {0};
	bool lines = granularity >= GRANULARITY_LINES;

	if (granularity == GRANULARITY_ADDRESSES)
		node.address = location->address;
	if (frame->function == NONE) {
		node.object = object;
		return node;
	}
	function = &profile->functions[frame->function];
	if (granularity != GRANULARITY_FILES)
		node.name = function->name;
	if (granularity != GRANULARITY_FUNCTIONS)
		node.file = files[frame->function];
	if (lines)
		node.line = frame->line;
	if (lines && (view->spec.show_columns ||
		      (granularity == GRANULARITY_ADDRESSES && !view->spec.no_inlines)))
		node.column = frame->column;
	if (view->spec.object_names || node.name == 0) {
		node.object = object;
		node.start_line = function->start_line;
	}
	return node;
}

/*
 * pprof tells nodes without a name apart by what their text does not show: a
 * file has a row for each line where a function of it begins. This takes that
 * out; true if there was something.
 */
static bool drop_unseen(struct node *node)
{
	bool unseen = !node->name && (node->start_line || (node->file && node->object));

	if (unseen) {
		node->start_line = 0;
		node->object = node->file ? 0 : node->object;
	}
	return unseen;
}

/* pprof's PrintableName; returns the profile's own text where one part is all. */
static const char *print_name(struct view *view, const struct node *node, struct text *name)
{
	const char *file = view_text(view, node->file);
	struct text base = {0};

	if (node->name && !node->address && !node->line && !node->file)
		return view_text(view, node->name);
	text_reset(name);
	if (node->address)
		text_printf(name, "%016" PRIx64, node->address);
	if (node->name)
		text_printf(name, "%s%s", name->length ? " " : "", view_text(view, node->name));
	if (node->line) {
		text_printf(name, "%s%s:%" PRId64, name->length ? " " : "", file, node->line);
		if (node->column)
			text_printf(name, ":%" PRId64, node->column);
	} else if (node->file) {
		text_printf(name, "%s%s", name->length ? " " : "", file);
	} else if (!node->name && node->object) {
		path_base(view_text(view, node->object), &base);
		text_printf(name, "%s[%s]", name->length ? " " : "", base.bytes);
		text_clear(&base);
	} else if (!node->name) {
		text_printf(name, "%s<unknown>", name->length ? " " : "");
	}
	return arena_text(&view->arena, name->bytes, name->length);
}

static void number_frames(struct view *view, struct intern *nodes, const uint64_t *hidden,
			  const string_id *files)
{
	const struct profile *profile = view->profile;
	uint32_t count = 0;

	for (location_id i = 0; i < profile->location_count; i++) {
		const struct location *location = &profile->locations[i];
		uint32_t frames = location->line_count ? location->line_count : 1;

		view->step_start[i] = count;
		for (uint32_t k = frames; k-- > 0;) {
			frame_id frame = location->first_frame + k;
			/* pprof forgets what is inlined when a filter takes the outermost frame out. */
			bool inlined =
				view->spec.corrected ? k + 1 < frames : count > view->step_start[i];
			struct node node;

			view->frame_node[frame] = NONE;
			if ((hidden && bitset_has(hidden, frame)) ||
			    (inlined && view->spec.no_inlines))
				continue;
			node = identify(view, frame, files);
			if (view->spec.corrected && !view->spec.object_names)
				drop_unseen(&node);
			view->frame_node[frame] = intern_add(nodes, &node);
			view->steps[count++] = (struct step){view->frame_node[frame], inlined};
		}
	}
	view->step_start[profile->location_count] = count;
}

/* How many nodes there would be without what their text does not show. */
static size_t count_seen(const struct view *view)
{
	struct intern seen;
	size_t count, unseen = 0;

	for (node_id i = 0; i < view->node_count; i++) {
		struct node node = view->nodes[i];

		unseen += drop_unseen(&node);
	}
	if (!unseen)
		return view->node_count;
	intern_init(&seen, sizeof(struct node));
	for (node_id i = 0; i < view->node_count; i++) {
		struct node node = view->nodes[i];

		drop_unseen(&node);
		intern_add(&seen, &node);
	}
	count = seen.count;
	intern_clear(&seen);
	return count;
}

void node_build(struct view *view, const uint64_t *hidden)
{
	const struct profile *profile = view->profile;
	struct arena scratch = {0};
	struct text name = {0};
	struct intern nodes;

	intern_init(&nodes, sizeof(struct node));
	view->frame_node =
		arena_alloc(&view->arena, profile->frame_count * sizeof(*view->frame_node));
	view->steps = arena_alloc(&view->arena, profile->frame_count * sizeof(*view->steps));
	view->step_start = arena_alloc(&view->arena,
				       (profile->location_count + 1) * sizeof(*view->step_start));
	number_frames(view, &nodes, hidden, clean_files(view, &scratch));
	view->node_count = (uint32_t)nodes.count;
	view->nodes = arena_alloc(&view->arena, nodes.count * sizeof(*view->nodes));
	if (nodes.count)
		memcpy(view->nodes, nodes.keys, nodes.count * sizeof(*view->nodes));
	view->node_names = arena_alloc(&view->arena, nodes.count * sizeof(*view->node_names));
	for (node_id i = 0; i < view->node_count; i++)
		view->node_names[i] = print_name(view, &view->nodes[i], &name);
	view->split_rows = !view->spec.object_names && count_seen(view) < view->node_count;
	text_clear(&name);
	intern_clear(&nodes);
	arena_clear(&scratch);
}
