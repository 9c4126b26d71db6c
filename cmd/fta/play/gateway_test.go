package play_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/cmd/fta/play"
	"github.com/ftagateway/ftagateway/conformance/gatewaysuite"
)

// This program's own gateway passes every case.
func TestOurGateway(t *testing.T) {
	begun := time.Now()
	report, err := gatewaysuite.Run(t.Context(), play.Gateway(), gatewaysuite.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range report.Cases {
		if r.Took > time.Second {
			t.Logf("%s took %s", r.ID, r.Took.Round(time.Millisecond))
		}
	}
	var text bytes.Buffer
	if err := report.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s\nin %s", &text, time.Since(begun).Round(time.Millisecond))
	if faults := gatewaysuite.Suite().Check(report); len(faults) > 0 {
		t.Error(faults)
	}
	if !report.OK() || report.Summary.Pass != len(gatewaysuite.Cases()) {
		t.Errorf("%+v", report.Summary)
	}
}
