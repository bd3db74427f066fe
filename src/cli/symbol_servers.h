/* SPDX-License-Identifier: MIT */
/*
 * Names for addresses, from the servers that profiles came from (internal/symbolz of pprof): each
 * mapping of the merged profile without names is asked for where it was captured.
 */
#ifndef CLI_SYMBOL_SERVERS_H
#define CLI_SYMBOL_SERVERS_H

#include <pthread.h>

#include "base/job.h"
#include "profile/profile.h"
#include "source/fetch.h"

/* Which mapping came from which server; filled by several threads. All zero but the mutex is empty. */
struct symbol_servers {
	pthread_mutex_t mutex;
	struct symbol_server {
		int order; /* of the source among those of the command line */
		char *mapping;
		char *location;
		uint64_t start; /* of the mapping, where the server has it */
		bool failed;    /* it was asked and did not answer */
	} * servers;
	size_t count, capacity;
};

void symbol_servers_init(struct symbol_servers *servers);
void symbol_servers_clear(struct symbol_servers *servers);

/*
 * Notes where the mappings of a profile came from that was just read and that nobody else reads yet. A
 * mapping with neither a build id nor a file gets the address as its file. binary and build_id are
 * what the first mapping is going to be called; NULL and "" for none.
 */
void symbol_servers_note(struct symbol_servers *servers, int order, const char *location,
			 struct profile *profile, const char *binary, const char *build_id);

/*
 * Gives locations without a function the one that their server names; names are as a linker knows
 * them. With `force`, also where the mapping has functions. What a server does not answer is added
 * to `failures`, a line each.
 */
void symbol_servers_ask(struct symbol_servers *servers, struct profile *profile, bool force,
			const struct fetch_options *options, struct progress *progress,
			struct text *failures);

#endif
