#include "report/list.h"

#include <string.h>

const struct report *const reports[] = {
	&report_top,
	&report_text,
	&report_peek,
	NULL,
};

const struct report *report_find(const char *name)
{
	for (size_t i = 0; reports[i]; i++)
		if (strcmp(reports[i]->name, name) == 0)
			return reports[i];
	return NULL;
}
