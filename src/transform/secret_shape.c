/* SPDX-License-Identifier: MIT */
#include "transform/secret_shape.h"

#include <string.h>

/* What a token is made of behind its prefix. */
enum alphabet {
	CAPITALS, /* and digits */
	WORDS,    /* letters, digits, _ and - */
	DOTTED,   /* . as well */
	PATHS,    /* / as well */
};

static const struct {
	const char *prefix;
	enum alphabet alphabet;
	size_t least; /* characters behind the prefix */
	bool keeps;   /* the prefix says whose it is and stays */
} shapes[] = {
	{"AKIA", CAPITALS, 12, false},
	{"ASIA", CAPITALS, 12, false},
	{"AROA", CAPITALS, 12, false},
	{"AIDA", CAPITALS, 12, false},
	{"ABIA", CAPITALS, 12, false},
	{"ACCA", CAPITALS, 12, false},
	{"ghp_", WORDS, 16, false},
	{"gho_", WORDS, 16, false},
	{"ghu_", WORDS, 16, false},
	{"ghs_", WORDS, 16, false},
	{"ghr_", WORDS, 16, false},
	{"github_pat_", WORDS, 16, false},
	{"glpat-", WORDS, 10, false},
	{"gldt-", WORDS, 10, false},
	{"glrt-", WORDS, 10, false},
	{"xoxa-", WORDS, 4, false},
	{"xoxb-", WORDS, 4, false},
	{"xoxe-", WORDS, 4, false},
	{"xoxp-", WORDS, 4, false},
	{"xoxr-", WORDS, 4, false},
	{"xoxs-", WORDS, 4, false},
	{"xapp-", WORDS, 4, false},
	{"sk-live-", WORDS, 4, false},
	{"sk-test-", WORDS, 4, false},
	{"sk_live_", WORDS, 4, false},
	{"sk_test_", WORDS, 4, false},
	{"rk_live_", WORDS, 4, false},
	{"rk_test_", WORDS, 4, false},
	{"pk_live_", WORDS, 4, false},
	{"whsec_", WORDS, 8, false},
	{"sk-ant-", WORDS, 8, false},
	{"sk-proj-", WORDS, 8, false},
	{"sk-", WORDS, 20, false},
	{"eyJ", DOTTED, 8, false},
	{"AIza", WORDS, 30, false},
	{"ya29.", DOTTED, 16, false},
	{"SG.", DOTTED, 30, false},
	{"npm_", WORDS, 30, false},
	{"pypi-", WORDS, 30, false},
	{"dop_v1_", WORDS, 30, false},
	{"hf_", WORDS, 30, false},
	{"hvs.", DOTTED, 16, false},
	{"hvb.", DOTTED, 16, false},
	{"shpat_", WORDS, 16, false},
	{"shpss_", WORDS, 16, false},
	{"dckr_pat_", WORDS, 16, false},
	{"lin_api_", WORDS, 16, false},
	{"NRAK-", WORDS, 16, false},
	{"PMAK-", WORDS, 16, false},
	{"tskey-", WORDS, 10, false},
	{"sntrys_", WORDS, 16, false},
	{"sq0atp-", WORDS, 12, false},
	{"sq0csp-", WORDS, 12, false},
	{"rubygems_", WORDS, 30, false},
	{"AGE-SECRET-KEY-", WORDS, 16, false},
	{"hooks.slack.com/services/", PATHS, 12, true},
	{"discord.com/api/webhooks/", PATHS, 12, true},
	{"api.telegram.org/bot", PATHS, 12, true},
};

enum { RANDOM_LEAST = 32, RANDOM_EACH = 4 };

static bool is_of(char c, enum alphabet alphabet)
{
	if (alphabet == CAPITALS)
		return secret_is_upper(c) || secret_is_digit(c);
	if (secret_is_word(c) || c == '_' || c == '-')
		return true;
	return alphabet == PATHS ? strchr("./:+=", c) != NULL && c
				 : alphabet == DOTTED && (c == '.' || c == '=');
}

static bool starts(const struct secret_text *text, size_t at, const char *prefix)
{
	size_t length = strlen(prefix);

	return text->count - at >= length && !memcmp(text->chars + at, prefix, length);
}

static int class_of(char c)
{
	return secret_is_digit(c) ? 0 : secret_is_upper(c) ? 1 : secret_is_lower(c) ? 2 : 3;
}

/* Long, with all kinds of characters that change all the time, as no name does; not a mangled name. */
static size_t random_end(const struct secret_text *text, size_t at)
{
	size_t counts[4] = {0}, changes = 0, end = at;

	/* Only at its start, so that each is read once. */
	if (starts(text, at, "_Z") || starts(text, at, "_R") ||
	    (at > 0 && strchr("+_-", text->chars[at - 1])))
		return 0;
	for (; end < text->count; end++) {
		char c = text->chars[end];

		if (!secret_is_word(c) && !strchr("+_-", c))
			break;
		counts[class_of(c)]++;
		changes += end > at && class_of(c) != class_of(text->chars[end - 1]);
	}
	return end - at >= RANDOM_LEAST && counts[0] >= RANDOM_EACH && counts[1] >= RANDOM_EACH &&
			       counts[2] >= RANDOM_EACH && changes * 20 >= (end - at) * 9
		       ? end
		       : 0;
}

size_t secret_shape_end(const struct secret_text *text, size_t at, size_t *from)
{
	*from = at;
	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
		size_t end = at + strlen(shapes[i].prefix), start = end;

		if (!starts(text, at, shapes[i].prefix))
			continue;
		while (end < text->count && is_of(text->chars[end], shapes[i].alphabet))
			end++;
		if (end - start < shapes[i].least)
			continue;
		*from = shapes[i].keeps ? start : at;
		return end;
	}
	return random_end(text, at);
}

bool secret_looks_like_value(const struct secret_text *text, size_t at)
{
	size_t digits = 0, capitals = 0, small = 0, count;

	for (; at < text->count; at++) {
		char c = text->chars[at];

		if (!secret_is_word(c) && !strchr("+=-", c))
			break;
		digits += secret_is_digit(c);
		capitals += secret_is_upper(c);
		small += secret_is_lower(c);
	}
	count = digits + capitals + small;
	if (capitals >= 5 && !small)
		return true;
	/* Not func1, x86_64, sha256 or a line. */
	return count >= 6 && digits >= 2 && capitals + small >= 1 && digits * 6 >= count &&
	       !(digits <= 3 && capitals + small >= 3 && count <= 8);
}
