#include "format/list.h"

const struct format *const formats[] = {
	&format_pprof,
	NULL,
};
