package gatewaysuite_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/cmd/fta/play"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/conformance/gatewaysuite"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func run(t *testing.T, h gatewaysuite.Harness, o gatewaysuite.Options) *conformance.Report {
	t.Helper()
	report, err := gatewaysuite.Run(t.Context(), h, o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// serving is a harness of whatever handler.
func serving(h http.HandlerFunc) gatewaysuite.Harness {
	return gatewaysuite.Harness{Name: "stand-in", Open: func(context.Context, gatewaysuite.Setting) (*gatewaysuite.Gateway, error) {
		s := httptest.NewServer(h)
		return &gatewaysuite.Gateway{URL: s.URL, Close: func() error { s.Close(); return nil }}, nil
	}}
}

func TestTheSameSeedGivesTheSameReport(t *testing.T) {
	var reports [2]bytes.Buffer
	for i := range reports {
		report := run(t, play.Gateway(), gatewaysuite.Options{Seed: 7, Levels: []conformance.Level{gatewaysuite.LevelVerdict, gatewaysuite.LevelPaging}})
		if err := report.WriteJSON(&reports[i]); err != nil {
			t.Fatal(err)
		}
	}
	if reports[0].String() != reports[1].String() {
		t.Errorf("two runs differ:\n%s\n%s", &reports[0], &reports[1])
	}
	for _, part := range []string{`"name": "gateway"`, `"gateway": "fta serve"`, `"protocol": "1"`, `"seed": 7`} {
		if !strings.Contains(reports[0].String(), part) {
			t.Errorf("the report does not say %s", part)
		}
	}
}

func TestLevelsChooseCases(t *testing.T) {
	report := run(t, play.Gateway(), gatewaysuite.Options{Levels: []conformance.Level{gatewaysuite.LevelProblem}})
	for _, r := range report.Cases {
		if r.Level != gatewaysuite.LevelProblem {
			t.Errorf("%s was played", r.ID)
		}
	}
	if len(report.Cases) == 0 || !report.OK() {
		t.Errorf("%+v", report.Summary)
	}
}

func TestACaseThatDoesNotExistFails(t *testing.T) {
	report := run(t, play.Gateway(), gatewaysuite.Options{Cases: []string{"verdict/misspelt"}})
	if report.OK() || len(report.Cases) != 1 {
		t.Errorf("%+v", report.Summary)
	}
}

func TestAGatewayThatDoesNotOpenFailsEveryCase(t *testing.T) {
	h := gatewaysuite.Harness{Open: func(context.Context, gatewaysuite.Setting) (*gatewaysuite.Gateway, error) {
		return nil, errors.New("no such command")
	}}
	report := run(t, h, gatewaysuite.Options{})
	if report.Summary.Fail != len(gatewaysuite.Cases()) || !strings.Contains(report.Cases[0].Failure.Got, "no such command") {
		t.Errorf("%+v, %+v", report.Summary, report.Cases[0].Failure)
	}
}

// Something that answers everything, and nothing right, passes no case.
func TestWhatIsNoGatewayFailsEveryCase(t *testing.T) {
	h := serving(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/v1/capabilities" && r.Method == http.MethodPost {
			w.WriteHeader(http.StatusCreated)
		}
		_, _ = w.Write([]byte("{}"))
	})
	report := run(t, h, gatewaysuite.Options{Timeout: 5 * time.Second})
	for _, r := range report.Cases {
		if r.Outcome == conformance.Pass {
			t.Errorf("%s passed", r.ID)
		}
	}
}

func TestAGatewayThatHangsFailsItsCaseAndNoOther(t *testing.T) {
	h := serving(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then is it noticed that the client goes
		<-r.Context().Done()
	})
	report := run(t, h, gatewaysuite.Options{Timeout: 50 * time.Millisecond, Cases: []string{"problem/no-such-path", "problem/only-json"}})
	if report.Summary.Fail != 2 {
		t.Errorf("%+v", report.Summary)
	}
	for _, r := range report.Cases {
		if !strings.Contains(r.Failure.Got, "in the time of the case") {
			t.Errorf("%s: %+v", r.ID, r.Failure)
		}
	}
}

// A gateway that does not end costs its own time, and not the run's.
func TestAGatewayThatDoesNotEndIsLeft(t *testing.T) {
	h, free := play.Gateway(), make(chan struct{})
	open := h.Open
	ended := make(chan error, 1)
	h.Open = func(ctx context.Context, s gatewaysuite.Setting) (*gatewaysuite.Gateway, error) {
		g, err := open(ctx, s)
		if err != nil {
			return nil, err
		}
		out := *g
		out.Close = func() error {
			<-free
			ended <- g.Close()
			return nil
		}
		return &out, nil
	}
	report := run(t, h, gatewaysuite.Options{Cases: []string{"problem/no-such-path"}, Timeout: 5 * time.Second})
	if !report.OK() {
		t.Errorf("%+v", report.Failed())
	}
	close(free)
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestWithoutALogItsCasesAreNotOffered(t *testing.T) {
	h := play.Gateway()
	open := h.Open
	h.Open = func(ctx context.Context, s gatewaysuite.Setting) (*gatewaysuite.Gateway, error) {
		g, err := open(ctx, s)
		if err == nil {
			g.Log = nil
		}
		return g, err
	}
	report := run(t, h, gatewaysuite.Options{Levels: []conformance.Level{gatewaysuite.LevelPrivacy}})
	if report.Summary.NotOffered != 1 || !report.OK() {
		t.Errorf("%+v", report.Summary)
	}
	for _, r := range report.Cases {
		if (r.Outcome == conformance.NotOffered) != (r.Needs == gatewaysuite.NeedLog) {
			t.Errorf("%s: %s, needs %q", r.ID, r.Outcome, r.Needs)
		}
	}
}

func TestARunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	report, err := gatewaysuite.Run(ctx, play.Gateway(), gatewaysuite.Options{})
	if err != nil || report.OK() {
		t.Errorf("%v, %+v of a run that was over before it began", err, report)
	}
}

// What a failure tells is bounded, and names what was asked.
func TestAFailureTellsRequestAndAnswer(t *testing.T) {
	h := serving(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(bytes.Repeat([]byte("x"), 1<<20)) })
	report := run(t, h, gatewaysuite.Options{Cases: []string{"problem/no-such-path"}})
	f := report.Cases[0].Failure
	if f == nil || !strings.HasPrefix(f.Request, "POST /v1/capabilities") || len(f.Answer) > 4096 || len(f.Got) > 4096 {
		t.Errorf("%+v", f)
	}
}
