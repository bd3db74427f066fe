/* SPDX-License-Identifier: MIT */
/*
 * What a profile is, line by line: where it comes from, its types and their
 * totals, labels, mappings, warnings, the heaviest functions and the hottest
 * path. Each line knows what it is about, so that one can go there.
 */
#ifndef UI_PANE_OVERVIEW_TEXT_H
#define UI_PANE_OVERVIEW_TEXT_H

#include "ui/session/session.h"

enum overview_subject {
	ABOUT_NOTHING,
	ABOUT_SECTION, /* a title: cannot be selected */
	ABOUT_FILES,
	ABOUT_TYPE,  /* index: of the type */
	ABOUT_LABEL, /* index: of the key in the label table */
	ABOUT_NODE,  /* index: the node */
	ABOUT_FRAME, /* index: into the call tree */
};

struct overview_line {
	enum overview_subject subject;
	uint32_t index;
	int64_t value; /* ABOUT_TYPE, ABOUT_NODE, ABOUT_FRAME: what stands in front */
	char *text;    /* owned */
};

struct overview {
	struct overview_line *lines;
	uint32_t count;
	size_t capacity;
};

/* Needs the table, the tree and the labels of what is shown. */
void overview_build(struct overview *overview, const struct session *session);
void overview_clear(struct overview *overview);

#endif
