/* SPDX-License-Identifier: MIT */
/*
 * The compiler's escape analysis (go build -gcflags=-m) as a profile: each place
 * that allocates is a sample with the value 1 and one location. Its function is
 * named after the message, "moved to heap: raw", and has the file and line.
 */
#ifndef PROFILE_ESCAPE_H
#define PROFILE_ESCAPE_H

#define ESCAPE_TYPE "escapes"

#endif
