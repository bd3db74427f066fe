/* SPDX-License-Identifier: MIT */
/* Findings of a log of garbage collections, and its check against what the runtime counted. */
#ifndef DIAGNOSE_RULES_GC_H
#define DIAGNOSE_RULES_GC_H

#include "diagnose/finding.h"
#include "diagnose/subject.h"
#include "diagnose/threshold.h"

/* Examines the last run of the log; a subject of another kind adds nothing. */
void gc_examine(const struct subject *subject, const struct thresholds *thresholds,
		struct findings *findings);

/*
 * The double check: log and runtime.MemStats of a heap text of one run side by
 * side, cut to the cycles that both have seen.
 */
void gc_compare(const struct subject *log, const struct subject *heap, struct findings *findings);

#endif
