# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/diagnose/class.c \
	src/diagnose/class.h \
	src/diagnose/compare.c \
	src/diagnose/compare.h \
	src/diagnose/diagnose.c \
	src/diagnose/diagnose.h \
	src/diagnose/finding.c \
	src/diagnose/finding.h \
	src/diagnose/gc_figures.c \
	src/diagnose/gc_figures.h \
	src/diagnose/goroutine_groups.c \
	src/diagnose/goroutine_groups.h \
	src/diagnose/inputs.c \
	src/diagnose/inputs.h \
	src/diagnose/side_by_side.c \
	src/diagnose/side_by_side.h \
	src/diagnose/subject.c \
	src/diagnose/subject.h \
	src/diagnose/threshold.c \
	src/diagnose/threshold.h
# end of files
