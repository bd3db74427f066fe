/* SPDX-License-Identifier: MIT */
/*
 * The formats before profile.proto do not say which frames belong to the
 * profiler itself; what kind of profile it is does.
 */
#ifndef FORMAT_LEGACY_DROP_FRAMES_H
#define FORMAT_LEGACY_DROP_FRAMES_H

#include "profile/builder.h"

/* Sets drop_frames and keep_frames by the sample types, which are complete by now. */
void drop_frames_set(struct builder *builder);

#endif
