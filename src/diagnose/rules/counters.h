/* SPDX-License-Identifier: MIT */
/* What counters of the processor (perf stat) say of a run. */
#ifndef DIAGNOSE_RULES_COUNTERS_H
#define DIAGNOSE_RULES_COUNTERS_H

#include "diagnose/finding.h"
#include "diagnose/subject.h"
#include "diagnose/threshold.h"

/* Cycles that an instruction took on average; 0 if they were not counted. */
double counters_cycles_per_instruction(const struct subject *subject);

void counters_examine(const struct subject *subject, const struct thresholds *thresholds,
		      struct findings *findings);

#endif
