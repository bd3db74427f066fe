/* SPDX-License-Identifier: MIT */
#include "cli/request.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "cli/run_command.h"
#include "cli/server_options.h"
#include "setting/setting.h"

#define FIELD(name) offsetof(struct request, name)

const struct flag flags[] = {
	{"base", "PROFILE", FIELD(base), "Subtract this profile"},
	{"diff_base", "PROFILE", FIELD(diff_base),
	 "Subtract this profile; percentages are of its total"},
	{"add_comment", "TEXT", FIELD(comment), "Add a comment to the profile"},
	{"buildid", "ID", FIELD(build_id), "Build id of the main binary, if the profile has none"},
	{"redact", NULL, FIELD(redact),
	 "Take tokens, passwords, keys and the like out of names, files, labels and comments"},
	{"redact-rules", "FILE", FIELD(redact_rules),
	 "The same, with rules of your own first: lines of REGEX => REPLACEMENT"},
	{"redact-report", NULL, FIELD(redact_report),
	 "List what would be replaced, and nothing else"},
	{"all_frames", NULL, FIELD(all_frames), "Keep frames that the profile wants dropped"},
	{"range", "FROM:TO", FIELD(range),
	 "Only what happens between two times of an execution trace, as in 10ms:25.5ms"},
	{"trace", "KIND", FIELD(trace),
	 "Read an execution trace as go tool trace -pprof does: net, sync, syscall or sched; without, "
	 "with all that goroutines do and wait for"},
	{"inuse_space", NULL, FIELD(legacy_type[0]), "The same as -sample_index=inuse_space"},
	{"inuse_objects", NULL, FIELD(legacy_type[1]), "The same as -sample_index=inuse_objects"},
	{"alloc_space", NULL, FIELD(legacy_type[2]), "The same as -sample_index=alloc_space"},
	{"alloc_objects", NULL, FIELD(legacy_type[3]), "The same as -sample_index=alloc_objects"},
	{"total_delay", NULL, FIELD(legacy_type[4]), "The same as -sample_index=delay"},
	{"contentions", NULL, FIELD(legacy_type[5]), "The same as -sample_index=contentions"},
	{"mean_delay", NULL, FIELD(legacy_type[6]), "The same as -mean -sample_index=delay"},
	{"symbolize", "MODE", FIELD(symbolize),
	 "Names, words separated by \":\": local: ask the binaries of this machine; fastlocal: their "
	 "symbol tables alone; remote: the servers that profiles come from; none: leave all as they "
	 "are, without the names in text profiles; force: also what has names; demangle=none, full, "
	 "templates or default (simplified)"},
	{"tools", "PATH", FIELD(tools),
	 "Where llvm-objdump or objdump is: DIR or objdump:DIR, separated by commas"},
	{"seconds", "N", FIELD(seconds),
	 "Of servers: capture for so long; of heap and the like, what changed in that time"},
	{"timeout", "N", FIELD(timeout),
	 "Wait N seconds for a server, and 5 more; 1.5 times the seconds of the capture, or 60"},
	{"tls_cert", "FILE", FIELD(tls[0]), "Show this certificate to servers, in PEM"},
	{"tls_key", "FILE", FIELD(tls[1]), "Its private key, in PEM"},
	{"tls_ca", "FILE", FIELD(tls[2]),
	 "Trust the authorities in this file, in PEM, instead of the system's"},
	{"H", "HEADER", FIELD(headers),
	 "Send 'NAME: VALUE' to servers, as tokens need it; may be given several times"},
	{"header-file", "FILE", FIELD(header_file),
	 "Send the lines 'NAME: VALUE' of this file to servers, where no other user sees them"},
	{"max-size", "SIZE", FIELD(max_size),
	 "Take no longer answer from a server than this: 500M, 4G (default)"},
	{"mem", NULL, FIELD(memory), "With -- COMMAND, profile its memory instead of its CPU time"},
	{"refresh", "TIME", FIELD(refresh),
	 "In the explorer capture again every 10s, 1m, ...; Space pauses, R captures at once"},
	{"keep", "N", FIELD(keep),
	 "With -refresh, keep the last N captures as files (default: none)"},
	{"save", "FILE", FIELD(save),
	 "Keep what came from servers in FILE; no: do not keep it (default: a new file in "
	 "$PPROF_TMPDIR or ~/pprof)"},
	{"color", "WHEN", FIELD(color), "Colours in the explorer: auto, always or never"},
	{"ascii", NULL, FIELD(ascii), "Draw with ASCII only, whatever the locale says"},
	{"utf8", NULL, FIELD(utf8), "Draw with UTF-8, whatever the locale says"},
	{"no-config", NULL, FIELD(no_config), "Start the explorer without reading the config file"},
	{"no-history", NULL, FIELD(no_history),
	 "Neither read nor keep what was typed at the explorer's prompts"},
	{"no-clipboard", NULL, FIELD(no_clipboard), "Never write to the clipboard of the terminal"},
	{"help", NULL, FIELD(help),
	 "Show this help; --help=man and --help=words print it for other programs"},
	{"formats", NULL, FIELD(formats), "List the formats of files that are read"},
	{"version", NULL, FIELD(version), "Show the version"},
	{.name = NULL},
};

