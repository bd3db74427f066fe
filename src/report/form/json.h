/* SPDX-License-Identifier: MIT */
/*
 * Writes JSON: values in order, commas and line breaks come by themselves.
 *
 *     struct json json = {.out = out};
 *     json_open(&json, NULL, '{');
 *     json_text(&json, "name", "main");        {
 *     json_open(&json, "rows", '[');      ->     "name": "main",
 *     json_close(&json, ']');                    "rows": []
 *     json_close(&json, '}');                  }
 *
 * Keys are NULL in arrays. Broken UTF-8 becomes U+FFFD; what could harm a
 * terminal is escaped.
 */
#ifndef REPORT_FORM_JSON_H
#define REPORT_FORM_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct json {
	FILE *out;
	unsigned depth;
	bool filled; /* the open object or array has something in it */
};

/* bracket: '{' or '['; close with its counterpart. */
void json_open(struct json *json, const char *key, char bracket);
void json_close(struct json *json, char bracket);

void json_text(struct json *json, const char *key, const char *text);
void json_integer(struct json *json, const char *key, int64_t number);
/* As short as it can be read back; what is no number is null. */
void json_number(struct json *json, const char *key, double number);
void json_bool(struct json *json, const char *key, bool truth);

#endif
