/* SPDX-License-Identifier: MIT */
#include "format/legacy/drop_frames.h"

#include <string.h>

#include "base/array.h"

/* The text is pprof's, alternative for alternative: it is part of the profiles that are written. */

static const char allocators[] =
	"calloc|cfree|malloc|free|memalign|do_memalign|(__)?posix_memalign|pvalloc|valloc|realloc|"
	"tcmalloc::.*|tc_calloc|tc_cfree|tc_malloc|tc_free|tc_memalign|tc_posix_memalign|"
	"tc_pvalloc|tc_valloc|tc_realloc|tc_new|tc_delete|tc_newarray|tc_deletearray|"
	"tc_new_nothrow|tc_newarray_nothrow|"
	"malloc_zone_malloc|malloc_zone_calloc|malloc_zone_valloc|malloc_zone_realloc|"
	"malloc_zone_memalign|malloc_zone_free|"
	"runtime\\..*|"
	"BaseArena::.*|(::)?do_malloc_no_errno|(::)?do_malloc_pages|(::)?do_malloc|"
	"DoSampledAllocation|MallocedMemBlock::MallocedMemBlock|_M_allocate|"
	"__builtin_(vec_)?delete|__builtin_(vec_)?new|__gnu_cxx::new_allocator::allocate|"
	"__libc_malloc|__malloc_alloc_template::allocate|allocate|cpp_alloc|"
	"operator new(\\[\\])?|simple_alloc::allocate";

/* Go's runtime is also what calls the program: below these it stays. */
static const char runtime_callers[] = "runtime\\.panic|runtime\\.reflectcall|runtime\\.call[0-9]*";

static const char locks[] =
	"RecordLockProfileData|(base::)?RecordLockProfileData.*|"
	"(base::)?SubmitMutexProfileData.*|(base::)?SubmitSpinLockProfileData.*|"
	"(base::Mutex::)?AwaitCommon.*|(base::Mutex::)?Unlock.*|(base::Mutex::)?UnlockSlow.*|"
	"(base::Mutex::)?ReaderUnlock.*|(base::MutexLock::)?~MutexLock.*|"
	"(Mutex::)?AwaitCommon.*|(Mutex::)?Unlock.*|(Mutex::)?UnlockSlow.*|"
	"(Mutex::)?ReaderUnlock.*|(MutexLock::)?~MutexLock.*|"
	"(SpinLock::)?Unlock.*|(SpinLock::)?SlowUnlock.*|(SpinLockHolder::)?~SpinLockHolder.*";

static const char signal_handlers[] =
	"ProfileData::Add|ProfileData::prof_handler|CpuProfiler::prof_handler|"
	"__pthread_sighandler|__restore";

static const struct {
	const char *types[4];
	const char *drop, *keep;
} kinds[] = {
	{{"objects", "space"}, allocators, runtime_callers},
	{{"inuse_objects", "inuse_space"}, allocators, runtime_callers},
	{{"alloc_objects", "alloc_space", "inuse_objects", "inuse_space"},
	 allocators,
	 runtime_callers},
	{{"contentions", "delay"}, locks, ""},
};

static bool has_types(const struct profile *profile, const char *const types[4])
{
	for (uint32_t i = 0; i < 4 && (types[i] || i < profile->type_count); i++)
		if (!types[i] || i >= profile->type_count ||
		    strcmp(profile_text(profile, profile->types[i].type), types[i]) != 0)
			return false;
	return profile->type_count <= 4;
}

void drop_frames_set(struct builder *builder)
{
	struct profile *profile = builder_profile(builder);
	const char *drop = signal_handlers, *keep = "";

	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (has_types(profile, kinds[i].types)) {
			drop = kinds[i].drop;
			keep = kinds[i].keep;
			break;
		}
	}
	profile->drop_frames = builder_text(builder, drop);
	profile->keep_frames = builder_text(builder, keep);
}
