# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/report/text/code_bases.c \
	src/report/text/code_bases.h \
	src/report/text/code_samples.c \
	src/report/text/code_samples.h \
	src/report/text/comments.c \
	src/report/text/disassembly.c \
	src/report/text/raw.c \
	src/report/text/source_files.c \
	src/report/text/source_files.h \
	src/report/text/source_list.c \
	src/report/text/source_places.c \
	src/report/text/source_places.h \
	src/report/text/source_search.c \
	src/report/text/source_search.h \
	src/report/text/source_trust.c \
	src/report/text/source_trust.h \
	src/report/text/tab_table.c \
	src/report/text/tab_table.h \
	src/report/text/tags.c \
	src/report/text/top.c \
	src/report/text/traces.c \
	src/report/text/tree.c \
	src/report/text/web_list.c \
	src/report/text/web_list.h \
	src/report/text/web_page.c \
	src/report/text/web_page_frame.c
# end of files
