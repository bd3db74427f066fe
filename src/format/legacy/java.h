/* SPDX-License-Identifier: MIT */
/* What the two readers of Java profiles share: the names behind the rows. */
#ifndef FORMAT_LEGACY_JAVA_H
#define FORMAT_LEGACY_JAVA_H

#include "format/legacy/legacy.h"

/*
 * Reads "0xID NAME (FILE:LINE)" lines, `line` first and then all that are
 * left, and finishes the profile. The ids that the samples push as addresses
 * are no addresses, so none are kept.
 */
bool java_finish(struct legacy *legacy, struct lines *lines, struct span line, struct error *error);

#endif
