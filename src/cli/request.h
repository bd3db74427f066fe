/* SPDX-License-Identifier: MIT */
/*
 * One command line. Words that start with - are reports, options (options.h)
 * or the flags of this file; everything else is a profile. Unlike pprof's,
 * options may follow the profiles.
 */
#ifndef CLI_REQUEST_H
#define CLI_REQUEST_H

#include "base/text.h"
#include "setting/options.h"
#include "source/fetch.h"

struct request {
	struct settings settings;
	const struct report *report; /* NULL: the explorer, or top without a terminal */
	struct pattern *argument;    /* of the report */
	char **locations;            /* profiles to read; point into argv or `copies` */
	int location_count;
	/* How the profiles are read. */
	char *base, *diff_base; /* a profile to subtract; "" for none */
	bool redact;            /* take secrets out of all that is read */
	bool redact_report;     /* only list what redact would replace */
	char *redact_rules;     /* file with rules of the user; "" for none */
	bool all_frames;        /* do not honour drop_frames and keep_frames */
	char *comment;          /* added to the profile's; "" for none */
	char *build_id;         /* of the main binary, if the profile has none */
	const char *binary;     /* the main binary, named before the profiles; NULL: none */
	char *symbolize, *tools;
	/* How servers are asked; `fetch` is what cli/server_options.h makes of these. */
	char *seconds, *timeout, *tls[3], *header_file, *max_size;
	char *headers;        /* lines */
	char *save;           /* a file, "no", or "" for a name of its own */
	char *refresh, *keep; /* of a live source: how often, and how many files stay */
	struct fetch_options fetch;
	struct passwords *passwords; /* of addresses; what is shown of them has none */
	char *const *command;        /* to run, with its profile as the source; NULL: none */
	int command_count;
	char *command_directory; /* what it made is there; NULL: none */
	bool memory;             /* its heap, not its CPU time */
	char *chosen;            /* the source that was chosen in a menu; NULL: none was */
	char **copies;           /* of words, without the passwords */
	int copy_count;
	char *range;         /* of time, of an execution trace; "" for all */
	bool lanes;          /* set by the explorer: traces are also wanted over time */
	char *trace;         /* what an execution trace is read as; "" for everything */
	bool legacy_type[7]; /* -inuse_space ...: see request.c */
	char *color;         /* auto, always, never */
	bool help, version, formats;
	const char *help_form; /* "man" or "words"; NULL: for people */
	struct text notes;     /* what the caller should tell the user, a line each */
	bool wants_message; /* the explorer's error goes to whoever runs it, not to standard error */
	bool leaves;        /* set by the explorer: the program is to end, not only the explorer */
	bool names_later; /* likewise: addresses are shown before binaries are asked for their names */
	bool busy;        /* set by the explorer: a thread that reads this was left running */
	bool ascii, utf8;           /* what to draw with, whatever the locale says */
	bool no_config, no_history; /* what the explorer keeps of a person is left alone */
	bool no_clipboard;
	bool *given; /* by the number of an option: named on the command line */
};

/*
 * False with an error that names the word. argv must outlive the request; passwords of addresses and
 * the values of headers are blotted out in it, as other people may read it.
 */
bool request_parse(struct request *request, int argc, char **argv, struct error *error);
void request_clear(struct request *request);

/* True if the command line names this option, or another one of its group. */
bool request_gives(const struct request *request, const struct option *option);

/* A flag of the command line that is no option of the shell. */
struct flag {
	const char *name;
	const char *argument; /* NULL: a bool */
	size_t field;         /* offset in struct request: a char * or a bool */
	const char *summary;
};

extern const struct flag flags[]; /* ended by a NULL name */

#endif
