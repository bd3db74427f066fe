/* SPDX-License-Identifier: MIT */
/* What each prompt does with what is typed. */
#ifndef UI_APP_PROMPT_TABLE_H
#define UI_APP_PROMPT_TABLE_H

#include "ui/app/app_prompt.h"

extern const struct app_prompt_kind prompt_table[]; /* ended by a NULL label */

#endif
