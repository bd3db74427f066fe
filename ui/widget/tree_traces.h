/* SPDX-License-Identifier: MIT */
/* The stacks below a frame of the call tree, each with its cost, as a text to read. */
#ifndef UI_WIDGET_TREE_TRACES_H
#define UI_WIDGET_TREE_TRACES_H

#include "ui/session/session.h"

/*
 * The heaviest ones first, leaf on top, equal stacks merged; of very many only
 * some hundred, and how many more there are. To be freed.
 */
char *tree_traces(const struct session *session, uint32_t frame);

#endif
