/* SPDX-License-Identifier: MIT */
/*
 * A view by class (view_spec.by_class): Top lists the hotspot classes, each
 * sample in one of them, until one is opened, which is a focus on its frame.
 */
#ifndef UI_SESSION_CLASS_GROUP_H
#define UI_SESSION_CLASS_GROUP_H

#include <stdbool.h>

#include "view/view_spec.h"

/* True for the name of the frame of a class. */
bool class_group_has(const char *name);

/* True if the spec opens one class. */
bool class_group_is_open(const struct view_spec *spec);

/* Groups by class and opens the class of this name. */
void class_group_open(struct view_spec *spec, const char *name);

/* Groups by class or, if that is so, no longer: then what was open is closed too. */
void class_group_toggle(struct view_spec *spec);

#endif
