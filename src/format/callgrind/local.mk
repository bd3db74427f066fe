# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/format/callgrind/call_costs.c \
	src/format/callgrind/call_costs.h \
	src/format/callgrind/callgrind.c
# end of files
