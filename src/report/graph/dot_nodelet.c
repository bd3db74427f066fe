/* SPDX-License-Identifier: MIT */
#include "report/graph/dot_nodelet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/graph/dot_style.h"

/* A box to be. */
struct nodelet {
	struct text name;
	string_id set; /* of a set, or the one that a number belongs to */
	int64_t value; /* of a number */
	int64_t flat, cum, flat_divisor, cum_divisor;
};

struct nodelets {
	const struct node_labels *labels;
	const struct value_format *format;
	FILE *out;
	node_id node;
	bool flat;  /* weigh by flat: the node has callees, which show their own labels */
	bool exact; /* see dot_quote */
	bool any;
	struct arena arena;
};

static int64_t flat_of(const struct nodelet *nodelet)
{
	return nodelet->flat_divisor ? wrap_divide(nodelet->flat, nodelet->flat_divisor)
				     : nodelet->flat;
}

static int64_t cum_of(const struct nodelet *nodelet)
{
	return nodelet->cum_divisor ? wrap_divide(nodelet->cum, nodelet->cum_divisor)
				    : nodelet->cum;
}

/* Raw sums decide: |cum| unless by flat, |flat|, name; all descending but the name. */
static int compare_nodelets(const void *a, const void *b, void *context)
{
	const struct nodelet *x = a, *y = b;
	const bool *flat = context;
	int64_t first = wrap_absolute(x->cum), second = wrap_absolute(y->cum);

	if (!*flat && first != second)
		return first > second ? -1 : 1;
	first = wrap_absolute(x->flat);
	second = wrap_absolute(y->flat);
	if (first != second)
		return first > second ? -1 : 1;
	return strcmp(text_string(&x->name), text_string(&y->name));
}

/* The labels of the node that are sets (number false), or the numbers of one set; sorted. */
static struct nodelet *collect(struct nodelets *nodelets, bool number, string_id set, size_t *count)
{
	const struct node_labels *labels = nodelets->labels;
	uint32_t start = labels->start[nodelets->node], end = labels->start[nodelets->node + 1];
	struct nodelet *found = arena_zero(&nodelets->arena, end - start, sizeof(*found));

	*count = 0;
	for (uint32_t i = start; i < end; i++) {
		const struct node_label *label = &labels->labels[i];
		struct nodelet *nodelet = &found[*count];

		if ((label->number != NONE) != number || (number && label->set != set))
			continue;
		text_add_string(&nodelet->name, strings_text(&labels->strings,
							     number ? label->number : label->set));
		nodelet->set = label->set;
		nodelet->value = label->value;
		nodelet->flat = label->flat;
		nodelet->cum = label->cum;
		nodelet->flat_divisor = label->flat_divisor;
		nodelet->cum_divisor = label->cum_divisor;
		(*count)++;
	}
	qsort_r(found, *count, sizeof(*found), compare_nodelets, &nodelets->flat);
	return found;
}

static void clear(struct nodelet *nodelets, size_t count)
{
	for (size_t i = 0; i < count; i++)
		text_clear(&nodelets[i].name);
}

/* The name of a number, or of several as "1kB..4kB", each in the unit that fits it. */
static void name_group(struct nodelet *group, const char *unit, const int64_t *least,
		       const int64_t *most)
{
	char label[UNIT_LABEL_SIZE];

	text_reset(&group->name);
	text_add_string(&group->name, unit_label(*least, unit, "auto", label));
	if (most)
		text_printf(&group->name, "..%s", unit_label(*most, unit, "auto", label));
}

/*
 * Joins numbers beyond the first few, which are the heaviest, with the one
 * that is nearest to them. Returns how many are left.
 */
