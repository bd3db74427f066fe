/* SPDX-License-Identifier: MIT */
/*
 * The lines of Go's goroutine dumps (debug=2, SIGQUIT, panics), of all
 * releases:
 *
 *     goroutine 18 gp=0xc000102000 m=nil [select, 2 minutes] {tenant: acme}:
 *     main.serve(0xc00012a000)
 *     	example.com/app/serve.go:88 +0x10f
 *     created by main.accept in goroutine 7
 *     	example.com/app/serve.go:40 +0xd2
 *
 * All functions leave their results alone when they return false.
 */
#ifndef FORMAT_GO_GOROUTINE_LINE_H
#define FORMAT_GO_GOROUTINE_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "base/span.h"

struct goroutine_header {
	int64_t id;
	struct span state;   /* "chan receive (nil chan)" */
	int64_t minutes;     /* of waiting; 0: not said */
	struct span bubble;  /* number of the synctest bubble; empty: none */
	bool locked, leaked; /* to a thread; says the runtime */
	struct span labels;  /* what stands between their braces */
};

/*
 * A header, also behind the prefix that a log gives to each line; *prefix is
 * how many bytes that has.
 */
bool goroutine_line_header(struct span line, struct goroutine_header *header, size_t *prefix);

/* Takes the next label of a header, quoted or not; false at the end. */
bool goroutine_line_label(struct span *labels, struct text *key, struct text *value);

struct goroutine_call {
	struct span function;
	struct span arguments;
	bool inlined;
};

/* "main.serve(0xc00012a000)" */
bool goroutine_line_call(struct span line, struct goroutine_call *call);

struct goroutine_place {
	struct span file;
	int64_t line;
	bool offset; /* it says how far into the function, so the function is not inlined */
	bool has_address;
	uint64_t address;
};

/* A tab, "FILE:LINE +0x10f fp=0x1 sp=0x2 pc=0x3"; of C functions "FILE:LINE pc=0x3" or "pc=0x3". */
bool goroutine_line_place(struct span line, struct goroutine_place *place);

/* "created by FUNC" and perhaps "in goroutine 7". */
bool goroutine_line_creator(struct span line, struct span *function);

/* "...additional frames elided..." and "...12 frames elided..." */
bool goroutine_line_elided(struct span line);

/* "non-Go function at pc=0x46404d" */
bool goroutine_line_foreign(struct span line, uint64_t *address);

#endif
