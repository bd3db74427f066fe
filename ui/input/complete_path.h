/* SPDX-License-Identifier: MIT */
/* Files and directories for prompts that ask for one. */
#ifndef UI_INPUT_COMPLETE_PATH_H
#define UI_INPUT_COMPLETE_PATH_H

#include "ui/input/prompt.h"

/* What the last element of the path before the cursor may become; directories end in a slash. */
prompt_complete complete_path;

#endif
