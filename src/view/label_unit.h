/* SPDX-License-Identifier: MIT */
/*
 * Units of numeric labels, by pprof's rules (Profile.NumLabelUnits): the first
 * unit seen for a key holds for all its values; without any, keys "request"
 * and "alignment" are bytes and every other key is its own unit.
 */
#ifndef VIEW_LABEL_UNIT_H
#define VIEW_LABEL_UNIT_H

#include "base/arena.h"
#include "base/text.h"
#include "profile/profile.h"

/* By string id of the key: its unit, NULL for keys that no number has. The array is the arena's. */
const char **label_units_build(const struct profile *profile, struct arena *arena);

/* Adds a line, in pprof's words, for each key that has several units: which one holds and which do not. */
void label_units_note_mixed(const struct profile *profile, struct text *notes);

#endif
