# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/profile/bench.h \
	src/profile/builder.c \
	src/profile/builder.h \
	src/profile/call_stacks.c \
	src/profile/call_stacks.h \
	src/profile/counters.h \
	src/profile/escape.h \
	src/profile/gc_log.c \
	src/profile/gc_log.h \
	src/profile/ids.h \
	src/profile/jvm_gc.h \
	src/profile/mem_stats.h \
	src/profile/owners.c \
	src/profile/owners.h \
	src/profile/profile.c \
	src/profile/profile.h \
	src/profile/profile_edit.c \
	src/profile/profile_edit.h \
	src/profile/runtime_log.h \
	src/profile/strings.c \
	src/profile/strings.h \
	src/profile/system_calls.h \
	src/profile/thread_dump.h \
	src/profile/tool_table.c \
	src/profile/tool_table.h \
	src/profile/trace.c \
	src/profile/trace.h \
	src/profile/trace_class.c \
	src/profile/trace_class.h \
	src/profile/trace_lane.c \
	src/profile/trace_lane.h \
	src/profile/unit.c \
	src/profile/unit.h
# end of files
