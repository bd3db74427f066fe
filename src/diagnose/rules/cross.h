/* SPDX-License-Identifier: MIT */
/* Rules of convergence: what several profiles of one run say together. */
#ifndef DIAGNOSE_RULES_CROSS_H
#define DIAGNOSE_RULES_CROSS_H

#include "diagnose/class.h"
#include "diagnose/finding.h"
#include "diagnose/side_by_side.h"

/* shares: of each subject, as class_shares_build has them; of those without classes all 0. */
void cross_examine(const struct subject *subjects, const struct class_shares *shares,
		   uint32_t count, const struct side_by_side *sides,
		   const struct thresholds *thresholds, struct findings *findings);

#endif
