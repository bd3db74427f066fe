/* SPDX-License-Identifier: MIT */
#include "view/view_spec.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

const char *const view_filter_names[FILTER_COUNT] = {
	[FILTER_FOCUS] = "focus",         [FILTER_IGNORE] = "ignore",
	[FILTER_HIDE] = "hide",           [FILTER_SHOW] = "show",
	[FILTER_SHOW_FROM] = "show_from", [FILTER_TAGFOCUS] = "tagfocus",
	[FILTER_TAGIGNORE] = "tagignore", [FILTER_TAGSHOW] = "tagshow",
	[FILTER_TAGHIDE] = "taghide",     [FILTER_PRUNE_FROM] = "prune_from",
};

void view_spec_clear(struct view_spec *spec)
{
	for (int i = 0; i < FILTER_COUNT; i++)
		free(spec->filters[i]);
	free(spec->source_path);
	free(spec->trim_path);
	free(spec->tagroot);
	free(spec->tagleaf);
	*spec = (struct view_spec){0};
}

static char *copy_text(const char *text)
{
	return text ? alloc_text(text) : NULL;
}

static bool equal_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

void view_spec_copy(struct view_spec *to, const struct view_spec *from)
{
	*to = *from;
	for (int i = 0; i < FILTER_COUNT; i++)
		to->filters[i] = copy_text(from->filters[i]);
	to->source_path = copy_text(from->source_path);
	to->trim_path = copy_text(from->trim_path);
	to->tagroot = copy_text(from->tagroot);
	to->tagleaf = copy_text(from->tagleaf);
}

bool view_spec_equal(const struct view_spec *a, const struct view_spec *b)
{
	if (a->value_type != b->value_type || a->mean != b->mean ||
	    a->granularity != b->granularity || a->no_inlines != b->no_inlines ||
	    a->show_columns != b->show_columns || a->object_names != b->object_names ||
	    a->relative != b->relative || a->collapsed != b->collapsed ||
	    a->inverted != b->inverted || a->by_class != b->by_class ||
	    a->string_ranges != b->string_ranges || a->whole_file_names != b->whole_file_names ||
	    !equal_text(a->source_path, b->source_path) ||
	    !equal_text(a->trim_path, b->trim_path) || !equal_text(a->tagroot, b->tagroot) ||
	    !equal_text(a->tagleaf, b->tagleaf))
		return false;
	for (int i = 0; i < FILTER_COUNT; i++)
		if (!equal_text(a->filters[i], b->filters[i]))
			return false;
	return true;
}

const char *view_spec_filter(const struct view_spec *spec, enum view_filter filter)
{
	return spec->filters[filter] ? spec->filters[filter] : "";
}

void view_spec_set_filter(struct view_spec *spec, enum view_filter filter, const char *expression)
{
	char *copy = expression && *expression ? alloc_text(expression) : NULL;

	free(spec->filters[filter]);
	spec->filters[filter] = copy;
}

bool view_spec_filtered(const struct view_spec *spec)
{
	for (int i = 0; i < FILTER_COUNT; i++)
		if (spec->filters[i])
			return true;
	return false;
}
