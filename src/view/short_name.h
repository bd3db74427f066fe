/* SPDX-License-Identifier: MIT */
/*
 * Function names as shown in graphs and flame graphs: without what would be
 * repeated in every box (pprof's ShortenFunctionName).
 *
 *     github.com/blah/foo/v2.Foo             -> foo.Foo
 *     com.example.Foo.bar(int)               -> Foo.bar
 *     (anonymous namespace)::a::B::method    -> B::method
 */
#ifndef VIEW_SHORT_NAME_H
#define VIEW_SHORT_NAME_H

#include "base/text.h"

/* Adds the short form of the name to `shortened`. */
void short_name(const char *name, struct text *shortened);

#endif
