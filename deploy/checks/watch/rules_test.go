// Package watch_test checks what watches gateways: every expression of the alerts and the dashboard is parsed, every
// metric and label in them is one that a real gateway serves, and every alert fires when it must and not else.
package watch_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"

	"github.com/ftagateway/ftagateway/deploy/checks/built"
)

// alerts are the rules, strictly read.
func alerts(t *testing.T) []rulefmt.Rule {
	t.Helper()
	data, err := os.ReadFile(built.Root + "/deploy/prometheus/alerts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	groups, faults := rulefmt.Parse(data, false, model.UTF8Validation)
	if len(faults) > 0 || len(groups.Groups) != 1 {
		t.Fatal(groups, faults)
	}
	return groups.Groups[0].Rules
}

// panel is what is read of a dashboard's panel.
type panel struct {
	ID      int
	Title   string
	Type    string
	GridPos struct{ X, Y, W, H int }
	Targets []struct{ Expr, RefID string }
}

func panels(t *testing.T) []panel {
	t.Helper()
	data, err := os.ReadFile(built.Root + "/deploy/grafana/fta-gateway.json")
	if err != nil {
		t.Fatal(err)
	}
	var d struct{ Panels []panel }
	if err := json.Unmarshal(data, &d); err != nil || len(d.Panels) == 0 {
		t.Fatal(err, d)
	}
	return d.Panels
}

// expressions are all that there are, by where they stand. What Grafana fills in is filled in.
func expressions(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, r := range alerts(t) {
		all["alert "+r.Alert] = r.Expr
	}
	fill := strings.NewReplacer("$__rate_interval", "5m", "$job", ".*", "$ledger", ".*", "$instance", ".*")
	for _, p := range panels(t) {
		for _, target := range p.Targets {
			all["panel "+p.Title+" "+target.RefID] = fill.Replace(target.Expr)
		}
	}
	return all
}

// TestNamesAndLabelsAreServed holds every selector, and every label that is grouped by, to a real gateway's metrics.
func TestNamesAndLabelsAreServed(t *testing.T) {
	there := scraped(t)
	for where, text := range expressions(t) {
		expression, err := parser.ParseExpr(text)
		if err != nil {
			t.Errorf("%s: %v", where, err)
			continue
		}
		grouped, known := []string{}, map[string]bool{"job": true, "instance": true}
		parser.Inspect(expression, func(n parser.Node, _ []parser.Node) error {
			switch n := n.(type) {
			case *parser.VectorSelector:
				checkSelector(t, where, n, there)
				for label := range there[n.Name] {
					known[label] = true
				}
			case *parser.AggregateExpr:
				grouped = append(grouped, n.Grouping...)
			}
			return nil
		})
		for _, label := range grouped {
			if !known[label] {
				t.Errorf("%s: groups by %q, which none of its metrics has", where, label)
			}
		}
	}
}

func checkSelector(t *testing.T, where string, n *parser.VectorSelector, there map[string]map[string]bool) {
	t.Helper()
	labels, ok := there[n.Name]
	if !ok {
		t.Errorf("%s: no gateway serves %q", where, n.Name)
		return
	}
	for _, m := range n.LabelMatchers {
		switch m.Name {
		case "__name__", "job", "instance":
		case "code":
			checkCodes(t, where, m.Value)
		default:
			if !labels[m.Name] {
				t.Errorf("%s: %s has no label %q", where, n.Name, m.Name)
			}
		}
	}
}

// checkCodes holds the codes of an expression to those that drivers have.
func checkCodes(t *testing.T, where, alternatives string) {
	t.Helper()
	source, err := os.ReadFile(built.Root + "/adapters/driver/error.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range strings.Split(alternatives, "|") {
		if code != "ok" && code != ".*" && !strings.Contains(string(source), fmt.Sprintf("Code = %q", code)) {
			t.Errorf("%s: no driver has the code %q", where, code)
		}
	}
}

// TestRunbooks: every alert says what to do, in a section that is there.
func TestRunbooks(t *testing.T) {
	page, err := os.ReadFile(built.Root + "/docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	headings := map[string]bool{}
	for line := range strings.Lines(string(page)) {
		if title, ok := strings.CutPrefix(strings.TrimSpace(line), "### "); ok {
			headings[strings.ReplaceAll(strings.ToLower(strings.ReplaceAll(title, "'", "")), " ", "-")] = true
		}
	}
	for _, r := range alerts(t) {
		file, anchor, _ := strings.Cut(r.Annotations["runbook"], "#")
		if file != "docs/operations.md" || !headings[anchor] || r.Annotations["summary"] == "" || r.Labels["severity"] == "" {
			t.Errorf("%s: %v, %v", r.Alert, r.Annotations, r.Labels)
		}
	}
}

// TestDashboardsPanels: ids differ, no panel lies on another, and each shows something.
func TestDashboardsPanels(t *testing.T) {
	all := panels(t)
	for i, p := range all {
		if p.Title == "" || len(p.Targets) == 0 || p.GridPos.W < 1 || p.GridPos.X+p.GridPos.W > 24 {
			t.Errorf("%+v", p)
		}
		for _, other := range all[:i] {
			a, b := p.GridPos, other.GridPos
			apart := a.X+a.W <= b.X || b.X+b.W <= a.X || a.Y+a.H <= b.Y || b.Y+b.H <= a.Y
			if p.ID == other.ID || !apart {
				t.Errorf("%s and %s have one id or one place", p.Title, other.Title)
			}
		}
	}
}
