# Manual and shell completions. (The tarball gets the whole folder, see tests/local.mk.)
