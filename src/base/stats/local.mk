# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/base/stats/mann_whitney.c \
	src/base/stats/mann_whitney.h \
	src/base/stats/student.c \
	src/base/stats/student.h \
	src/base/stats/trend.c \
	src/base/stats/trend.h
# end of files
