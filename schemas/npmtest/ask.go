// Package npmtest has the npm libraries of the pilot's authors judge, in tests, what this project makes. make interop
// installs them.
package npmtest

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/ftagateway/ftagateway/schemas"
)

// folder names, in the environment, where node_modules holds the packages of every testdata/npm.
const folder = "FTA_NPM_DIR"

// Ask runs a script of the test's testdata/npm beside the packages, gives it the questions, one in a line of JSON each,
// and answers what it says to each of them. The script finds this project's own contexts in the file FTA_CONTEXTS, a
// JSON object by URL. Where FTA_NPM_DIR is not set the test is skipped.
func Ask[Question, Answer any](t *testing.T, script string, questions []Question) []Answer {
	t.Helper()
	packages := os.Getenv(folder)
	if packages == "" {
		t.Skip(folder + " is not set: the npm libraries are not asked")
	}
	var in bytes.Buffer
	for _, q := range questions {
		if err := json.NewEncoder(&in).Encode(q); err != nil {
			t.Fatal(err)
		}
	}
	dir := beside(t, packages)
	cmd := exec.CommandContext(t.Context(), "node", script)
	cmd.Dir, cmd.Stdin, cmd.Stderr = dir, &in, os.Stderr
	cmd.Env = append(os.Environ(), "FTA_CONTEXTS="+ownContexts(t, dir))
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	answers := decode[Answer](t, out)
	if len(answers) != len(questions) {
		t.Fatalf("%d answers to %d questions", len(answers), len(questions))
	}
	return answers
}

// beside copies the scripts to where node finds the packages.
func beside(t *testing.T, packages string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/npm")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(packages, "node_modules"), filepath.Join(dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	return dir
}

func ownContexts(t *testing.T, dir string) (file string) {
	t.Helper()
	const own = "https://w3id.org/fta/v1"
	context, _ := schemas.Context(own)
	data, err := json.Marshal(map[string]json.RawMessage{own: context})
	if err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(dir, "own.json")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func decode[Answer any](t *testing.T, out []byte) (all []Answer) {
	t.Helper()
	for _, line := range bytes.Split(bytes.TrimSpace(out), []byte("\n")) {
		var answer Answer
		if err := json.Unmarshal(line, &answer); err != nil {
			t.Fatal(err)
		}
		all = append(all, answer)
	}
	return all
}
