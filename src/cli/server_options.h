/* SPDX-License-Identifier: MIT */
/* What the command line says about servers, as the source takes it. */
#ifndef CLI_SERVER_OPTIONS_H
#define CLI_SERVER_OPTIONS_H

#include "base/error.h"

struct request;

/* "Name: value". False with an error that does not repeat it, as it may be secret. */
bool server_options_check_header(const char *line, struct error *error);

/* Fills request->fetch from the flags; reads -header-file. False with an error. */
bool server_options_read(struct request *request, struct error *error);

#endif
