package main

import (
	"strings"
	"unicode/utf8"
)

// heading names the columns.
var heading = []string{"Work", "At once", "A second", "Against", "A second", "Ratio (quartiles)", "Target", "Met"}

// table lays rows out in Markdown, in columns that can be read as they are.
func table(rows []Row) string {
	lines := [][]string{heading, nil}
	for _, r := range rows {
		lines = append(lines, r.cells())
	}
	widths := make([]int, len(heading))
	for _, line := range lines {
		for i, cell := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	lines[1] = rule(widths)
	var out strings.Builder
	for _, line := range lines {
		writeLine(&out, line, widths)
	}
	return out.String()
}

func rule(widths []int) []string {
	cells := make([]string, len(widths))
	for i, w := range widths {
		cells[i] = strings.Repeat("-", w)
	}
	return cells
}

func writeLine(out *strings.Builder, cells []string, widths []int) {
	for i, cell := range cells {
		out.WriteString("| " + cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)) + " ")
	}
	out.WriteString("|\n")
}
