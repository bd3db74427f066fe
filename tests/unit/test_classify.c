/* SPDX-License-Identifier: MIT */
/* Packages, kinds of work and owners of functions, by the names of Go 1.19 to 1.26 and other languages. */
#include "fixture.h"

#include "base/pattern.h"
#include "classify/kind_table.h"
#include "classify/owner.h"
#include "classify/package.h"

static void the_table_is_sorted_and_unambiguous(void **state)
{
	(void)state;
	for (size_t i = 1; i < kind_row_count; i++)
		if (strcmp(kind_rows[i - 1].start, kind_rows[i].start) >= 0)
			fail_msg("%s stands in front of %s", kind_rows[i - 1].start,
				 kind_rows[i].start);
	for (size_t i = 0; i < kind_row_count; i++) {
		const struct kind_row *outer = &kind_rows[i];

		if (outer->match == WHOLE || outer->kind >= KIND_WORK_COUNT)
			continue;
		for (size_t k = i + 1; k < kind_row_count; k++)
			if (!strncmp(kind_rows[k].start, outer->start, strlen(outer->start)))
				fail_msg("%s is part of %s already", kind_rows[k].start,
					 outer->start);
	}
}

/* What find_row finds by halving, found by looking at every row. */
static enum kind slow_kind(const char *name)
{
	enum kind kind = KIND_OTHER;
	size_t longest = 0;

	for (size_t i = 0; i < kind_row_count; i++) {
		size_t length = strlen(kind_rows[i].start);
		char next;

		if (length <= longest || strncmp(name, kind_rows[i].start, length) != 0)
			continue;
		next = name[length];
		if (kind_rows[i].match == WHOLE &&
		    ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') ||
		     (next >= '0' && next <= '9') || next == '_'))
			continue;
		longest = length;
		kind = kind_rows[i].kind;
	}
	return kind;
}

static void check_name(const char *name)
{
	if (kind_of(name) != slow_kind(name))
		fail_msg("%s is %s, not %s", name, kind_name(kind_of(name)),
			 kind_name(slow_kind(name)));
}

static void a_search_finds_the_longest_row(void **state)
{
	static const char *const files[] = {"web_before.cpu.pb.gz", "go126/web_before.cpu.pb.gz",
					    "gperftools_cppdemo.cpu", "node.wall.pb.gz"};
	static const char *const tails[] = {"", "x", ".func1", "(int)", "_1", "\xff"};
	struct text name = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		struct profile *profile = fixture_load(files[i]);

		for (function_id f = 0; f < profile->function_count; f++)
			check_name(profile_text(profile, profile->functions[f].name));
		profile_free(profile);
	}
	for (size_t i = 0; i < kind_row_count; i++)
		for (size_t length = strlen(kind_rows[i].start); length; length--)
			for (size_t k = 0; k < COUNT(tails); k++) {
				text_reset(&name);
				text_add(&name, kind_rows[i].start, length);
				text_add_string(&name, tails[k]);
				check_name(name.bytes);
			}
	text_clear(&name);
}

