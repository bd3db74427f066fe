# SPDX-License-Identifier: MIT
# Makes C of page.css and the scripts: awk -f assets.awk NAME FILE... prints `const char NAME[]`,
# a line of a file a line, without comments and indentation. Arguments without a dot are names.
function quote(line)
{
	gsub(/\\/, "&&", line)
	gsub(/"/, "\\\\&", line)
	gsub(/\?\?/, "?\"\"?", line)
	return line
}
BEGIN {
	print "/* Made by src/report/html/assets.awk. */"
	print "#include \"report/html/html_page.h\""
	for (i = 1; i < ARGC; i++) {
		if (ARGV[i] !~ /\./) {
			if (open)
				print "\t;"
			print "const char " ARGV[i] "[] ="
			open = 1
			continue
		}
		comment = 0
		while ((getline line < ARGV[i]) > 0) {
			sub(/^[ \t]+/, "", line)
			if (line ~ /^\/\*/)
				comment = 1
			if (!comment && line != "")
				print "\t\"" quote(line) "\\n\""
			if (line ~ /\*\/$/)
				comment = 0
		}
		close(ARGV[i])
	}
	print "\t;"
}
