/* SPDX-License-Identifier: MIT */
#include "ui/widget/tree_traces.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/text.h"
#include "base/wrap.h"
#include "ui/widget/number.h"

#define MOST_TRACES 500
#define VALUE_COLUMNS 10

static uint64_t weight(const struct call_tree *tree, uint32_t frame)
{
	return (uint64_t)wrap_absolute(call_tree_self(tree, frame));
}

/* Keeps the list sorted, the heaviest first, at most MOST_TRACES long. */
static void insert(const struct call_tree *tree, uint32_t *list, uint32_t *count, uint32_t frame)
{
	size_t at = array_partition(0, *count, i, weight(tree, list[i]) >= weight(tree, frame));

	if (at == MOST_TRACES)
		return;
	*count += *count < MOST_TRACES;
	memmove(list + at + 1, list + at, (*count - at - 1) * sizeof(*list));
	list[at] = frame;
}

static void add_trace(const struct session *session, uint32_t frame, struct text *text)
{
	const struct call_tree *tree = session->shown.tree;
	char value[UNIT_LABEL_SIZE];

	figure_value(session, &session->format, call_tree_self(tree, frame), value);
	text_add_string(text, "-----------+----------------------------------------\n");
	for (uint32_t i = frame; i; i = call_tree_parent(tree, i)) {
		text_printf(text, "%*s   %s\n", VALUE_COLUMNS, value,
			    session->shown.view->node_names[tree->node[i]]);
		value[0] = '\0';
	}
	if (!frame)
		text_printf(text, "%*s   (no frame)\n", VALUE_COLUMNS, value);
}

char *tree_traces(const struct session *session, uint32_t frame)
{
	const struct call_tree *tree = session->shown.tree;
	uint32_t *list = alloc(MOST_TRACES * sizeof(*list)), count = 0, all = 0;
	char value[UNIT_LABEL_SIZE];
	struct text text = {0};

	/* Only the last frame of a run has samples of its own. */
	for (uint32_t run = call_tree_run(tree, frame), end = tree->behind[run]; run < end; run++) {
		uint32_t last = tree->first[run + 1] - 1;

		if (!call_tree_self(tree, last))
			continue;
		insert(tree, list, &count, last);
		all++;
	}
	figure_value(session, &session->format, call_tree_total(tree, frame), value);
	text_printf(&text, "%u stack%s, %s together\n", all, all == 1 ? "" : "s", value);
	for (uint32_t i = 0; i < count; i++)
		add_trace(session, list[i], &text);
	if (count < all)
		text_printf(&text, "and %u more with less; select a frame further down\n",
			    all - count);
	free(list);
	return text.bytes;
}
