/* SPDX-License-Identifier: MIT */
/* What a session says on the status line. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "transform/redact.h"
#include "ui/session/session.h"

void session_message(struct session *session, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(session->message, sizeof(session->message), format, arguments);
	va_end(arguments);
	session->message_is_error = false;
}

/* Errors name files, which may hold secrets too. */
void session_error(struct session *session, const struct error *error)
{
	char *message = redact_copy(session->rules, error->message);

	session_message(session, "%s", message);
	session->message_is_error = true;
	free(message);
}

uint32_t session_find_type(const struct profile *profile, uint32_t type)
{
	for (uint32_t i = 1; i < profile->type_count; i++) {
		uint32_t other = (type + i) % profile->type_count;

		if (profile_total(profile, other))
			return other;
	}
	return NONE;
}

void session_check_sum(struct session *session)
{
	const struct profile *profile = session->profile;
	uint32_t type = session->settings.view.value_type, other;
	const char *name;

	if (profile_total(profile, type))
		return;
	other = session_find_type(profile, type);
	if (other == NONE)
		return;
	name = profile_text(profile, profile->types[other].type);
	session_message(session, "%s sums to zero; :%s shows %s",
			profile_text(profile, profile->types[type].type), name, name);
}

void session_warn_of_misses(struct session *session)
{
	const struct view *view = session->shown.view;

	if (session->shown.tags_missed)
		session_message(session, "no sample has a label of tagroot or tagleaf");
	for (int i = 0; i < FILTER_COUNT && session->shown.table->row_count; i++)
		if (view->filters_missed >> i & 1)
			session_message(session, "%s=%s matched nothing", view_filter_names[i],
					view->spec.filters[i]);
}