static const struct {
	const char *name;
	enum kind kind;
} known[] = {
	/* Go 1.19. */
	{"runtime.gcBgMarkWorker.func2", KIND_GC},
	{"runtime.scanobject", KIND_GC},
	{"runtime.(*gcWork).tryGetFast", KIND_GC},
	{"runtime.(*sweepLocked).sweep", KIND_GC},
	{"runtime.gcWriteBarrierSI", KIND_GC},
	{"runtime.heapBitsForAddr", KIND_GC},
	{"runtime.heapBitsSetType", KIND_ALLOCATION},
	{"runtime.mallocgc", KIND_ALLOCATION},
	{"runtime.(*mcache).refill", KIND_ALLOCATION},
	{"runtime.(*mcache).prepareForSweep", KIND_GC},
	{"runtime.(*pageAlloc).scavengeOne", KIND_GC},
	{"runtime.(*pageAlloc).allocRange", KIND_ALLOCATION},
	{"runtime/internal/syscall.Syscall6", KIND_SYSCALL},
	{"runtime/internal/atomic.(*Uint32).CompareAndSwap", KIND_RUNTIME},
	{"runtime.exitsyscallfast", KIND_SYSCALL},
	{"runtime.mapaccess1_faststr", KIND_MAP},
	{"runtime.evacuate_fast64", KIND_MAP},
	{"type..eq.net/http.connectMethodKey", KIND_RUNTIME},
	/* Go 1.20 to 1.26. */
	{"gcWriteBarrier", KIND_GC},
	{"runtime.scanObject", KIND_GC},
	{"runtime.scanSpan", KIND_GC},
	{"runtime.tryDeferToSpanScan", KIND_GC},
	{"runtime.(*spanInlineMarkBits).tryAcquire", KIND_GC},
	{"internal/runtime/gc/scan.ScanSpanPackedAVX512", KIND_GC},
	{"runtime.gcMarkDone.forEachP.func5", KIND_GC},
	{"runtime.mallocgcSmallScanNoHeader", KIND_ALLOCATION},
	{"runtime.mallocgcTiny", KIND_ALLOCATION},
	{"internal/runtime/maps.(*Map).putSlotSmallFastStr", KIND_MAP},
	{"internal/sync.(*HashTrieMap[...]).Store", KIND_MAP},
	{"internal/sync.(*Mutex).lockSlow", KIND_LOCK},
	{"internal/sync.runtime_SemacquireMutex", KIND_LOCK},
	{"internal/runtime/syscall/linux.EpollWait", KIND_SYSCALL},
	{"internal/runtime/syscall.Syscall6", KIND_SYSCALL},
	{"internal/runtime/atomic.(*Int32).Add", KIND_RUNTIME},
	{"internal/runtime/exithook.Run", KIND_RUNTIME},
	{"runtime.(*unwinder).next", KIND_RUNTIME},
	{"type:.hash.net/http.connectMethodKey", KIND_MAP},
	/* One answer where tables used to disagree. */
	{"runtime.futex", KIND_SCHEDULER},
	{"runtime.usleep", KIND_SCHEDULER},
	{"runtime.memclrNoHeapPointers", KIND_MEMORY},
	{"runtime.memmove", KIND_MEMORY},
	/* What calls back into the program is not a kind of work. */
	{"runtime.main", KIND_RUNTIME},
	{"runtime.goexit", KIND_RUNTIME},
	{"runtime.goexit0", KIND_SCHEDULER},
	{"runtime.deferreturn", KIND_RUNTIME},
	{"runtime.gopark", KIND_RUNTIME},
	{"runtime.mstart1", KIND_RUNTIME},
	{"runtime/pprof.Do", KIND_RUNTIME},
	{"sync.(*Once).Do", KIND_OTHER},
	/* Whole names only. */
	{"runtime.block", KIND_CHANNEL},
	{"runtime.blockevent", KIND_RUNTIME},
	{"runtime.lock", KIND_LOCK},
	{"runtime.lockOSThread", KIND_RUNTIME},
	{"malloc", KIND_ALLOCATION},
	{"malloc@plt", KIND_ALLOCATION},
	{"mallocator", KIND_OTHER},
	{"freeze", KIND_OTHER},
	/* Other languages and the kernel. */
	{"operator new(unsigned long)", KIND_ALLOCATION},
	{"__memmove_avx_unaligned_erms", KIND_MEMORY},
	{"pthread_mutex_lock", KIND_LOCK},
	{"pthread_create", KIND_OTHER},
	{"entry_SYSCALL_64_after_hwframe", KIND_SYSCALL},
	{"__x64_sys_futex", KIND_SYSCALL},
	{"[kernel.kallsyms]", KIND_SYSCALL},
	{"__rust_alloc", KIND_ALLOCATION},
	{"hashbrown::map::HashMap<K,V,S>::insert", KIND_MAP},
	{"java.util.concurrent.locks.LockSupport.park", KIND_LOCK},
	{"(garbage collector)", KIND_GC},
	{"_PyEval_EvalFrameDefault", KIND_RUNTIME},
	{"main.main", KIND_OTHER},
	{"net/http.(*conn).serve", KIND_OTHER},
	{"logger.Print", KIND_OTHER},
	{"", KIND_OTHER},
};

static void names_have_the_kind_that_an_expert_would_give(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(known); i++)
		if (kind_of(known[i].name) != known[i].kind)
			fail_msg("%s is %s, not %s", known[i].name,
				 kind_name(kind_of(known[i].name)), kind_name(known[i].kind));
	assert_int_equal(kind_of("system calls"), KIND_OTHER);
	assert_int_equal(kind_of_frame("system calls"), KIND_SYSCALL);
	assert_int_equal(kind_of_frame("other code"), KIND_OTHER);
	assert_int_equal(kind_of_frame("runtime.gcStart"), KIND_GC);
}

/* A pattern made of some names of a kind matches these and nothing of another kind. */
static void patterns_match_one_kind(void **state)
{
	(void)state;
	for (int kind = 0; kind < KIND_WORK_COUNT; kind++) {
		const char *names[COUNT(known)];
		struct text text = {0};
		struct pattern *pattern;
		struct error error;
		size_t count = 0;

		for (size_t i = 0; i < COUNT(known); i++)
			if (kind_of(known[i].name) == (enum kind)kind)
				names[count++] = known[i].name;
		kind_pattern(names, count, &text);
		pattern = pattern_new(text_string(&text), false, &error);
		assert_non_null(pattern);
		for (size_t i = 0; count && i < COUNT(known); i++)
			if (pattern_matches(pattern, known[i].name, strlen(known[i].name)) !=
			    (kind_of(known[i].name) == (enum kind)kind))
				fail_msg("%s and %s: %s", known[i].name, kind_name((enum kind)kind),
					 text.bytes);
		pattern_free(pattern);
		text_clear(&text);
	}
}

