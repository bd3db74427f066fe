#include "ui/name.h"

#include <string.h>

/* Prefixes of the runtimes we know; the first that fits decides. */
static const struct {
	const char *prefix;
	enum name_class class;
} classes[] = {
	{"runtime.gc", CLASS_COLLECTOR},
	{"runtime.(*gc", CLASS_COLLECTOR},
	{"runtime.scan", CLASS_COLLECTOR},
	{"runtime.mark", CLASS_COLLECTOR},
	{"runtime.(*mark", CLASS_COLLECTOR},
	{"runtime.greyobject", CLASS_COLLECTOR},
	{"runtime.findObject", CLASS_COLLECTOR},
	{"runtime.heapBits", CLASS_COLLECTOR},
	{"runtime.sweep", CLASS_COLLECTOR},
	{"runtime.(*sweep", CLASS_COLLECTOR},
	{"runtime.bgsweep", CLASS_COLLECTOR},
	{"runtime.bgscavenge", CLASS_COLLECTOR},
	{"runtime.wbBuf", CLASS_COLLECTOR},
	{"runtime.(*wbBuf", CLASS_COLLECTOR},
	{"runtime.wbMove", CLASS_COLLECTOR},
	{"runtime.bulkBarrier", CLASS_COLLECTOR},
	{"runtime.mallocgc", CLASS_ALLOCATION},
	{"runtime.newobject", CLASS_ALLOCATION},
	{"runtime.newarray", CLASS_ALLOCATION},
	{"runtime.makeslice", CLASS_ALLOCATION},
	{"runtime.growslice", CLASS_ALLOCATION},
	{"runtime.memclr", CLASS_ALLOCATION},
	{"runtime.(*mcache)", CLASS_ALLOCATION},
	{"runtime.(*mcentral)", CLASS_ALLOCATION},
	{"runtime.(*mheap)", CLASS_ALLOCATION},
	{"runtime.(*pageAlloc)", CLASS_ALLOCATION},
	{"runtime.(*mspan)", CLASS_ALLOCATION},
	{"runtime.nextFreeFast", CLASS_ALLOCATION},
	{"runtime.futex", CLASS_LOCK},
	{"runtime.lock", CLASS_LOCK},
	{"runtime.unlock", CLASS_LOCK},
	{"runtime.sema", CLASS_LOCK},
	{"runtime.note", CLASS_LOCK},
	{"sync.(*Mutex)", CLASS_LOCK},
	{"sync.(*RWMutex)", CLASS_LOCK},
	{"sync.runtime_", CLASS_LOCK},
	{"internal/sync.(*Mutex)", CLASS_LOCK},
	{"runtime.epoll", CLASS_SYSCALL},
	{"runtime.netpoll", CLASS_SYSCALL},
	{"runtime.write1", CLASS_SYSCALL},
	{"runtime.usleep", CLASS_SYSCALL},
	{"runtime.madvise", CLASS_SYSCALL},
	{"runtime.mmap", CLASS_SYSCALL},
	{"runtime.sysMmap", CLASS_SYSCALL},
	{"runtime/internal/syscall.", CLASS_SYSCALL},
	{"internal/runtime/syscall.", CLASS_SYSCALL},
	{"syscall.", CLASS_SYSCALL},
	{"runtime.", CLASS_RUNTIME},
	{"runtime/", CLASS_RUNTIME},
	{"internal/runtime/", CLASS_RUNTIME},
	{"pthread_", CLASS_LOCK},
	{"__pthread_", CLASS_LOCK},
	{"malloc", CLASS_ALLOCATION},
	{"calloc", CLASS_ALLOCATION},
	{"realloc", CLASS_ALLOCATION},
	{"operator new", CLASS_ALLOCATION},
	{"operator delete", CLASS_ALLOCATION},
};

enum name_class name_class(const char *name)
{
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (!strncmp(name, classes[i].prefix, strlen(classes[i].prefix)))
			return classes[i].class;
	return CLASS_PROGRAM;
}

/* The last '/' of the path of the package, before type arguments and parameters. */
static const char *package_slash(const char *name)
{
	const char *slash = NULL;

	for (const char *p = name; *p && !strchr("([<: ", *p); p++)
		if (*p == '/' && p[1])
			slash = p;
	return slash;
}

size_t name_package(const char *name)
{
	const char *slash = package_slash(name), *colons = strstr(name, "::");
	const char *base = slash ? slash + 1 : name;
	size_t length = strcspn(base, ".(<[ ");

	if (!slash && colons && (size_t)(colons - name) <= strcspn(name, "(<[ "))
		return (size_t)(colons - name);
	return base[length] == '.' ? (size_t)(base - name) + length : 0;
}

const char *name_fit(const char *name, enum charset charset, int columns)
{
	const char *slash = package_slash(name);

	if (!slash)
		return name;
	while (name <= slash && canvas_width(charset, name, strlen(name), columns) > columns)
		name += strcspn(name, "/") + 1;
	return name;
}

const char *name_short(const char *name)
{
	size_t package = name_package(name);

	if (!package)
		return name;
	return name + package + (name[package] == '.' ? 1 : 2);
}

/* "Close" of "(*Writer).Close"; a closure keeps the function that it belongs to. */
static const char *drop_receiver(const char *name)
{
	const char *end = name;
	int depth = 0;

	for (; *end && (depth || *end != '.'); end++)
		depth += (*end == '(' || *end == '[' || *end == '<') -
			 (*end == ')' || *end == ']' || *end == '>');
	if (!*end || !end[1] || !strncmp(end, ".func", 5) || (end[1] >= '0' && end[1] <= '9'))
		return name;
	return end + 1;
}

static bool fits(const char *name, enum charset charset, int columns)
{
	return canvas_width(charset, name, strlen(name), columns) <= columns;
}

const char *name_squeeze(const char *name, enum charset charset, int columns)
{
	const char *form = name_fit(name, charset, columns);

	if (fits(form, charset, columns))
		return form;
	form = name_short(name);
	return fits(form, charset, columns) ? form : drop_receiver(form);
}
