/* SPDX-License-Identifier: MIT */
/*
 * One line of a memory map, in the form of /proc/PID/maps or in a shorter one:
 *
 *     00400000-00fcb000 r-xp 00001000 08:01 1234   /usr/bin/app
 *     00400000-00fcb000: /usr/bin/app (@1000) 5f3c12
 */
#ifndef FORMAT_LEGACY_MAPPING_LINE_H
#define FORMAT_LEGACY_MAPPING_LINE_H

#include "base/span.h"

enum mapping_line_kind {
	MAPPING_LINE_OTHER, /* no mapping at all */
	MAPPING_LINE_DATA,  /* a mapping without code */
	MAPPING_LINE_CODE,
};

struct mapping_line {
	uint64_t start, limit, offset;
	struct span file, build_id;
};

/* What a line is; `parts` is only set for MAPPING_LINE_CODE. */
enum mapping_line_kind mapping_line_parse(struct span line, struct mapping_line *parts);

/* The line without the "FILE:123] " that logging libraries put before each. */
struct span mapping_line_skip_log(struct span line);

/* False for shared libraries, for pseudo files like [vdso] and for no file. */
bool mapping_line_is_program(const char *file);

#endif
