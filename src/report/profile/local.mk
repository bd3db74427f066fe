# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/report/profile/gzip_writer.c \
	src/report/profile/gzip_writer.h \
	src/report/profile/proto.c \
	src/report/profile/proto_writer.c \
	src/report/profile/proto_writer.h \
	src/report/profile/topproto.c
# end of files
