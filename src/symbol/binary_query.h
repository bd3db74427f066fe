/* SPDX-License-Identifier: MIT */
/* Asks a binary for names in a process of its own, within limits. */
#ifndef SYMBOL_BINARY_QUERY_H
#define SYMBOL_BINARY_QUERY_H

#include "base/error.h"
#include "base/job.h"
#include "symbol/binary_names.h"

/*
 * Gives the answers of binary_names to a sink. False with an error that says why
 * some may be missing: a crash, a minute, 4 GB, or progress (may be NULL) cancelled.
 */
bool binary_query_run(const struct binary_query *query, const struct symbol_sink *sink,
		      const struct progress *progress, struct error *error);

#endif
