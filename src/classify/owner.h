/* SPDX-License-Identifier: MIT */
/*
 * Whose code a function is: the program's own, a third party's or the
 * standard library's (which includes a language's runtime and the system).
 *
 * What a name and a file say depends on the profile they come from, so all
 * functions are surveyed first. In a Go program the program's own code is what
 * lies below the module of its main package, and the standard library is what
 * lies beside package runtime; where functions have no files their packages
 * decide.
 */
#ifndef CLASSIFY_OWNER_H
#define CLASSIFY_OWNER_H

#include <stdbool.h>
#include <stddef.h>

enum owner {
	OWNER_PROGRAM,
	OWNER_THIRD_PARTY,
	OWNER_STANDARD,
};

/* All zero to begin with. Points into the file names it was given. */
struct owner_survey {
	bool go;       /* a Go program */
	bool go_names; /* a Go program, as far as functions without files tell */
	/* Where Go's own files lie, up to "runtime/"; length 0: unknown, or paths are trimmed. */
	const char *root;
	size_t root_length;
	/* A file of the main package, and the length of the prefix of its module; 0: unknown. */
	const char *main;
	size_t module_length;
};

/* Records a function; `file` is "" if unknown and must stay valid. */
void owner_survey_add(struct owner_survey *survey, const char *name, const char *file);

/* `library` is the file of the function's mapping, "" if unknown. */
enum owner owner_of(const struct owner_survey *survey, const char *name, const char *file,
		    const char *library);

/*
 * True for functions of Go's standard library, including its runtime, and for
 * names without a package: "[frames elided]", "panic", "memcpy".
 */
bool owner_is_go_standard(const char *name);

#endif
