// SPDX-License-Identifier: MIT

// The judge of tests/unit/test_re2.c: reads lines of words in hex, a pattern
// and texts, and writes a line for each: "error", or for each text "-" or the
// first match as START:END.
package main

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"os"
	"regexp"
	"strings"
)

func text(word string) string {
	bytes, err := hex.DecodeString(strings.TrimPrefix(word, "x"))
	if err != nil {
		panic(err)
	}
	return string(bytes)
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		words := strings.Fields(in.Text())
		pattern, err := regexp.Compile(text(words[0]))
		if err != nil {
			fmt.Fprintln(out, "error", strings.ReplaceAll(err.Error(), "\n", " "))
			continue
		}
		for _, word := range words[1:] {
			found := pattern.FindStringIndex(text(word))
			if found == nil {
				fmt.Fprint(out, "- ")
			} else {
				fmt.Fprintf(out, "%d:%d ", found[0], found[1])
			}
		}
		fmt.Fprintln(out)
	}
}
