# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/format/json/chrome_trace.c \
	src/format/json/cpuprofile.c \
	src/format/json/heapprofile.c \
	src/format/json/json_head.c \
	src/format/json/json_head.h \
	src/format/json/json_stream.c \
	src/format/json/json_stream.h \
	src/format/json/speedscope.c \
	src/format/json/trace_stacks.c \
	src/format/json/trace_stacks.h \
	src/format/json/v8_tree.c \
	src/format/json/v8_tree.h
# end of files
