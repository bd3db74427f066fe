/* SPDX-License-Identifier: MIT */
#include "ui/session/view_change.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"

static const char *const granularities[] = {
	[GRANULARITY_FUNCTIONS] = "functions", [GRANULARITY_FILEFUNCTIONS] = "filefunctions",
	[GRANULARITY_FILES] = "files",         [GRANULARITY_LINES] = "lines",
	[GRANULARITY_ADDRESSES] = "addresses",
};

/* What is on or off. */
static const struct {
	const char *name, *print;
	size_t field;
} switches[CHIP_COUNT] = {
	[CHIP_NO_INLINES] = {"noinlines", "noinlines", offsetof(struct view_spec, no_inlines)},
	[CHIP_RELATIVE] = {"relative_percentages", "% of the rest",
			   offsetof(struct view_spec, relative)},
	[CHIP_INVERTED] = {"turn-round", "inverted", offsetof(struct view_spec, inverted)},
	[CHIP_COLLAPSED] = {"recursion", "no recursion", offsetof(struct view_spec, collapsed)},
	[CHIP_BY_CLASS] = {"by_class", "by class", offsetof(struct view_spec, by_class)},
};

static bool is_filter(enum chip chip)
{
	return chip >= CHIP_FILTER && chip < CHIP_GRANULARITY;
}

const char *chip_name(enum chip chip)
{
	if (is_filter(chip))
		return view_filter_names[chip - CHIP_FILTER];
	return chip == CHIP_TAGROOT       ? "tagroot"
	       : chip == CHIP_TAGLEAF     ? "tagleaf"
	       : chip == CHIP_GRANULARITY ? "granularity"
					  : switches[chip].name;
}

bool chip_has_value(enum chip chip)
{
	return chip <= CHIP_GRANULARITY;
}

static const char *find_value(const struct view_spec *spec, enum chip chip)
{
	if (is_filter(chip))
		return view_spec_filter(spec, (enum view_filter)(chip - CHIP_FILTER));
	if (chip == CHIP_TAGROOT || chip == CHIP_TAGLEAF)
		return chip == CHIP_TAGROOT ? spec->tagroot : spec->tagleaf;
	if (chip == CHIP_GRANULARITY)
		return spec->granularity == GRANULARITY_FUNCTIONS
			       ? NULL
			       : granularities[spec->granularity];
	return *(const bool *)((const char *)spec + switches[chip].field) ? "on" : NULL;
}

char *chip_value(const struct view_spec *spec, enum chip chip)
{
	const char *value = find_value(spec, chip);

	return value && *value ? alloc_text(value) : NULL;
}

static void set_granularity(struct view_spec *spec, const char *value)
{
	size_t granularity = GRANULARITY_FUNCTIONS;

	for (size_t i = 0; value && i < COUNT(granularities); i++)
		if (!strcmp(value, granularities[i]))
			granularity = i;
	spec->granularity = (enum granularity)granularity;
}

void chip_set(struct view_spec *spec, enum chip chip, const char *value)
{
	if (is_filter(chip)) {
		view_spec_set_filter(spec, (enum view_filter)(chip - CHIP_FILTER), value);
	} else if (chip == CHIP_TAGROOT || chip == CHIP_TAGLEAF) {
		char **keys = chip == CHIP_TAGROOT ? &spec->tagroot : &spec->tagleaf;

		free(*keys);
		*keys = value ? alloc_text(value) : NULL;
	} else if (chip == CHIP_GRANULARITY) {
		set_granularity(spec, value);
	} else {
		*(bool *)((char *)spec + switches[chip].field) = value != NULL;
	}
}

/* Filters made from a selection quote it: "^main\\.f$" reads better as "^main.f$". */
static void add_expression(struct text *text, const char *expression)
{
	for (; *expression; expression++)
		if (*expression != '\\' || !expression[1] || isalnum((unsigned char)expression[1]))
			text_add_char(text, *expression);
}

bool chip_print(const struct view_spec *spec, enum chip chip, struct text *text)
{
	const char *value = find_value(spec, chip);

	if (!value || !*value)
		return false;
	if (!chip_has_value(chip)) {
		text_add_string(text, switches[chip].print);
		return true;
	}
	if (chip != CHIP_GRANULARITY)
		text_printf(text, "%s=", chip_name(chip));
	add_expression(text, value);
	return true;
}
