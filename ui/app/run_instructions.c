/* SPDX-License-Identifier: MIT */
#include "ui/app/run_instructions.h"

#include <string.h>

/* As if "disasm ^NAME$" were typed; in a word of the prompt a blank is any character. */
void run_instructions(struct app *app, const struct command *command)
{
	struct text line = {0};
	struct error error;

	(void)command;
	text_add_string(&line, "disasm ");
	if (!session_quote(&app->session, app->session.spot.node, false, &line)) {
		session_message(&app->session, "no function is selected");
		text_clear(&line);
		return;
	}
	for (char *at = line.bytes + strlen("disasm "); (at = strchr(at, ' '));)
		*at = '.';
	if (!app_run_line(app, line.bytes, &error))
		session_error(&app->session, &error);
	text_clear(&line);
}
