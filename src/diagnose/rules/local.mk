# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/diagnose/rules/bench.c \
	src/diagnose/rules/bench.h \
	src/diagnose/rules/changes.c \
	src/diagnose/rules/changes.h \
	src/diagnose/rules/counters.c \
	src/diagnose/rules/counters.h \
	src/diagnose/rules/cross.c \
	src/diagnose/rules/cross.h \
	src/diagnose/rules/escape.c \
	src/diagnose/rules/escape.h \
	src/diagnose/rules/gc.c \
	src/diagnose/rules/gc.h \
	src/diagnose/rules/goroutine.c \
	src/diagnose/rules/goroutine.h \
	src/diagnose/rules/hotspot.c \
	src/diagnose/rules/hotspot.h \
	src/diagnose/rules/jvm.c \
	src/diagnose/rules/jvm.h \
	src/diagnose/rules/leaked.c \
	src/diagnose/rules/leaked.h \
	src/diagnose/rules/series.c \
	src/diagnose/rules/series.h \
	src/diagnose/rules/system_calls.c \
	src/diagnose/rules/system_calls.h \
	src/diagnose/rules/threads.c \
	src/diagnose/rules/threads.h \
	src/diagnose/rules/trace.c \
	src/diagnose/rules/trace.h
# end of files
