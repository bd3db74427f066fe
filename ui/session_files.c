/* What of the files a session explores. */
#include "ui/session_files.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "load.h"
#include "request.h"
#include "transform/redact.h"

void session_name_files(struct session *session)
{
	const struct request *request = session->request;
	int count = comparison_file_count(request);
	struct error error; /* the same one ends the loading */

	if (request->redact)
		session->rules = load_redact_rules(request, &error);
	session->files = alloc_zero((size_t)count, sizeof(*session->files));
	for (int i = 0; i < count; i++)
		session->files[i] =
			request->redact && !session->rules
				? alloc_text("profile")
				: redact_copy(session->rules, comparison_file(request, i));
}

void session_clear_files(struct session *session)
{
	for (int i = 0; session->files && i < comparison_file_count(session->request); i++)
		free(session->files[i]);
	free(session->files);
	redact_rules_free(session->rules);
}

const char *session_location(const struct session *session)
{
	return session->files[0];
}

bool session_compare(struct session *session, const struct comparison *comparison)
{
	if (comparison_reads_input(comparison, session->request)) {
		session_message(session, "standard input cannot be read again");
		return false;
	}
	session->asked = *comparison;
	session_load(session);
	return true;
}

bool session_is_difference(const struct session *session)
{
	return comparison_is_difference(&session->seen);
}

void session_take_notes(struct session *session, const struct comparison *comparison,
			struct load_note *notes)
{
	const struct request *request = session->request;
	struct request read;

	comparison_request(comparison, request, &read);
	if (!session->notes)
		session->notes =
			alloc_zero((size_t)comparison_file_count(request), sizeof(*session->notes));
	for (int i = 0; i <= read.location_count; i++) {
		struct load_note *note;

		if (!notes[i].read)
			continue;
		note = &session->notes[comparison_file_read(comparison, request, i)];
		load_note_clear(note);
		*note = notes[i];
	}
	free(notes);
}

void session_clear_notes(struct session *session)
{
	for (int i = 0; session->notes && i < comparison_file_count(session->request); i++)
		load_note_clear(&session->notes[i]);
	free(session->notes);
	session->notes = NULL;
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
