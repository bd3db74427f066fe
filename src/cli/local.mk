# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/cli/batch.c \
	src/cli/batch.h \
	src/cli/extra_frames.c \
	src/cli/extra_frames.h \
	src/cli/help.c \
	src/cli/help.h \
	src/cli/load.c \
	src/cli/load.h \
	src/cli/mdoc.c \
	src/cli/mdoc.h \
	src/cli/message.c \
	src/cli/message.h \
	src/cli/output.c \
	src/cli/output.h \
	src/cli/request.c \
	src/cli/request.h \
	src/cli/run_command.c \
	src/cli/run_command.h \
	src/cli/save_profile.c \
	src/cli/save_profile.h \
	src/cli/server_options.c \
	src/cli/server_options.h \
	src/cli/service.c \
	src/cli/service.h \
	src/cli/shell.c \
	src/cli/shell.h \
	src/cli/store_list.c \
	src/cli/store_list.h \
	src/cli/symbol_servers.c \
	src/cli/symbol_servers.h \
	src/cli/write_report.c \
	src/cli/write_report.h
# end of files
