# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/report/graph/callgrind.c \
	src/report/graph/dot.c \
	src/report/graph/dot.h \
	src/report/graph/dot_nodelet.c \
	src/report/graph/dot_nodelet.h \
	src/report/graph/dot_style.c \
	src/report/graph/dot_style.h \
	src/report/graph/graph_script.c \
	src/report/graph/graph_script.h \
	src/report/graph/image.c
# end of files
