/* SPDX-License-Identifier: MIT */
/* Keeps what came from a server, as pprof does (internal/driver/fetch.go, setTmpDir and tempfile.go). */
#ifndef CLI_SAVE_PROFILE_H
#define CLI_SAVE_PROFILE_H

#include "base/text.h"
#include "profile/profile.h"

/*
 * Writes the profile to FILE or, for "", to pprof.BINARY.TYPES.NNN.pb.gz in the first directory of
 * $PPROF_TMPDIR, $HOME/pprof and the one for temporary files that can be made. Adds what there is to
 * say, a line each: where it is, or why it could not be saved.
 */
void save_profile(const struct profile *profile, const char *file, struct text *lines);

#endif
