/* SPDX-License-Identifier: MIT */
#include "ui/session/class_group.h"

#include <string.h>

#include "base/pattern.h"
#include "diagnose/class.h"

bool class_group_has(const char *name)
{
	for (uint32_t i = 0; i <= CLASS_COUNT; i++)
		if (!strcmp(name, class_title(i)))
			return true;
	return false;
}

static void quote(const char *name, struct text *pattern)
{
	text_add_char(pattern, '^');
	pattern_quote(pattern, name);
	text_add_char(pattern, '$');
}

bool class_group_is_open(const struct view_spec *spec)
{
	const char *focus = view_spec_filter(spec, FILTER_FOCUS);
	struct text pattern = {0};
	bool open = false;

	for (uint32_t i = 0; spec->by_class && *focus && i <= CLASS_COUNT; i++) {
		text_reset(&pattern);
		quote(class_title(i), &pattern);
		open = open || !strcmp(pattern.bytes, focus);
	}
	text_clear(&pattern);
	return open;
}

void class_group_open(struct view_spec *spec, const char *name)
{
	struct text pattern = {0};

	spec->by_class = true;
	quote(name, &pattern);
	view_spec_set_filter(spec, FILTER_FOCUS, pattern.bytes);
	text_clear(&pattern);
}

void class_group_toggle(struct view_spec *spec)
{
	if (class_group_is_open(spec))
		view_spec_set_filter(spec, FILTER_FOCUS, NULL);
	spec->by_class = !spec->by_class;
}