static void a_pattern_names_a_package_once(void **state)
{
	static const char *const names[] = {"runtime.gcDrain", "runtime.bgsweep", "runtime.GC",
					    "gcWriteBarrierBX", "runtime.gcStart"};
	struct text text = {0};

	(void)state;
	kind_pattern(names, COUNT(names), &text);
	assert_string_equal(text.bytes, "^gcWriteBarrier|^runtime\\.(?:GC\\b|bgsweep|gc)");
	text_clear(&text);
}

static void packages_end_before_the_function(void **state)
{
	(void)state;
	assert_int_equal(package_length("net/http.(*conn).serve"), 8);
	assert_int_equal(package_length("github.com/x/y.v2/z.F[go.shape.int]"), 19);
	assert_int_equal(package_length("main.main"), 4);
	assert_int_equal(package_length("std::vector<int>::push_back"), 3);
	assert_int_equal(package_length("main.F[a/b.C]"), 4);
	assert_int_equal(package_length("(anonymous)"), 0);
	assert_int_equal(package_length("main"), 0);
	assert_int_equal(package_length(""), 0);
	assert_string_equal(package_member("net/http.(*conn).serve"), "(*conn).serve");
	assert_string_equal(package_member("std::sort"), "sort");
	assert_string_equal(package_member("main"), "main");
}

static void the_standard_library_is_known_by_name(void **state)
{
	(void)state;
	assert_false(owner_is_go_standard("main.main"));
	assert_false(owner_is_go_standard("example.com/app/store.(*T).get"));
	assert_false(owner_is_go_standard("cmd/compile/internal/gc.Main"));
	assert_false(owner_is_go_standard("myapp/http.Serve"));
	assert_true(owner_is_go_standard("net/http.(*Server).Serve"));
	assert_true(owner_is_go_standard("runtime.mallocgc"));
	assert_true(owner_is_go_standard("internal/poll.(*FD).Read"));
	assert_true(owner_is_go_standard("type:.eq.x"));
	assert_true(owner_is_go_standard("[frames elided]"));
	assert_true(owner_is_go_standard("memcpy"));
	assert_true(owner_is_go_standard(""));
}

struct owned {
	const char *name, *file, *library;
	enum owner owner;
};

static void check_owners(const struct owned *functions, size_t count)
{
	struct owner_survey survey = {0};

	for (size_t i = 0; i < count; i++)
		owner_survey_add(&survey, functions[i].name, functions[i].file);
	for (size_t i = 0; i < count; i++) {
		enum owner owner = owner_of(&survey, functions[i].name, functions[i].file,
					    functions[i].library);

		if (owner != functions[i].owner)
			fail_msg("%s in %s is of owner %d, not %d", functions[i].name,
				 functions[i].file, (int)owner, (int)functions[i].owner);
	}
}

static void owners_are_told_apart(void **state)
{
	static const struct owned go[] = {
		{"runtime.mallocgc", "runtime/malloc.go", "", OWNER_STANDARD},
		{"memeqbody", "internal/bytealg/equal_amd64.s", "", OWNER_STANDARD},
		{"main.main", "example.com/corpus/web/main.go", "", OWNER_PROGRAM},
		{"example.com/corpus/store.Get", "example.com/corpus/store/db.go", "",
		 OWNER_PROGRAM},
		{"github.com/a/b.Do", "github.com/a/b@v1.2.3/b.go", "", OWNER_THIRD_PARTY},
		{"golang.org/x/sys/unix.Read", "golang.org/x/sys@v0.1.0/unix/z.go", "",
		 OWNER_THIRD_PARTY},
		{"encoding/json.Marshal", "encoding/json/encode.go", "", OWNER_STANDARD},
	};
	static const struct owned dump[] = {
		{"runtime.gopark", "", "", OWNER_STANDARD}, {"main.main", "", "", OWNER_PROGRAM},
		{"shop/cart.Add", "", "", OWNER_PROGRAM},   {"fmt.Sprint", "", "", OWNER_STANDARD},
		{"do_syscall_64", "", "", OWNER_STANDARD},
	};
	static const struct owned native[] = {
		{"work", "", "/srv/app", OWNER_PROGRAM},
		{"qsort_r", "", "/usr/lib/libc.so.6", OWNER_STANDARD},
		{"malloc", "", "", OWNER_STANDARD},
		{"std::sort<int*>", "/usr/include/c++/12/bits/stl_algo.h", "", OWNER_STANDARD},
		{"get", "/app/node_modules/lru/index.js", "", OWNER_THIRD_PARTY},
	};

	(void)state;
	check_owners(go, COUNT(go));
	check_owners(dump, COUNT(dump));
	check_owners(native, COUNT(native));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_is_sorted_and_unambiguous),
		cmocka_unit_test(a_search_finds_the_longest_row),
		cmocka_unit_test(names_have_the_kind_that_an_expert_would_give),
		cmocka_unit_test(patterns_match_one_kind),
		cmocka_unit_test(a_pattern_names_a_package_once),
		cmocka_unit_test(packages_end_before_the_function),
		cmocka_unit_test(the_standard_library_is_known_by_name),
		cmocka_unit_test(owners_are_told_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
