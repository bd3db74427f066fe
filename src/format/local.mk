# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/format/foreign.c \
	src/format/foreign.h \
	src/format/format.c \
	src/format/format.h \
	src/format/frame_table.c \
	src/format/frame_table.h \
	src/format/id_table.c \
	src/format/id_table.h \
	src/format/lines.c \
	src/format/lines.h \
	src/format/list.c \
	src/format/list.h \
	src/format/log_prefix.c \
	src/format/log_prefix.h \
	src/format/quoted.c \
	src/format/quoted.h \
	src/format/stack_list.c \
	src/format/stack_list.h \
	src/format/stack_writer.c \
	src/format/stack_writer.h \
	src/format/symbols.c \
	src/format/symbols.h
# end of files
