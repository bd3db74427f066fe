# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/report/callgrind.c \
	src/report/comments.c \
	src/report/csv.c \
	src/report/csv.h \
	src/report/dot.c \
	src/report/dot.h \
	src/report/dot_nodelet.c \
	src/report/dot_nodelet.h \
	src/report/dot_style.c \
	src/report/dot_style.h \
	src/report/flame_color.c \
	src/report/flame_color.h \
	src/report/flamegraph.c \
	src/report/flamegraph_script.c \
	src/report/flamegraph_script.h \
	src/report/folded.c \
	src/report/header.c \
	src/report/image.c \
	src/report/json.c \
	src/report/json.h \
	src/report/label_text.c \
	src/report/label_text.h \
	src/report/list.c \
	src/report/list.h \
	src/report/proto.c \
	src/report/proto_writer.c \
	src/report/proto_writer.h \
	src/report/raw.c \
	src/report/report.h \
	src/report/source_files.c \
	src/report/source_files.h \
	src/report/source_list.c \
	src/report/speedscope.c \
	src/report/tab_table.c \
	src/report/tab_table.h \
	src/report/table_form.c \
	src/report/table_form.h \
	src/report/tags.c \
	src/report/top.c \
	src/report/topproto.c \
	src/report/traces.c \
	src/report/tree.c \
	src/report/xml.c \
	src/report/xml.h
# end of files
