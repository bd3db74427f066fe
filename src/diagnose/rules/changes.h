/* SPDX-License-Identifier: MIT */
/*
 * Two of a kind as before and after: results of benchmarks and, beside them,
 * which functions of the CPU profiles really changed.
 */
#ifndef DIAGNOSE_RULES_CHANGES_H
#define DIAGNOSE_RULES_CHANGES_H

#include "diagnose/finding.h"
#include "diagnose/subject.h"

void changes_examine(const struct subject *subjects, uint32_t count, struct findings *findings);

#endif
