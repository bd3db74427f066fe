/* SPDX-License-Identifier: MIT */
/*
 * What a running service offers, to choose from: a screen of its own in front of the explorer, which
 * has nothing to show yet. What is chosen becomes the source of the request.
 */
#ifndef UI_APP_SERVICE_MENU_H
#define UI_APP_SERVICE_MENU_H

#include "cli/request.h"
#include "ui/term/canvas.h"

enum menu_end {
	MENU_CHOSEN,
	MENU_LEFT,
	MENU_FAILED, /* no terminal: see the error */
};

/*
 * Shows the menu of a service until something is chosen; then the request names it. `message` is
 * what went wrong with the last choice, "" for nothing.
 */
enum menu_end service_menu_run(struct request *request, const char *location, const char *message,
			       struct error *error);

#endif
