/* SPDX-License-Identifier: MIT */
/* Findings of the classes of one profile (diagnose/class.h): what costs, and who pays. */
#ifndef DIAGNOSE_RULES_HOTSPOT_H
#define DIAGNOSE_RULES_HOTSPOT_H

#include "diagnose/class.h"
#include "diagnose/finding.h"

/* True for the kinds of profiles that have classes. */
bool hotspot_applies(const struct subject *subject);

/* True for a difference in which what went would make shares of what came senseless. */
bool hotspot_lacks_shares(const struct subject *subject);

/*
 * Adds the findings and a table of all classes. Shares are compared at their
 * lower bound, two standard errors below what was counted.
 */
void hotspot_examine(const struct subject *subject, const struct class_shares *shares,
		     const struct thresholds *thresholds, struct findings *findings);

#endif
