/* SPDX-License-Identifier: MIT */
/* What a store of profiles has: its services with their types of profiles. */
#ifndef CLI_STORE_LIST_H
#define CLI_STORE_LIST_H

#include "cli/service.h"

/* True if a location is a store without a type of profile. */
bool store_list_is_bare(const char *location);

/* Adds what the store has in the range of the location. False with an error that does not repeat it. */
bool store_list_read(struct service *service, const struct fetch_options *options,
		     struct progress *progress, struct error *error);

/*
 * Adds the location of a profile that was found. seconds: of the range until now, 0: as the
 * location of the service has it; `before`: the range of the same length in front of it.
 */
void store_list_location(const struct service *service, const struct service_profile *profile,
			 int64_t seconds, bool before, struct text *location);

#endif
