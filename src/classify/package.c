/* SPDX-License-Identifier: MIT */
#include "classify/package.h"

#include <string.h>

const char *package_slash(const char *name)
{
	const char *slash = NULL;

	for (const char *p = name; *p && !strchr("([<: ", *p); p++)
		if (*p == '/' && p[1])
			slash = p;
	return slash;
}

size_t package_length(const char *name)
{
	const char *slash = package_slash(name), *colons = strstr(name, "::");
	const char *base = slash ? slash + 1 : name;
	size_t length = strcspn(base, ".(<[ ");

	if (!slash && colons && (size_t)(colons - name) <= strcspn(name, "(<[ "))
		return (size_t)(colons - name);
	return base[length] == '.' ? (size_t)(base - name) + length : 0;
}

const char *package_member(const char *name)
{
	size_t package = package_length(name);

	if (!package)
		return name;
	return name + package + (name[package] == '.' ? 1 : 2);
}
