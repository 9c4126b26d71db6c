//go:build linux

// Package compose_test checks deploy/compose without Docker: the model as docker compose reads it, and the topology for
// real, its services started as processes in namespaces of their own.
package compose_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/ftagateway/ftagateway/deploy/checks/built"
)

// fta is the command, built once for all tests.
var fta string

func TestMain(m *testing.M) {
	if spec := os.Getenv(asContainer); spec != "" {
		fmt.Fprintln(os.Stderr, contain(spec)) // it comes back only if it failed
		os.Exit(125)
	}
	if fta = os.Getenv(insideFTA); fta != "" {
		os.Exit(m.Run())
	}
	dir, err := os.MkdirTemp("", "fta-checks-")
	if err == nil {
		fta, err = built.FTA(dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

const (
	asContainer = "FTA_CHECK_CONTAINER" // the test binary is to become a service: what container holds, as JSON
	insideFTA   = "FTA_CHECK_FTA"       // the test binary runs in the namespaces of the topology; the fta command
	insideDir   = "FTA_CHECK_DIR"       // and the folder of its compose file
)
