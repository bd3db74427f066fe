# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/transform/adjust.c \
	src/transform/adjust.h \
	src/transform/copy.c \
	src/transform/copy.h \
	src/transform/demangle.c \
	src/transform/demangle.h \
	src/transform/fit.c \
	src/transform/merge.c \
	src/transform/merge.h \
	src/transform/prune.c \
	src/transform/prune.h \
	src/transform/redact.c \
	src/transform/redact.h \
	src/transform/rust_name.c \
	src/transform/rust_name.h \
	src/transform/secret.c \
	src/transform/secret.h \
	src/transform/secret_key.c \
	src/transform/secret_key.h \
	src/transform/secret_path.c \
	src/transform/secret_path.h \
	src/transform/secret_shape.c \
	src/transform/secret_shape.h \
	src/transform/secret_text.c \
	src/transform/secret_text.h \
	src/transform/tag_frames.c \
	src/transform/tag_frames.h
# end of files
