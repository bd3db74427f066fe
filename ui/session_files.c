/* Which of the files a session explores. */
#include "ui/session.h"

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
