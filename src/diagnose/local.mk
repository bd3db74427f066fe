# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/diagnose/gc_figures.c \
	src/diagnose/gc_figures.h \
	src/diagnose/trend.c \
	src/diagnose/trend.h
# end of files
