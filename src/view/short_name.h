/* SPDX-License-Identifier: MIT */
/*
 * Function names as graphs and flame graphs show them: without what repeats
 * itself from box to box (pprof's ShortenFunctionName).
 *
 *     github.com/blah/foo/v2.Foo             -> foo.Foo
 *     com.example.Foo.bar(int)               -> Foo.bar
 *     (anonymous namespace)::a::B::method    -> B::method
 */
#ifndef VIEW_SHORT_NAME_H
#define VIEW_SHORT_NAME_H

#include "base/text.h"

/* Adds the short form of name to `shortened`. */
void short_name(const char *name, struct text *shortened);

#endif
