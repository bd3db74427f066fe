/* SPDX-License-Identifier: MIT */
/*
 * What narrows or changes a view, one by one, as the title shows it and as the
 * list of filters edits it: filters, labels as frames, granularity, switches.
 */
#ifndef UI_SESSION_VIEW_CHANGE_H
#define UI_SESSION_VIEW_CHANGE_H

#include "base/text.h"
#include "view/view_spec.h"

enum chip {
	CHIP_TAGROOT,
	CHIP_TAGLEAF,
	CHIP_FILTER, /* the first of FILTER_COUNT */
	CHIP_GRANULARITY = CHIP_FILTER + FILTER_COUNT,
	CHIP_NO_INLINES,
	CHIP_RELATIVE,
	CHIP_INVERTED,
	CHIP_COLLAPSED,
	CHIP_BY_CLASS,
	CHIP_COUNT,
};

/* The option that it is, "focus", or the key that switches it, "turn-round". */
const char *chip_name(enum chip chip);

/* True for what has a value that the prompt sets: "focus=..."; others are on or off. */
bool chip_has_value(enum chip chip);

/* The value to be freed, NULL if the spec has none of it. */
char *chip_value(const struct view_spec *spec, enum chip chip);

/* Sets what chip_value gave; NULL takes it away. */
void chip_set(struct view_spec *spec, enum chip chip, const char *value);

/* As the title has it: "focus=main.f", "lines". False if the spec has none of it. */
bool chip_print(const struct view_spec *spec, enum chip chip, struct text *text);

#endif