static size_t collapse(struct nodelet *numbers, size_t count, const char *unit, bool flat)
{
	int64_t least[VISUAL_LABELS], most[VISUAL_LABELS];
	bool joined[VISUAL_LABELS] = {false};

	if (count <= VISUAL_LABELS)
		return count;
	for (size_t i = 0; i < VISUAL_LABELS; i++)
		least[i] = most[i] = numbers[i].value;
	for (size_t i = VISUAL_LABELS; i < count; i++) {
		struct nodelet *number = &numbers[i], *group;
		size_t best = 0;

		for (size_t k = 1; k < VISUAL_LABELS; k++)
			if (fabs((double)numbers[k].value - (double)number->value) <
			    fabs((double)numbers[best].value - (double)number->value))
				best = k;
		group = &numbers[best];
		joined[best] = true;
		least[best] = number->value < least[best] ? number->value : least[best];
		most[best] = number->value > most[best] ? number->value : most[best];
		group->flat = wrap_add(group->flat, number->flat);
		group->cum = wrap_add(group->cum, number->cum);
		group->flat_divisor = wrap_add(group->flat_divisor, number->flat_divisor);
		group->cum_divisor = wrap_add(group->cum_divisor, number->cum_divisor);
	}
	for (size_t i = 0; i < VISUAL_LABELS; i++) {
		struct nodelet *group = &numbers[i];

		name_group(group, unit, &least[i], joined[i] ? &most[i] : NULL);
		group->flat = flat_of(group);
		group->cum = cum_of(group);
		group->flat_divisor = group->cum_divisor = 0;
	}
	qsort_r(numbers, VISUAL_LABELS, sizeof(*numbers), compare_nodelets, &flat);
	return VISUAL_LABELS;
}

/* A box NAME and the line from `from` to it. */
static void write_nodelet(struct nodelets *nodelets, const char *from, const char *id,
			  const char *name, int64_t value, const char *style)
{
	char weight[UNIT_LABEL_SIZE];
	struct text spaced = {0};
	FILE *out = nodelets->out;

	report_value(nodelets->format, value, weight);
	text_printf(&spaced, " %s", weight);
	fprintf(out, "%s [label = ", id);
	dot_quote(name, nodelets->exact, out);
	fprintf(out, " id=\"%s\" fontsize=8 shape=box3d tooltip=", id);
	dot_quote(weight, nodelets->exact, out);
	fprintf(out, "]\n%s -> %s [label=", from, id);
	dot_quote(spaced.bytes, nodelets->exact, out);
	fputs(" weight=100 tooltip=", out);
	dot_quote(weight, nodelets->exact, out);
	fputs(" labeltooltip=", out);
	dot_quote(weight, nodelets->exact, out);
	fprintf(out, "%s]\n", style);
	nodelets->any = true;
	text_clear(&spaced);
}

static void write_numbers(struct nodelets *nodelets, string_id set, const char *from)
{
	size_t count, all;
	struct nodelet *numbers = collect(nodelets, true, set, &all);

	count = collapse(numbers, all, nodelets->labels->unit, nodelets->flat);
	for (size_t i = 0; i < count; i++) {
		const struct nodelet *number = &numbers[i];
		bool whole = nodelets->flat || flat_of(number) == cum_of(number);
		int64_t value = whole ? flat_of(number) : cum_of(number);
		char id[64];

		snprintf(id, sizeof(id), "N%s_%zu", from, i);
		if (value)
			write_nodelet(nodelets, from, id, text_string(&number->name), value,
				      whole ? "" : " style=\"dotted\"");
	}
	clear(numbers, all);
}

bool dot_write_nodelets(const struct visual_graph *graph, node_id node, uint32_t number,
			const struct value_format *format, bool exact, FILE *out)
{
	const struct call_graph *calls = graph->trimmed.graph;
	struct nodelets nodelets = {
		.labels = graph->labels,
		.format = format,
		.out = out,
		.exact = exact,
		.node = node,
		.flat = calls->out_start[node] < calls->out_start[node + 1],
	};
	struct nodelet *sets;
	size_t count;
	char from[32], id[64];

	sets = collect(&nodelets, false, 0, &count);
	snprintf(from, sizeof(from), "N%u", number);
	for (size_t i = 0; i < count && i < VISUAL_LABELS; i++) {
		int64_t value = nodelets.flat ? flat_of(&sets[i]) : cum_of(&sets[i]);

		if (!value)
			continue;
		snprintf(id, sizeof(id), "N%u_%zu", number, i);
		write_nodelet(&nodelets, from, id, text_string(&sets[i].name), value, "");
		write_numbers(&nodelets, sets[i].set, id);
	}
	write_numbers(&nodelets, 0, from);
	clear(sets, count);
	arena_clear(&nodelets.arena);
	return nodelets.any;
}
