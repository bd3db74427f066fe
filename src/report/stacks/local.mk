# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/report/stacks/flame_color.c \
	src/report/stacks/flame_color.h \
	src/report/stacks/flame_data.c \
	src/report/stacks/flame_data.h \
	src/report/stacks/flame_walk.c \
	src/report/stacks/flame_walk.h \
	src/report/stacks/flamegraph.c \
	src/report/stacks/flamegraph_script.c \
	src/report/stacks/flamegraph_script.h \
	src/report/stacks/folded.c \
	src/report/stacks/speedscope.c
# end of files
