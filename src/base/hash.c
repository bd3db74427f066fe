/* SPDX-License-Identifier: MIT */
#include "base/hash.h"

#include <sys/auxv.h>
#include <time.h>
#include <unistd.h>

static uint64_t key[2] = {0x9e3779b97f4a7c15u, 0xd1b54a32d192ed03u};
const uint64_t *const hash_key = key;

/* The kernel gives every program 16 random bytes; asking for them cannot fail half-way. */
__attribute__((constructor)) static void choose_key(void)
{
	const void *random = (const void *)getauxval(AT_RANDOM);

	if (random) {
		memcpy(key, random, sizeof(key));
	} else {
		key[0] ^= hash_mix((uint64_t)time(NULL) ^ (uint64_t)getpid() << 32);
		key[1] ^= hash_mix(key[0]);
	}
	key[1] |= 1;
}
