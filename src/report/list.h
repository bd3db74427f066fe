/* Every report, one row each. */
#ifndef REPORT_LIST_H
#define REPORT_LIST_H

#include "report/report.h"

extern const struct report report_top;
extern const struct report report_text;
extern const struct report report_peek;

#endif
