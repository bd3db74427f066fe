# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/diagnose/bench.c \
	src/diagnose/bench.h \
	src/diagnose/changes.c \
	src/diagnose/changes.h \
	src/diagnose/class.c \
	src/diagnose/class.h \
	src/diagnose/compare.c \
	src/diagnose/compare.h \
	src/diagnose/counters.c \
	src/diagnose/counters.h \
	src/diagnose/cross.c \
	src/diagnose/cross.h \
	src/diagnose/diagnose.c \
	src/diagnose/diagnose.h \
	src/diagnose/escape.c \
	src/diagnose/escape.h \
	src/diagnose/finding.c \
	src/diagnose/finding.h \
	src/diagnose/gc.c \
	src/diagnose/gc.h \
	src/diagnose/gc_figures.c \
	src/diagnose/gc_figures.h \
	src/diagnose/goroutine.c \
	src/diagnose/goroutine.h \
	src/diagnose/goroutine_groups.c \
	src/diagnose/goroutine_groups.h \
	src/diagnose/hotspot.c \
	src/diagnose/hotspot.h \
	src/diagnose/inputs.c \
	src/diagnose/inputs.h \
	src/diagnose/mann_whitney.c \
	src/diagnose/mann_whitney.h \
	src/diagnose/series.c \
	src/diagnose/series.h \
	src/diagnose/side_by_side.c \
	src/diagnose/side_by_side.h \
	src/diagnose/student.c \
	src/diagnose/student.h \
	src/diagnose/subject.c \
	src/diagnose/subject.h \
	src/diagnose/threshold.c \
	src/diagnose/threshold.h \
	src/diagnose/trend.c \
	src/diagnose/trend.h
# end of files
