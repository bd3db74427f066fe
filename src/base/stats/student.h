/* SPDX-License-Identifier: MIT */
/* Student's t: how likely chance alone makes a difference of so many standard errors. */
#ifndef BASE_STATS_STUDENT_H
#define BASE_STATS_STUDENT_H

/*
 * p, two-sided, of t standard errors that were estimated with so many degrees
 * of freedom; infinite ones give the normal distribution.
 */
double student_p(double t, double freedom);

#endif
