# Tests. Every entry of TESTS runs under tests/tally, which counts its single cases.

LOG_DRIVER = $(SHELL) $(top_srcdir)/tests/tally
AM_TESTS_ENVIRONMENT = \
	top_srcdir='$(abs_top_srcdir)'; export top_srcdir; \
	top_builddir='$(abs_top_builddir)'; export top_builddir; \
	NCPROF='$(abs_top_builddir)/ncprof'; export NCPROF; \
	GOROOT=/nowhere; export GOROOT; GOMODCACHE=/nowhere; export GOMODCACHE; \
	TZ=UTC; export TZ; LC_ALL=C.UTF-8; export LC_ALL;

# files: test programs
unit_tests = \
	tests/unit/test_address \
	tests/unit/test_bench \
	tests/unit/test_binary_path \
	tests/unit/test_builder \
	tests/unit/test_call_graph \
	tests/unit/test_call_tree \
	tests/unit/test_captured \
	tests/unit/test_class \
	tests/unit/test_classify \
	tests/unit/test_collapsed_view \
	tests/unit/test_compare \
	tests/unit/test_contention \
	tests/unit/test_cross \
	tests/unit/test_decimal \
	tests/unit/test_demangle \
	tests/unit/test_dot_style \
	tests/unit/test_escape \
	tests/unit/test_filter \
	tests/unit/test_flame_walk \
	tests/unit/test_folded \
	tests/unit/test_foreign \
	tests/unit/test_function_table \
	tests/unit/test_gctrace \
	tests/unit/test_go_count \
	tests/unit/test_goroutine \
	tests/unit/test_gperftools \
	tests/unit/test_heap \
	tests/unit/test_inline_label \
	tests/unit/test_instructions \
	tests/unit/test_intern \
	tests/unit/test_java \
	tests/unit/test_json \
	tests/unit/test_json_profiles \
	tests/unit/test_load \
	tests/unit/test_load_address \
	tests/unit/test_memory_map \
	tests/unit/test_options \
	tests/unit/test_parallel \
	tests/unit/test_path \
	tests/unit/test_pattern \
	tests/unit/test_perf \
	tests/unit/test_perf_stat \
	tests/unit/test_pprof \
	tests/unit/test_pprof_sample \
	tests/unit/test_process \
	tests/unit/test_proto \
	tests/unit/test_prune \
	tests/unit/test_re2 \
	tests/unit/test_redact \
	tests/unit/test_request \
	tests/unit/test_rust_name \
	tests/unit/test_sandwich \
	tests/unit/test_secret \
	tests/unit/test_shell \
	tests/unit/test_short_name \
	tests/unit/test_source_files \
	tests/unit/test_source_search \
	tests/unit/test_stream \
	tests/unit/test_tab_table \
	tests/unit/test_tables \
	tests/unit/test_text \
	tests/unit/test_text_stacks \
	tests/unit/test_thread \
	tests/unit/test_threadz \
	tests/unit/test_trace \
	tests/unit/test_ui_canvas \
	tests/unit/test_ui_classes \
	tests/unit/test_ui_clipboard \
	tests/unit/test_ui_command \
	tests/unit/test_ui_compare \
	tests/unit/test_ui_config \
	tests/unit/test_ui_diagnosis \
	tests/unit/test_ui_empty \
	tests/unit/test_ui_faults \
	tests/unit/test_ui_files \
	tests/unit/test_ui_filters \
	tests/unit/test_ui_gc \
	tests/unit/test_ui_help \
	tests/unit/test_ui_icicle \
	tests/unit/test_ui_keys \
	tests/unit/test_ui_kinds \
	tests/unit/test_ui_labels \
	tests/unit/test_ui_lines \
	tests/unit/test_ui_mouse \
	tests/unit/test_ui_moves \
	tests/unit/test_ui_name \
	tests/unit/test_ui_numbers \
	tests/unit/test_ui_order \
	tests/unit/test_ui_overview \
	tests/unit/test_ui_own_code \
	tests/unit/test_ui_panes \
	tests/unit/test_ui_places \
	tests/unit/test_ui_prompt \
	tests/unit/test_ui_reports \
	tests/unit/test_ui_rows \
	tests/unit/test_ui_sandwich \
	tests/unit/test_ui_source \
	tests/unit/test_ui_theme \
	tests/unit/test_ui_tree \
	tests/unit/test_ui_undo \
	tests/unit/test_unit \
	tests/unit/test_url \
	tests/unit/test_visual_graph
