/* SPDX-License-Identifier: MIT */
/* Student's t: how likely chance alone produces a difference of so many standard errors. */
#ifndef BASE_STATS_STUDENT_H
#define BASE_STATS_STUDENT_H

/*
 * Returns the two-sided p of t standard errors, estimated with so many degrees of
 * freedom; an infinite number of them gives the normal distribution.
 */
double student_p(double t, double freedom);

#endif
