/* SPDX-License-Identifier: MIT */
/*
 * Which files may be shown as sources. A profile names them, and a profile may
 * come from anybody: one that names /proc/self/environ or somebody's keys must
 * not bring them into a report that is handed over.
 */
#ifndef REPORT_TEXT_SOURCE_TRUST_H
#define REPORT_TEXT_SOURCE_TRUST_H

#include "base/text.h"

/*
 * Opens the file for reading if it is a regular one where a person expects
 * sources: below a directory of source_path (the current one if that is ""),
 * below the current directory, in GOROOT, GOPATH, module caches and the places
 * of toolchains; above source_path, where pprof looks too, if its name ends
 * like that of a source. Never in /proc, /sys, /dev
 * and /etc. Links are followed
 * first. named: one more directory that a person or the toolchain named, or
 * NULL. -1: errno says why, or `why` does, if it was refused. Never waits.
 */
int source_trust_open(const char *source_path, const char *named, const char *location,
		      struct text *why);

#endif
