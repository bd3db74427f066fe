/* SPDX-License-Identifier: MIT */
/* Findings of dumps of threads (jstack, py-spy dump): deadlocks, and locks that many wait for. */
#ifndef DIAGNOSE_RULES_THREADS_H
#define DIAGNOSE_RULES_THREADS_H

#include "diagnose/finding.h"
#include "diagnose/subject.h"
#include "diagnose/threshold.h"

void threads_examine(const struct subject *subject, const struct thresholds *thresholds,
		     struct findings *findings);

#endif
