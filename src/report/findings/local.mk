# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/report/findings/bench_table.c \
	src/report/findings/bench_table.h \
	src/report/findings/compare.c \
	src/report/findings/diagnose.c \
	src/report/findings/page.c \
	src/report/findings/page.h
# end of files
