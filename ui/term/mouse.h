/* SPDX-License-Identifier: MIT */
/*
 * Reports of a mouse in the SGR form (1006), as terminals send them behind
 * "\033[<": "0;12;5M". Only buttons and the wheel are asked for, no motion.
 */
#ifndef UI_TERM_MOUSE_H
#define UI_TERM_MOUSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum mouse_button {
	MOUSE_LEFT = 0,
	MOUSE_WHEEL_UP = 64,
	MOUSE_WHEEL_DOWN = 65,
};

struct mouse {
	int button;
	int row, column; /* from 0 */
	bool pressed;    /* false: let go */
};

/* A report while it comes in, one character after the other. */
struct mouse_reader {
	bool reading;
	char text[16];
	size_t length;
};

void mouse_start(struct mouse_reader *reader);

/*
 * Takes a character. True when it ended a report that is understood; what is
 * none ends the reading.
 */
bool mouse_read(struct mouse_reader *reader, uint32_t character, struct mouse *mouse);

#endif
