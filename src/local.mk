# files: written by tests/lint/update-sources
libncprof_a_SOURCES +=
# end of files
