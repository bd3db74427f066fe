/* SPDX-License-Identifier: MIT */
#include "transform/secret_key.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST_WORD = 32, MOST_WORDS = 4 };

/* The last words of a name in lower case, the last one first. */
struct words {
	char word[MOST_WORDS][LONGEST_WORD + 1];
	size_t count;
};

static const struct {
	const char *word;
	enum secret_key kind;
} known[] = {
	{"password", SECRET_ANY},
	{"passwords", SECRET_ANY},
	{"passwd", SECRET_ANY},
	{"passwds", SECRET_ANY},
	{"passphrase", SECRET_ANY},
	{"passphrases", SECRET_ANY},
	{"passcode", SECRET_ANY},
	{"passcodes", SECRET_ANY},
	{"pass", SECRET_ANY},
	{"pwd", SECRET_ANY},
	{"pswd", SECRET_ANY},
	{"pw", SECRET_ANY},
	{"psk", SECRET_ANY},
	{"pin", SECRET_ANY},
	{"otp", SECRET_ANY},
	{"totp", SECRET_ANY},
	{"mfa", SECRET_ANY},
	{"cvv", SECRET_ANY},
	{"ssn", SECRET_ANY},
	{"secret", SECRET_ANY},
	{"secrets", SECRET_ANY},
	{"token", SECRET_VALUE},
	{"tokens", SECRET_VALUE},
	{"jwt", SECRET_VALUE},
	{"credential", SECRET_VALUE},
	{"credentials", SECRET_ANY},
	{"creds", SECRET_VALUE},
	{"cred", SECRET_VALUE},
	{"key", SECRET_VALUE},
	{"keys", SECRET_VALUE},
	{"bearer", SECRET_VALUE},
	{"signature", SECRET_VALUE},
	{"sig", SECRET_VALUE},
	{"hmac", SECRET_VALUE},
	{"session", SECRET_VALUE},
	{"sid", SECRET_VALUE},
	{"auth", SECRET_VALUE},
	{"dsn", SECRET_VALUE},
	{"csrf", SECRET_VALUE},
	{"xsrf", SECRET_VALUE},
	{"authorization", SECRET_LINE},
	{"cookie", SECRET_LINE},
	{"cookies", SECRET_LINE},
	{"mnemonic", SECRET_LINE},
};

/* Words that are written together: pgpassword, accesstoken, jsessionid. */
static const char *const endings[] = {
	"password",   "passwd",           "passphrase",  "passcode",  "secret",
	"token",      "credential",       "credentials", "apikey",    "accesskey",
	"secretkey",  "privatekey",       "authkey",     "sshkey",    "masterkey",
	"signingkey", "encryptionkey",    "sessionkey",  "sharedkey", "accountkey",
	"rsakey",     "hmackey",          "sessionid",   "sessid",    "authcode",
	"connstr",    "connectionstring",
};

/* Behind one of the words above they are part of it: session_id, token_value. */
static const char *const tails[] = {"id",  "value",  "hash",   "string", "str",  "data", "b64",
				    "hex", "base64", "header", "text",   "code", "env"};

static bool is_boundary(const struct secret_text *text, size_t from, size_t at)
{
	char before = text->chars[at - 1], here = text->chars[at];

	if (secret_is_lower(before) && secret_is_upper(here))
		return true;
	/* The T of HTTPToken. */
	return at > from && secret_is_upper(before) && secret_is_upper(here) &&
	       secret_is_lower(secret_char(text, at + 1)) && secret_is_word(here);
}

/* Digits at the end of a word do not change it: password2. */
static void add_word(struct words *words, const struct secret_text *text, size_t from, size_t to)
{
	char *word = words->word[words->count];
	size_t length;

	while (to > from + 1 && secret_is_digit(text->chars[to - 1]))
		to--;
	length = to - from;
	if (length > LONGEST_WORD)
		from = to - (length = LONGEST_WORD);
	for (size_t i = 0; i < length; i++)
		word[i] = secret_lower(text->chars[from + i]);
	word[length] = '\0';
	words->count++;
}

static void split(const struct secret_text *text, size_t from, size_t to, struct words *words)
{
	size_t end = to;

	while (end > from && words->count < MOST_WORDS) {
		size_t start;

		while (end > from && !secret_is_word(text->chars[end - 1]))
			end--;
		for (start = end; start > from && secret_is_word(text->chars[start - 1]); start--)
			if (start < end && is_boundary(text, from, start))
				break;
		if (start < end)
			add_word(words, text, start, end);
		end = start;
	}
}

static bool ends_with(const char *word, const char *ending)
{
	size_t length = strlen(word), size = strlen(ending);

	return length >= size && !strcmp(word + length - size, ending);
}

static enum secret_key kind_of(const char *word)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (!strcmp(word, known[i].word))
			return known[i].kind;
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		if (ends_with(word, endings[i]))
			return SECRET_VALUE;
	return SECRET_NONE;
}

static bool is_tail(const char *word)
{
	for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++)
		if (!strcmp(word, tails[i]))
			return true;
	return false;
}

enum secret_key secret_key_kind(const struct secret_text *text, size_t from, size_t to)
{
	struct words words = {0};
	enum secret_key kind;
	char joined[2 * LONGEST_WORD + 1];

	split(text, from, to, &words);
	if (!words.count)
		return SECRET_NONE;
	kind = kind_of(words.word[0]);
	/* pass word, api_key, j-session */
	if (!kind && words.count > 1) {
		snprintf(joined, sizeof(joined), "%s%s", words.word[1], words.word[0]);
		kind = kind_of(joined);
	}
	if (!kind && words.count > 1 && is_tail(words.word[0]))
		kind = kind_of(words.word[1]) == SECRET_VALUE && !strcmp(words.word[1], "key")
			       ? SECRET_NONE /* a key id says which, not what */
			       : kind_of(words.word[1]);
	return kind;
}
