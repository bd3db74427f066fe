/* SPDX-License-Identifier: MIT */
/*
 * What -symbolize says about names, and readable names for those that a linker
 * knows (internal/symbolizer of pprof):
 *
 *     _ZN3foo3barIdEEvT_    foo::bar                       by default
 *                           foo::bar<double>               templates
 *                           void foo::bar<double>(double)  full
 *     foo::bar(int)         foo::bar                       by default, already readable
 */
#ifndef TRANSFORM_DEMANGLE_H
#define TRANSFORM_DEMANGLE_H

#include "base/text.h"
#include "profile/profile.h"

struct demangle_mode {
	bool symbolize; /* false: nothing about names is to be changed */
	bool local;     /* binaries of this machine are asked for names */
	bool remote;    /* so are the servers that profiles come from */
	bool fast;      /* binaries are asked for names of functions alone */
	bool force;     /* names that differ from the system's are made anew */
	enum { DEMANGLE_DEFAULT, DEMANGLE_TEMPLATES, DEMANGLE_FULL, DEMANGLE_NONE } style;
};

/*
 * Reads words separated by ":", in any case: none, local, fastlocal, remote,
 * force, demangle=none|full|templates|default. An unknown one is told of in lines
 * of `messages`, which may be NULL, and skipped, as pprof does.
 */
void demangle_parse(const char *words, struct demangle_mode *mode, struct text *messages);

/* The readable form of a linker's name in a style other than DEMANGLE_NONE; false if it has none. */
bool demangle_text(const char *name, int style, struct text *text);

/*
 * The same as LLVM's tools write it: in full, what stands behind a clone's dot as " (.cold)", and
 * Rust's older names as those of C++ that they are.
 */
bool demangle_as_llvm(const char *name, struct text *text);

/*
 * Gives each function without a name, or with the name of the system, a
 * readable one. Changes the profile in place, its strings and function names
 * only: for one that was just loaded and that nobody else reads yet. Names that
 * cannot be read stay as they are, and so do those that are or become longer
 * than 64 kB or nest too deeply.
 */
void demangle_functions(struct profile *profile, const struct demangle_mode *mode);

#endif