/* What request->legacy_type selects, in pprof's order of precedence. */
static const struct {
	int flag;
	const char *type;
	bool mean;
} legacy_types[] = {
	{4, "delay", false},         {6, "delay", true},          {5, "contentions", false},
	{0, "inuse_space", false},   {1, "inuse_objects", false}, {2, "alloc_space", false},
	{3, "alloc_objects", false},
};

/* Other spellings. */
static const struct {
	const char *name, *meaning;
} aliases[] = {{"o", "output"}, {"h", "help"}, {"V", "version"}};

/* A word of the command line: its name without dashes and what follows "=". */
struct word {
	char name[64];
	const char *value; /* NULL: none */
};

struct parsing {
	struct request *request;
	int argc, at;
	char **argv;
	const char
		*chosen[2][2]; /* group and name of the choices so far: two of a group conflict */
};

static bool split_word(const char *text, struct word *word, struct error *error)
{
	const char *start = text + (text[1] == '-' ? 2 : 1), *equals = strchr(start, '=');
	size_t length = equals ? (size_t)(equals - start) : strlen(start);

	if (length == 0 || length >= sizeof(word->name))
		return error_set(error, "unknown option %s; see ncprof --help", text);
	memcpy(word->name, start, length);
	word->name[length] = '\0';
	word->value = equals ? equals + 1 : NULL;
	for (size_t i = 0; i < COUNT(aliases); i++)
		if (strcmp(word->name, aliases[i].name) == 0)
			snprintf(word->name, sizeof(word->name), "%s", aliases[i].meaning);
	return true;
}

/* The value of an option that needs one: behind "=" or the next word. */
static const char *need_value(struct parsing *parsing, const struct word *word, struct error *error)
{
	if (word->value)
		return word->value;
	if (parsing->at + 1 < parsing->argc)
		return parsing->argv[++parsing->at];
	error_set(error, "option -%s needs a value: -%s=VALUE", word->name, word->name);
	return NULL;
}

/* The words that Go's flags take for a bool; the prompt and the shell know more. */
static bool parse_flag(const char *text, bool *value)
{
	static const char *const words[] = {"1", "t", "T", "true",  "TRUE",  "True",
					    "0", "f", "F", "false", "FALSE", "False"};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(words[i], text) == 0)
			return option_parse_bool(text, value);
	return false;
}

static bool need_flag(const struct word *word, bool *value, struct error *error)
{
	return parse_flag(word->value, value) ||
	       error_set(error, "-%s=%s: use -%s=true or -%s=false", word->name, word->value,
			 word->name, word->name);
}

/* A report that takes no value got one: what was meant is another word. */
static bool refuse_value(const struct report *report, const char *value, struct error *error)
{
	const char *dot = strrchr(value, '.');

	if ((dot && strcmp(dot + 1, report->extension ? report->extension : "txt") == 0) ||
	    strchr(value, '/'))
		return error_set(error, "-%s takes no value; to write a file: -%s -output=%s",
				 report->name, report->name, value);
	return error_set(
		error,
		"-%s takes no value; for callers and callees of a function: -peek=%s; to keep "
		"what matches: -%s -focus=%s",
		report->name, value, report->name, value);
}

static bool take_report(struct parsing *parsing, const struct report *report,
			const struct word *word, struct error *error)
{
	struct request *request = parsing->request;
	const char *value;

	if (request->report)
		return error_set(error, "-%s and -%s: name only one report", request->report->name,
				 report->name);
	if (report->argument) {
		value = need_value(parsing, word, error);
		if (!value)
			return false;
		request->argument = pattern_new(value, false, error);
		if (!request->argument)
			return error_wrap(error, "-%s", report->name);
	} else if (word->value) {
		bool wanted;

		if (!parse_flag(word->value, &wanted))
			return refuse_value(report, word->value, error);
		if (!wanted)
			return true;
	}
	request->report = report;
	return true;
}

static bool check_choice(struct parsing *parsing, const struct option *option, struct error *error)
{
	for (int i = 0; i < 2; i++) {
		const char **chosen = parsing->chosen[i];

		if (!chosen[0]) {
			chosen[0] = option->group;
			chosen[1] = option->name;
			return true;
		}
		if (strcmp(chosen[0], option->group) == 0 && strcmp(chosen[1], option->name) != 0)
			return error_set(error, "-%s and -%s: name only one of them", chosen[1],
					 option->name);
		if (strcmp(chosen[0], option->group) == 0)
			return true;
	}
	return true;
}

