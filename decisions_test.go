package ftagateway_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const decisions = "docs/decisions"

// TestEveryDecisionIsListed: a decision that nobody finds is made again.
func TestEveryDecisionIsListed(t *testing.T) {
	index := pageAt(t, decisions+"/README.md")
	files, err := filepath.Glob(decisions + "/[0-9]*.md")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		p := pageAt(t, filepath.ToSlash(file))
		row := "| [" + p.number() + "](" + filepath.Base(file) + ") | " + p.title() + " |"
		if !strings.Contains(index.text, row+"\n") {
			t.Errorf("%s/README.md lacks the row\n%s", decisions, row)
		}
	}
}

// TestListedDecisionsAreThere catches the row of a page that has gone or has another title now.
func TestListedDecisionsAreThere(t *testing.T) {
	rows := regexp.MustCompile(`(?m)^\| \[\d{4}\]\((.+?)\) \| (.+) \|$`)
	for _, row := range rows.FindAllStringSubmatch(pageAt(t, decisions+"/README.md").text, -1) {
		file := filepath.Join(decisions, row[1])
		if _, err := os.Stat(file); err != nil {
			t.Error(err)
		} else if title := pageAt(t, file).title(); title != row[2] {
			t.Errorf("%s is listed as %q, its title is %q", row[1], row[2], title)
		}
	}
}

// TestDecisionsSayWhatTheyMust: which alternatives lost is what a later reader needs most.
func TestDecisionsSayWhatTheyMust(t *testing.T) {
	files, _ := filepath.Glob(decisions + "/[0-9]*.md")
	for _, file := range files {
		p := pageAt(t, filepath.ToSlash(file))
		for _, part := range []string{"## Context", "## Decision", "## Alternatives that lost", "## Consequences"} {
			if !strings.Contains(p.text, part+"\n") {
				t.Errorf("%s has no %q", p.name, part)
			}
		}
		if !regexp.MustCompile(`(?m)^(Date: )?20\d\d-\d\d-\d\d`).MatchString(p.text) {
			t.Errorf("%s has no date", p.name)
		}
	}
}

var numbered = regexp.MustCompile(`^# (\d{4}):? (.+)`)

func (p page) number() string { return numbered.FindStringSubmatch(p.text)[1] }

func (p page) title() string { return strings.TrimSpace(numbered.FindStringSubmatch(p.text)[2]) }
