/* SPDX-License-Identifier: MIT */
#include "ui/session/session_settle.h"

#include <poll.h>
#include <time.h>

#define REST 10 /* ms for what else the screen shows, once the focused pane is there */

int64_t session_clock(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static bool focus_is_there(const struct session *session)
{
	return !session->changing && !session_loading(session) &&
	       !(session->first_needs & ~session_current_parts(session));
}

/* Until `end`, or `rest` ms after the focused pane can be drawn. */
static enum session_news wait_for(struct session *session, int64_t end, int rest)
{
	enum session_news news = session_advance(session), all = news;
	bool there = false;

	while (session->task && news != SESSION_FAILED) {
		struct pollfd file = {.fd = session_descriptor(session), .events = POLLIN};
		int64_t now = session_clock();

		if (!there && focus_is_there(session)) {
			there = true;
			end = now + rest < end ? now + rest : end;
		}
		if (now >= end || poll(&file, 1, (int)(end - now)) <= 0)
			break;
		news = session_advance(session);
		if (news != SESSION_NOTHING)
			all = news;
	}
	return all;
}

enum session_news session_settle(struct session *session, int milliseconds)
{
	return wait_for(session, session_clock() + milliseconds, REST);
}

enum session_news session_finish(struct session *session, int milliseconds)
{
	return wait_for(session, session_clock() + milliseconds, milliseconds);
}
