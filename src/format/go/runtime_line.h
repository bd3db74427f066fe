/* SPDX-License-Identifier: MIT */
/*
 * The lines that the scheduler and the scavenger of Go write, behind the
 * prefix of a log or not:
 *
 *     SCHED 1004ms: gomaxprocs=2 idleprocs=0 threads=5 idlethreads=1 runqueue=8 [1 0]
 *     scav 2304 KiB work, 3544 KiB total, 2% util (forced)
 *     scav 0 KiB work (bg), 186960 KiB work (eager), 208712 KiB now, 9% util      (since 1.21)
 */
#ifndef FORMAT_GO_RUNTIME_LINE_H
#define FORMAT_GO_RUNTIME_LINE_H

#include <stdbool.h>

#include "base/span.h"
#include "profile/runtime_log.h"

/* Adds what the line says; false if it is of neither. */
bool runtime_line_read(struct span line, struct runtime_log *log);

/* Takes "GOMEMLIMIT=512MiB" from anywhere in a line: programs print it as they start. */
void runtime_line_limit(struct span line, struct runtime_log *log);

#endif
