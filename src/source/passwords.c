/* SPDX-License-Identifier: MIT */
#include "source/passwords.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"

#define HIDDEN "xxxxx"

struct known {
	char *key; /* user and host */
	char *password;
};

struct passwords {
	pthread_mutex_t mutex;
	struct known *known;
	size_t count, capacity;
};

struct passwords *passwords_new(void)
{
	struct passwords *passwords = alloc_zero(1, sizeof(*passwords));

	pthread_mutex_init(&passwords->mutex, NULL);
	return passwords;
}

static void clear_known(struct known *known)
{
	explicit_bzero(known->password, strlen(known->password));
	free(known->password);
	free(known->key);
}

void passwords_free(struct passwords *passwords)
{
	if (!passwords)
		return;
	for (size_t i = 0; i < passwords->count; i++)
		clear_known(&passwords->known[i]);
	free(passwords->known);
	pthread_mutex_destroy(&passwords->mutex);
	free(passwords);
}

/* Looser than the rules of a URL: what turns out to be none is shown in a message. */
struct span passwords_find(const char *location)
{
	const char *scheme = strstr(location, "://"), *at = scheme ? scheme + 3 : location;
	const char *end = at + strcspn(at, "/"), *host = end, *colon;

	while (host > at && host[-1] != '@')
		host--;
	colon = host > at ? memchr(at, ':', (size_t)(host - at)) : NULL;
	if (!colon || colon == at)
		return (struct span){at, at};
	return (struct span){colon + 1, host - 1};
}

static char *key_of(const struct address *address)
{
	struct text text = {0};

	/* Not of a scheme: a store has one of its own. */
	text_printf(&text, "%s@%s", address->user,
		    address->socket ? address->socket : address->host);
	return text.bytes;
}

static struct known *find(struct passwords *passwords, const char *key)
{
	for (size_t i = 0; i < passwords->count; i++)
		if (strcmp(passwords->known[i].key, key) == 0)
			return &passwords->known[i];
	return NULL;
}

static void remember(struct passwords *passwords, const struct address *address)
{
	struct known made = {key_of(address), alloc_text(address->password)}, *known;

	pthread_mutex_lock(&passwords->mutex);
	known = find(passwords, made.key);
	if (known) {
		clear_known(known);
		*known = made;
	} else {
		array_push(passwords->known, passwords->count, passwords->capacity, made);
	}
	pthread_mutex_unlock(&passwords->mutex);
}

char *passwords_hide(struct passwords *passwords, const char *location)
{
	struct span password = passwords_find(location);
	struct address address;
	struct text shown = {0};

	if (span_is_empty(password))
		return alloc_text(location);
	if (!span_equals(password, HIDDEN) && address_parse(location, &address)) {
		if (address.password)
			remember(passwords, &address);
		address_clear(&address);
	}
	text_add(&shown, location, (size_t)(password.at - location));
	text_printf(&shown, "%s%s", HIDDEN, password.end);
	return shown.bytes;
}

void passwords_fill(struct passwords *passwords, struct address *address)
{
	const struct known *known;
	char *key;

	if (!address->user || !address->password || strcmp(address->password, HIDDEN) != 0)
		return;
	key = key_of(address);
	pthread_mutex_lock(&passwords->mutex);
	known = find(passwords, key);
	if (known) {
		free(address->password);
		address->password = alloc_text(known->password);
	}
	pthread_mutex_unlock(&passwords->mutex);
	free(key);
}
