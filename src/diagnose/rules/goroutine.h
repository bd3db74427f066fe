/* SPDX-License-Identifier: MIT */
/* Findings of goroutine dumps: crashes, crowds, long waits, deadlocks; and what grows from dump to dump. */
#ifndef DIAGNOSE_RULES_GOROUTINE_H
#define DIAGNOSE_RULES_GOROUTINE_H

#include "diagnose/finding.h"
#include "diagnose/subject.h"
#include "diagnose/threshold.h"

/* One dump. */
void goroutine_examine(const struct subject *subject, const struct thresholds *thresholds,
		       struct findings *findings);

/* Several dumps of one program, the oldest first: groups that grow are leak candidates. */
void goroutine_compare(const struct subject *const *subjects, uint32_t count,
		       const struct thresholds *thresholds, struct findings *findings);

#endif