tests_unit_test_ui_canvas_LDADD = $(ui_test_libraries)
tests_unit_test_ui_classes_LDADD = $(ui_test_libraries)
tests_unit_test_ui_clipboard_LDADD = $(ui_test_libraries)
tests_unit_test_ui_command_LDADD = $(ui_test_libraries)
tests_unit_test_ui_compare_LDADD = $(ui_test_libraries)
tests_unit_test_ui_config_LDADD = $(ui_test_libraries)
tests_unit_test_ui_diagnosis_LDADD = $(ui_test_libraries)
tests_unit_test_ui_empty_LDADD = $(ui_test_libraries)
tests_unit_test_ui_faults_LDADD = $(ui_test_libraries)
tests_unit_test_ui_files_LDADD = $(ui_test_libraries)
tests_unit_test_ui_filters_LDADD = $(ui_test_libraries)
tests_unit_test_ui_gc_LDADD = $(ui_test_libraries)
tests_unit_test_ui_help_LDADD = $(ui_test_libraries)
tests_unit_test_ui_icicle_LDADD = $(ui_test_libraries)
tests_unit_test_ui_keys_LDADD = $(ui_test_libraries)
tests_unit_test_ui_kinds_LDADD = $(ui_test_libraries)
tests_unit_test_ui_labels_LDADD = $(ui_test_libraries)
tests_unit_test_ui_lines_LDADD = $(ui_test_libraries)
tests_unit_test_ui_mouse_LDADD = $(ui_test_libraries)
tests_unit_test_ui_moves_LDADD = $(ui_test_libraries)
tests_unit_test_ui_name_LDADD = $(ui_test_libraries)
tests_unit_test_ui_numbers_LDADD = $(ui_test_libraries)
tests_unit_test_ui_order_LDADD = $(ui_test_libraries)
tests_unit_test_ui_overview_LDADD = $(ui_test_libraries)
tests_unit_test_ui_own_code_LDADD = $(ui_test_libraries)
tests_unit_test_ui_panes_LDADD = $(ui_test_libraries)
tests_unit_test_ui_places_LDADD = $(ui_test_libraries)
tests_unit_test_ui_prompt_LDADD = $(ui_test_libraries)
tests_unit_test_ui_reports_LDADD = $(ui_test_libraries)
tests_unit_test_ui_rows_LDADD = $(ui_test_libraries)
tests_unit_test_ui_sandwich_LDADD = $(ui_test_libraries)
tests_unit_test_ui_source_LDADD = $(ui_test_libraries)
tests_unit_test_ui_theme_LDADD = $(ui_test_libraries)
tests_unit_test_ui_tree_LDADD = $(ui_test_libraries)
tests_unit_test_ui_undo_LDADD = $(ui_test_libraries)
check_LIBRARIES += libunit.a
libunit_a_SOURCES = \
	tests/unit/explorer.c \
	tests/unit/explorer.h \
	tests/unit/fixture.c \
	tests/unit/fixture.h \
	tests/unit/fixture_profile.c \
	tests/unit/reference.c \
	tests/unit/reference.h \
	tests/unit/reference_tables.c \
	tests/unit/text_profile.c \
	tests/unit/text_profile.h
test_support = libunit.a
tui_programs = \
	tests/tui/driver
tests_tui_driver_SOURCES = \
	tests/tui/actions.c \
	tests/tui/buffer.c \
	tests/tui/buffer.h \
	tests/tui/child.c \
	tests/tui/child.h \
	tests/tui/commands.h \
	tests/tui/driver.c \
	tests/tui/driver.h \
	tests/tui/endurance.c \
	tests/tui/expectations.c \
	tests/tui/made_profile.c \
	tests/tui/main.c \
	tests/tui/monkey.c \
	tests/tui/output.c \
	tests/tui/output.h \
	tests/tui/picture.c \
	tests/tui/picture.h \
	tests/tui/screen.c \
	tests/tui/screen.h
tests_tui_driver_CPPFLAGS = $(AM_CPPFLAGS) $(VTERM_CFLAGS)
tests_tui_driver_LDADD = $(VTERM_LIBS) $(PTY_LIBS)
tui_tests = \
	tests/tui/run
fuzz_programs = \
	tests/fuzz/fuzz_binary \
	tests/fuzz/fuzz_format \
	tests/fuzz/fuzz_language \
	tests/fuzz/fuzz_pprof
tests_fuzz_fuzz_binary_LDADD = $(fuzz_libraries)
tests_fuzz_fuzz_binary_SOURCES = \
	tests/fuzz/fuzz_binary.c \
	$(fuzz_main)
tests_fuzz_fuzz_format_LDADD = $(fuzz_libraries)
tests_fuzz_fuzz_format_SOURCES = \
	tests/fuzz/fuzz_format.c \
	$(fuzz_main)
tests_fuzz_fuzz_language_LDADD = $(fuzz_libraries)
tests_fuzz_fuzz_language_SOURCES = \
	tests/fuzz/fuzz_language.c \
	$(fuzz_main)
tests_fuzz_fuzz_pprof_LDADD = $(fuzz_libraries)
tests_fuzz_fuzz_pprof_SOURCES = \
	tests/fuzz/fuzz_pprof.c \
	$(fuzz_main)
fuzz_tests = \
	tests/fuzz/run
# end of files

