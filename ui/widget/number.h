/* SPDX-License-Identifier: MIT */
/*
 * Numbers on the screen: as the reports write them, and in a difference with
 * their sign, + as well as -, so that nothing depends on a colour.
 */
#ifndef UI_WIDGET_NUMBER_H
#define UI_WIDGET_NUMBER_H

#include "ui/session/session.h"

/* A value in this format. Returns label. */
const char *figure_value(const struct session *session, const struct value_format *format,
			 int64_t value, char label[UNIT_LABEL_SIZE]);

/* The share of a value, right-aligned as report_share does it; one cell wider in a difference. */
const char *figure_share(const struct session *session, int64_t value, int64_t total,
			 char text[PERCENTAGE_SIZE]);

/* The style of a number: that of growth or of shrinkage in a difference, else `style`. */
uint16_t figure_style(const struct session *session, int64_t value, uint16_t style);

#endif