static bool take_option(struct parsing *parsing, const struct option *option,
			const struct word *word, struct error *error)
{
	struct setting setting = {.name = span_of(word->name)};
	const char *value = word->value;
	bool chosen = true;

	if (value &&
	    (option->kind == OPTION_BOOL ||
	     (option->kind == OPTION_CHOICE && strcmp(option->name, word->name) == 0)) &&
	    !need_flag(word, &chosen, error))
		return false;
	if (option->kind == OPTION_CHOICE &&
	    (strcmp(option->name, word->name) != 0 || !value ||
	     option_parse_bool(value, &chosen)) &&
	    chosen && !check_choice(parsing, option, error))
		return false;
	if (option->kind != OPTION_CHOICE && option->kind != OPTION_BOOL) {
		value = need_value(parsing, word, error);
		if (!value)
			return false;
	}
	if (value)
		setting.value = span_of(value);
	parsing->request->given[option - options] = true;
	return setting_apply(&setting, NULL, &parsing->request->settings, error);
}

/* -flag, -flag=BOOL, and the forms of --help. */
static bool take_switch(struct parsing *parsing, const struct flag *flag, const struct word *word,
			bool *field, struct error *error)
{
	static const char *const help_forms[] = {"man", "words"};

	*field = true;
	for (size_t i = 0; i < 2; i++) {
		if (strcmp(flag->name, "help") == 0 && word->value &&
		    strcmp(word->value, help_forms[i]) == 0) {
			parsing->request->help_form = help_forms[i];
			return true;
		}
	}
	return !word->value || option_parse_bool(word->value, field) ||
	       error_set(error, "-%s=%s: use true or false", flag->name, word->value);
}

/* Blots out a secret that is in the hands of its copy. */
static void blot_out(const char *from, size_t length)
{
	memset((char *)from, '*', length);
}

/* What a word says about a source, without its password. */
static char *hide_password(struct request *request, const char *text)
{
	struct span password = passwords_find(text);
	char *hidden = passwords_hide(request->passwords, text);

	blot_out(password.at, span_length(password));
	return hidden;
}

static bool take_flag(struct parsing *parsing, const struct flag *flag, const struct word *word,
		      struct error *error)
{
	char **field = (char **)((char *)parsing->request + flag->field);
	struct text lines = {0};
	const char *value;
	char *old;

	if (!flag->argument)
		return take_switch(parsing, flag, word, (bool *)field, error);
	value = need_value(parsing, word, error);
	if (!value)
		return false;
	/* Most often a variable that is not set: it must not switch redaction off. */
	if (flag->field == FIELD(redact_rules) && !*value)
		return error_set(error, "-%s is empty; write -%s=%s", flag->name, flag->name,
				 flag->argument);
	old = *field;
	if (flag->field == FIELD(headers)) {
		if (!server_options_check_header(value, error))
			return error_wrap(error, "-%s", flag->name);
		text_printf(&lines, "%s%s\n", old, value);
		*field = lines.bytes;
		blot_out(value, strlen(value));
	} else if (flag->field == FIELD(base) || flag->field == FIELD(diff_base)) {
		*field = hide_password(parsing->request, value);
	} else {
		*field = alloc_text(value);
	}
	free(old);
	return true;
}

/* A word that is no option: a profile. */
static void take_location(struct request *request, char *text)
{
	if (!span_is_empty(passwords_find(text))) {
		text = hide_password(request, text);
		request->copies[request->copy_count++] = text;
	}
	request->locations[request->location_count++] = text;
}

static bool take_word(struct parsing *parsing, const char *text, struct error *error)
{
	const struct report *report;
	const struct option *option;
	struct word word;

	if (!split_word(text, &word, error))
		return false;
	report = report_find(word.name);
	if (report)
		return take_report(parsing, report, &word, error);
	option = option_find(word.name);
	if (!option && word.value)
		option = option_find_choice(word.name, word.value);
	if (option)
		return take_option(parsing, option, &word, error);
	for (size_t i = 0; flags[i].name; i++)
		if (strcmp(flags[i].name, word.name) == 0)
			return take_flag(parsing, &flags[i], &word, error);
	if (option_instead(word.name))
		return error_set(error, "pprof's -%s is not here; %s", word.name,
				 option_instead(word.name));
	return error_set(error, "unknown option %s; see ncprof --help", text);
}

/* -alloc_space and the like; the first one wins, and none over -sample_index. */
static void select_legacy_type(struct request *request)
{
	char **sample_index = &request->settings.sample_index;

	for (size_t i = 0; i < COUNT(legacy_types); i++) {
		if (!request->legacy_type[legacy_types[i].flag])
			continue;
		if (**sample_index) {
			text_printf(&request->notes,
				    "several sample types were given; ignoring %s\n",
				    legacy_types[i].type);
		} else {
			free(*sample_index);
			*sample_index = alloc_text(legacy_types[i].type);
		}
		request->settings.view.mean |= legacy_types[i].mean;
	}
}

