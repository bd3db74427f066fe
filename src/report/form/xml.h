/* SPDX-License-Identifier: MIT */
/* Text in XML. */
#ifndef REPORT_FORM_XML_H
#define REPORT_FORM_XML_H

#include <stdio.h>

/*
 * Writes text as content or attribute value: markup is escaped, and what XML
 * cannot hold or a reader cannot see (controls, broken UTF-8) is spelt out.
 */
void xml_write(const char *text, FILE *out);

#endif
