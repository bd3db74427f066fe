/* SPDX-License-Identifier: MIT */
#include "ui/widget/pane_result.h"

const struct pane_result pane_ignored = {.kind = PANE_IGNORED}, pane_done = {.kind = PANE_DONE};