# Most unit tests link the library only: then a call from src/ up into ui/ does not link.
LDADD = $(src_test_libraries)
src_test_libraries = $(test_support) $(src_libraries) $(CMOCKA_LIBS) $(src_libs)
ui_test_libraries = $(test_support) libncprofui.a $(src_libraries) $(CMOCKA_LIBS) \
	$(NCURSESW_LIBS) $(src_libs)

# What configure did not find is said in one line.
check-local: $(left_out)
left_out =
if HAVE_CMOCKA
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)
else
left_out += no-cmocka
endif
if HAVE_VTERM
check_PROGRAMS += $(tui_programs)
TESTS += $(tui_tests) tests/terminals/run tests/monkey/run
else
left_out += no-vterm
endif
no-cmocka:
	@echo "skipped: unit tests; configure did not find cmocka (Debian package libcmocka-dev)"
no-vterm:
	@echo "skipped: terminal tests; configure did not find vterm (Debian package libvterm-dev)"
.PHONY: no-cmocka no-vterm

TESTS += \
	tests/golden/run \
	tests/golden/verify \
	tests/faults/run \
	tests/fetch/run \
	tests/lint/run \
	tests/conformance \
	tests/symbols/run \
	tests/gate \
	tests/hostile \
	tests/redaction \
	tests/formats/run \
	tests/forms \
	tests/images \
	tests/differential/run \
	tests/examples \
	tests/browser/run \
	tests/browser/page

# Compared with llvm-symbolizer by hand: tests/symbols/compare.
check_PROGRAMS += tests/symbols/symbol_names
tests_symbols_symbol_names_LDADD = $(src_libraries) $(src_libs)
EXTRA_DIST += tests/symbols/compare

# Fuzz targets define LLVMFuzzerTestOneInput. replay.c feeds it the files on the command line;
# with CC=clang and --enable-fuzzer it is libFuzzer that feeds it.
check_PROGRAMS += $(fuzz_programs)
TESTS += $(fuzz_tests)
if FUZZER
fuzz_main =
else
fuzz_main = tests/fuzz/replay.c
endif
fuzz_libraries = $(FUZZER_LIBS) $(src_libraries) $(src_libs)

# One lint check reads the symbols of the library.
AM_TESTS_ENVIRONMENT += NM='$(NM)'; export NM;

# These are built only for measuring.
bench_programs = tests/bench/generate tests/bench/explore tests/bench/wire
bench_terminal = tests/bench/terminal.c tests/bench/terminal.h tests/tui/child.c tests/tui/child.h
EXTRA_PROGRAMS += $(bench_programs)
tests_bench_generate_SOURCES = tests/bench/generate.c
tests_bench_generate_LDADD = $(src_libraries) $(src_libs)
tests_bench_explore_SOURCES = tests/bench/explore.c $(bench_terminal)
tests_bench_explore_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests
tests_bench_explore_LDADD = $(PTY_LIBS)
tests_bench_wire_SOURCES = tests/bench/wire.c $(bench_terminal)
tests_bench_wire_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests
tests_bench_wire_LDADD = $(PTY_LIBS)
bench: all $(bench_programs)
	@$(AM_TESTS_ENVIRONMENT) $(srcdir)/tests/bench/run $(BENCH)
bench-tui: all $(bench_programs) tests/bench/large.pb.gz
	@tests/bench/wire $(abs_builddir)/ncprof $(abs_top_srcdir)/tests/data/web_before.cpu.pb.gz \
		$(abs_builddir)/tests/bench/large.pb.gz $(IDLE)
tests/bench/large.pb.gz: tests/bench/generate
	@tests/bench/generate worst 1000000 >$@
CLEANFILES += tests/bench/large.pb.gz
check-terminals: all $(tui_programs)
	@$(AM_TESTS_ENVIRONMENT) $(srcdir)/tests/terminals/run all
monkey: all $(tui_programs)
	@$(AM_TESTS_ENVIRONMENT) $(srcdir)/tests/monkey/run '$(SECONDS)' '$(SEED)'
fuzz: all $(fuzz_programs)
	@if test -x $(srcdir)/tests/fuzz/run; then \
		$(AM_TESTS_ENVIRONMENT) FUZZ_SECONDS='$(SECONDS)' $(srcdir)/tests/fuzz/run $(FUZZ); \
	else echo "no tests/fuzz/run"; fi
.PHONY: bench bench-tui check-terminals monkey fuzz

# These directories go into the tarball whole, but for what a build in the source tree leaves in them.
# Times are kept, or else the local.mk files look newer than the Makefile.in made of them.
dist-hook:
	cp -Rpf $(srcdir)/tests $(srcdir)/doc $(distdir)
	chmod -R u+w $(distdir)/tests $(distdir)/doc
	cd $(distdir) && rm -f $(check_PROGRAMS) $(TEST_LOGS) $(TEST_LOGS:.log=.trs)
	find $(distdir)/tests \( -name .deps -o -name '*.o' -o -name .dirstamp \) -exec rm -rf {} +
