/* SPDX-License-Identifier: MIT */
/* What the inputs of a diagnosis are, and which of them say what another says. */
#ifndef DIAGNOSE_INPUTS_H
#define DIAGNOSE_INPUTS_H

#include "diagnose/finding.h"
#include "diagnose/subject.h"

/* Groups of goroutines have the same names only in dumps of one form, so only those compare. */
enum goroutine_form {
	FORM_TIMED,  /* of package pprof, with the time */
	FORM_STATES, /* debug=2, panics */
	FORM_BARE,   /* debug=1 */
	FORM_COUNT,
};
enum goroutine_form inputs_form(const struct subject *subject);

/*
 * Marks the subjects of which others say the same or more: the same profile as
 * text and not, and all but the latest of several heaps or dumps of goroutines.
 */
void inputs_mark(struct subject *subjects, uint32_t count);

/* Adds a table of the inputs, and a finding for each that was read with a warning. */
void inputs_write(const struct subject *subjects, uint32_t count, struct findings *findings);

#endif
