# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/symbol/address_map.c \
	src/symbol/address_map.h \
	src/symbol/binary_names.c \
	src/symbol/binary_names.h \
	src/symbol/binary_path.c \
	src/symbol/binary_path.h \
	src/symbol/binary_query.c \
	src/symbol/binary_query.h \
	src/symbol/code_symbols.c \
	src/symbol/code_symbols.h \
	src/symbol/debug_file.c \
	src/symbol/debug_file.h \
	src/symbol/debug_info.c \
	src/symbol/debug_info.h \
	src/symbol/elf_file.c \
	src/symbol/elf_file.h \
	src/symbol/go_table.c \
	src/symbol/go_table.h \
	src/symbol/instructions.c \
	src/symbol/instructions.h \
	src/symbol/isolate.c \
	src/symbol/isolate.h \
	src/symbol/load_address.c \
	src/symbol/load_address.h \
	src/symbol/machine_code.c \
	src/symbol/machine_code.h \
	src/symbol/name_stream.c \
	src/symbol/name_stream.h \
	src/symbol/symbol_table.c \
	src/symbol/symbol_table.h \
	src/symbol/symbolize.c \
	src/symbol/symbolize.h
# end of files
