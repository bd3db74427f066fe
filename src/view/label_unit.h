/* SPDX-License-Identifier: MIT */
/*
 * Units of numeric labels, by pprof's rules (Profile.NumLabelUnits): the first
 * unit seen for a key applies to all its values; if there is none, the keys
 * "request" and "alignment" are bytes and any other key is its own unit.
 */
#ifndef VIEW_LABEL_UNIT_H
#define VIEW_LABEL_UNIT_H

#include "base/arena.h"
#include "base/text.h"
#include "profile/profile.h"

/* Returns units by string id of the key, NULL for keys without numbers. Allocated in the arena. */
const char **label_units_build(const struct profile *profile, struct arena *arena);

/* Adds a line, in pprof's words, for each key with several units: which one is used and which are not. */
void label_units_note_mixed(const struct profile *profile, struct text *notes);

#endif
