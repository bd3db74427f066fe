/* SPDX-License-Identifier: MIT */
#include "ui/session/session_files.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cli/load.h"
#include "cli/request.h"
#include "transform/redact.h"
#include "ui/session/session.h"

void session_name_files(struct session *session)
{
	const struct request *request = session->request;
	int count = file_selection_file_count(request);
	struct error error; /* the same one ends the loading */

	if (request->redact)
		session->rules = load_redact_rules(request, &error);
	session->files = alloc_zero((size_t)count, sizeof(*session->files));
	for (int i = 0; i < count; i++)
		session->files[i] =
			request->redact && !session->rules
				? alloc_text("profile")
				: redact_copy(session->rules, file_selection_file(request, i));
}

void session_clear_files(struct session *session)
{
	for (int i = 0; session->files && i < file_selection_file_count(session->request); i++)
		free(session->files[i]);
	free(session->files);
	redact_rules_free(session->rules);
}

const char *session_location(const struct session *session)
{
	return session->files[0];
}

void session_forget_arrival(struct session *session)
{
	view_spec_clear(&session->arrival.spec);
	place_clear(&session->arrival.place);
	session->arrival.waits = false;
}

/* A default that the profile does not have is the first one, as everywhere. */
uint32_t session_default_type(const struct session *session, const struct profile *profile)
{
	struct error missing;
	uint32_t type = 0;

	if (!profile_find_type(profile, session->request->settings.sample_index, &type, &missing))
		profile_find_type(profile, "", &type, &missing);
	return type;
}

bool session_same_types(const struct profile *a, const struct profile *b)
{
	if (a->type_count != b->type_count)
		return false;
	for (uint32_t i = 0; i < a->type_count; i++)
		if (strcmp(profile_text(a, a->types[i].type), profile_text(b, b->types[i].type)) !=
		    0)
			return false;
	return true;
}

bool session_choose_type(struct session *session, const struct profile *profile,
			 struct settings *settings, struct error *error)
{
	const struct arrival *arrival = &session->arrival;
	struct error missing;

	if (arrival->waits) {
		view_spec_clear(&settings->view);
		view_spec_copy(&settings->view, &arrival->spec);
		if (settings->view.value_type >= profile->type_count)
			settings->view.value_type = session_default_type(session, profile);
		return true;
	}
	if (session->asked.alone == COMPARISON_ALL && !session->profile)
		return settings_resolve(settings, profile, error);
	/* One of several files need not have the type that another one has. */
	if (!settings_resolve(settings, profile, &missing))
		settings->view.value_type = session_default_type(session, profile);
	return true;
}

bool session_choose_first(struct session *session, const struct file_selection *failed)
{
	const struct request *request = session->request;
	int count = file_selection_location_count(request), read = 0;

	if (failed->alone != COMPARISON_ALL || failed->base != COMPARISON_ALL || count < 2)
		return false;
	while (read < count && !session->notes[read].read)
		read++;
	if (read == count || !strcmp(request->locations[read], "-"))
		return false;
	session->asked.alone = read;
	session_message(
		session,
		"files of different kinds, shown one at a time: W lists them, 9 diagnoses all");
	return true;
}

bool session_is_difference(const struct session *session)
{
	return file_selection_is_difference(&session->seen);
}

void session_take_notes(struct session *session, const struct file_selection *comparison,
			struct load_note *notes)
{
	const struct request *request = session->request;
	struct request read;

	file_selection_request(comparison, request, &read);
	if (!session->notes)
		session->notes = alloc_zero((size_t)file_selection_file_count(request),
					    sizeof(*session->notes));
	for (int i = 0; i <= read.location_count; i++) {
		struct load_note *note;

		if (!notes[i].read)
			continue;
		note = &session->notes[file_selection_file_read(comparison, request, i)];
		load_note_clear(note);
		*note = notes[i];
	}
	free(notes);
}

void session_clear_notes(struct session *session)
{
	for (int i = 0; session->notes && i < file_selection_file_count(session->request); i++)
		load_note_clear(&session->notes[i]);
	free(session->notes);
	session->notes = NULL;
}