/* The magic numbers of ELF, Mach-O (both orders, both widths, universal) and PE. */
static bool is_binary(const char *path)
{
	static const char magics[][5] = {"\x7f"
					 "ELF",
					 "\xfe\xed\xfa\xce",
					 "\xfe\xed\xfa\xcf",
					 "\xce\xfa\xed\xfe",
					 "\xcf\xfa\xed\xfe",
					 "\xca\xfe\xba\xbe"};
	char bytes[4] = "";
	FILE *file = fopen(path, "rb");
	size_t length = file ? fread(bytes, 1, sizeof(bytes), file) : 0;

	if (file)
		fclose(file);
	for (size_t i = 0; length == 4 && i < COUNT(magics); i++)
		if (memcmp(bytes, magics[i], 4) == 0)
			return true;
	return length >= 2 && memcmp(bytes, "MZ", 2) == 0;
}

/* -check and -split are of -compare, whose first profile is the base. */
static void name_comparison(struct request *request)
{
	struct report_options *chosen = &request->settings.report;
	char *base = *request->base ? request->base : request->diff_base;

	if (!request->report && (*chosen->check || *chosen->split))
		request->report = report_find("compare");
	chosen->by_share = request->settings.normalize;
	if (!request->report || !request->report->pairs || !*base)
		return;
	memmove(request->locations + 1, request->locations,
		(size_t)request->location_count * sizeof(*request->locations));
	request->locations[0] = base;
	request->location_count++;
	chosen->has_base = true;
}

static bool check_request(struct request *request, struct error *error)
{
	select_legacy_type(request);
	if (request->location_count > 1 && is_binary(request->locations[0])) {
		request->binary = request->locations[0];
		request->location_count--;
		memmove(request->locations, request->locations + 1,
			(size_t)request->location_count * sizeof(*request->locations));
	}
	name_comparison(request);
	request->redact = request->redact || *request->redact_rules;
	request->settings.report.hide_source = request->redact;
	request->settings.report.tools = request->tools;
	if (*request->base && *request->diff_base)
		return error_set(error, "-base and -diff_base: name only one of them");
	if (request->settings.normalize && !*request->base && !*request->diff_base &&
	    !(request->report && request->report->pairs))
		return error_set(error, "-normalize needs -base or -diff_base");
	return server_options_read(request, error);
}

static size_t count_options(void)
{
	size_t count = 0;

	while (options[count].name)
		count++;
	return count;
}

bool request_gives(const struct request *request, const struct option *option)
{
	for (const struct option *other = options; other->name; other++) {
		bool same = other == option || (option->group && other->group &&
						strcmp(option->group, other->group) == 0);

		if (same && request->given[other - options])
			return true;
	}
	return false;
}

bool request_parse(struct request *request, int argc, char **argv, struct error *error)
{
	struct parsing parsing = {.request = request, .argc = argc, .argv = argv};
	bool only_names = false;

	*request = (struct request){.given = alloc_zero(count_options(), sizeof(bool))};
	for (size_t i = 0; flags[i].name; i++)
		if (flags[i].argument && !*(char **)((char *)request + flags[i].field))
			*(char **)((char *)request + flags[i].field) = alloc_text("");
	settings_init(&request->settings);
	request->passwords = passwords_new();
	request->copies = alloc_zero((size_t)argc + 1, sizeof(*request->copies));
	request->locations = alloc_zero((size_t)argc + 1, sizeof(*request->locations));
	for (parsing.at = 1; parsing.at < argc; parsing.at++) {
		char *text = argv[parsing.at];

		if (only_names || text[0] != '-' || text[1] == '\0')
			take_location(request, text);
		else if (strcmp(text, "--") == 0 && !request->location_count &&
			 run_command_is(argv + parsing.at + 1, argc - parsing.at - 1)) {
			request->command = argv + parsing.at + 1;
			request->command_count = argc - parsing.at - 1;
			break;
		} else if (strcmp(text, "--") == 0)
			only_names = true;
		else if (!take_word(&parsing, text, error))
			return false;
	}
	return check_request(request, error);
}

void request_clear(struct request *request)
{
	settings_clear(&request->settings);
	pattern_free(request->argument);
	free(request->locations);
	free(request->given);
	text_clear(&request->notes);
	for (int i = 0; i < request->copy_count; i++)
		free(request->copies[i]);
	free(request->copies);
	free(request->chosen);
	passwords_free(request->passwords);
	for (size_t i = 0; flags[i].name; i++)
		if (flags[i].argument)
			free(*(char **)((char *)request + flags[i].field));
}
