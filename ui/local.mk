# files: written by tests/lint/update-sources
libncprofui_a_SOURCES +=
# end of files
