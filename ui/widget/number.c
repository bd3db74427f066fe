/* SPDX-License-Identifier: MIT */
#include "ui/widget/number.h"

#include <string.h>

#include "ui/term/theme.h"

const char *figure_value(const struct session *session, const struct value_format *format,
			 int64_t value, char label[UNIT_LABEL_SIZE])
{
	size_t length;

	report_value(format, value, label);
	if (!session_is_difference(session) || value <= 0)
		return label;
	length = strlen(label);
	if (length + 1 < UNIT_LABEL_SIZE) {
		memmove(label + 1, label, length + 1);
		label[0] = '+';
	}
	return label;
}

const char *figure_share(const struct session *session, int64_t value, int64_t total,
			 char text[PERCENTAGE_SIZE])
{
	char number[PERCENTAGE_SIZE];
	bool nothing;

	if (!session_is_difference(session))
		return report_share(&session->settings.report, value, total, text);
	unit_percentage(value, total, number);
	/* "3.8e-06%": less than anybody can mean. */
	nothing = strchr(number, 'e') != NULL;
	snprintf(text, PERCENTAGE_SIZE, " %.*s", PERCENTAGE_SIZE - 2, nothing ? "    0%" : number);
	if (value && total && !nothing)
		text[strspn(text, " ") - 1] = value < 0 ? '-' : '+';
	return text;
}

uint16_t figure_style(const struct session *session, int64_t value, uint16_t style)
{
	if (!session_is_difference(session) || !value)
		return style;
	return value < 0 ? STYLE_SHRUNK : STYLE_GROWN;
}
