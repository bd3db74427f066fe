/* SPDX-License-Identifier: MIT */
/*
 * What the compiler says of escapes (go build -gcflags=-m) as a profile: each
 * place that allocates is a sample of the value 1 with one location. Its
 * function is called like the message, "moved to heap: raw", and has the file
 * and the line.
 */
#ifndef PROFILE_ESCAPE_H
#define PROFILE_ESCAPE_H

#define ESCAPE_TYPE "escapes"

#endif
