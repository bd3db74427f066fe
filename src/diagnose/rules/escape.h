/* SPDX-License-Identifier: MIT */
/* What the compiler says of the heap, joined on file and line with what was really allocated there. */
#ifndef DIAGNOSE_RULES_ESCAPE_H
#define DIAGNOSE_RULES_ESCAPE_H

#include "diagnose/finding.h"
#include "diagnose/subject.h"
#include "diagnose/threshold.h"

/*
 * Adds a table of the places by what they cost in the heap profile, and a
 * finding for each that is worth a sync.Pool: much is allocated there and
 * little of it stays.
 */
void escape_join(const struct subject *escapes, const struct subject *heap,
		 const struct thresholds *thresholds, struct findings *findings);

#endif
