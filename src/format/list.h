/* Every format, one row each. */
#ifndef FORMAT_LIST_H
#define FORMAT_LIST_H

#include "format/format.h"

extern const struct format format_pprof;

#endif
