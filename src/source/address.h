/* SPDX-License-Identifier: MIT */
/*
 * The address of a profile that a server has, as a person writes it where a file name may stand. The
 * rules are pprof's (internal/driver/fetch.go, adjustURL, with Go's net/url below it):
 *
 *     http://host:6060/debug/pprof/heap      as it is; also https and https+insecure
 *     host:6060/x   :6060/x   [::1]:6060/x   http:// is put in front
 *     unix:/run/app.sock:/debug/pprof/heap   a socket in the file system (not in pprof)
 *
 * The query is taken apart, sorted by key and written anew.
 */
#ifndef SOURCE_ADDRESS_H
#define SOURCE_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct address {
	char *scheme;          /* in lower case */
	char *user, *password; /* decoded; NULL: not given */
	char *host;            /* "name:port" as written; may be ":port" */
	char *path;            /* escaped; "" for none */
	char *query;           /* without "?"; "" for none */
	char *fragment;        /* "" for none */
	char *socket;          /* the path of a Unix socket; NULL: the host is asked */
};

/*
 * False if `text` is no address but the name of a file. Whether there is such a file, which goes
 * first, is for the caller to see.
 */
bool address_parse(const char *text, struct address *address);

void address_copy(struct address *to, const struct address *from);
void address_clear(struct address *address);

/* Sets seconds=N in the query. */
void address_set_seconds(struct address *address, int64_t seconds);

/* The N of seconds=N; 0 if there is none or it is no number. */
int64_t address_seconds(const struct address *address);

/* Replaces path and query; `path` is escaped and may hold a query behind "?". */
void address_set_path(struct address *address, const char *path);

/* Adds the address as people read it: with a user, but with "xxxxx" for the password. */
void address_print(const struct address *address, struct text *text);

/* Adds the URL to ask for: no user, no fragment, a scheme that HTTP knows. */
void address_print_request(const struct address *address, struct text *text);

/* Adds scheme and host: what two addresses have in common whose server may see the same secrets. */
void address_print_origin(const struct address *address, struct text *text);

/* Turns the address of a profile into the one of the service that names its addresses (internal/symbolz). */
void address_to_symbols(struct address *address);

/* True if the address has no path: what is there has to be asked of the server. */
bool address_is_bare(const struct address *address);

/* True for this machine, which no proxy is asked for. */
bool address_is_local(const struct address *address);

#endif
