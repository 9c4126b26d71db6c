package helm_test

import (
	"os"
	"reflect"
	"testing"

	"k8s.io/apimachinery/pkg/labels"
	"sigs.k8s.io/yaml"

	"github.com/ftagateway/ftagateway/deploy/checks/built"
)

// monitor is what the chart uses of a ServiceMonitor. The operator's own types are not there to be read by.
type monitor struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Metadata   any    `json:"metadata"`
	Spec       struct {
		Selector  struct{ MatchLabels map[string]string } `json:"selector"`
		Endpoints []struct{ Port, Path, Interval string } `json:"endpoints"`
	} `json:"spec"`
}

// TestMonitoring: the operator's Prometheus finds the port of each gateway, and the rules are those of deploy/prometheus.
func TestMonitoring(t *testing.T) {
	c, _ := rendered(t, variants(t)["all"])
	if len(c.others) != 2 {
		t.Fatalf("%q, want a ServiceMonitor and a PrometheusRule", c.others)
	}
	rules, err := os.ReadFile(built.Root + "/deploy/prometheus/alerts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range c.others {
		var rule struct{ Spec any }
		var want any
		if err := yaml.Unmarshal([]byte(text), &rule); err != nil {
			t.Fatal(err)
		}
		if err := yaml.Unmarshal(rules, &want); err != nil {
			t.Fatal(err)
		}
		if reflect.DeepEqual(rule.Spec, want) {
			continue
		}
		var m monitor
		if err := yaml.UnmarshalStrict([]byte(text), &m); err != nil || m.Kind != "ServiceMonitor" {
			t.Fatalf("neither the rules nor a ServiceMonitor: %v\n%s", err, text)
		}
		checkMonitor(t, c, m)
	}
}

func checkMonitor(t *testing.T, c chart, m monitor) {
	t.Helper()
	selected := 0
	for _, s := range c.services {
		if !labels.SelectorFromSet(m.Spec.Selector.MatchLabels).Matches(labels.Set(s.Labels)) {
			continue
		}
		for _, p := range s.Spec.Ports {
			if p.Name == m.Spec.Endpoints[0].Port && m.Spec.Endpoints[0].Path == "/metrics" {
				selected++
			}
		}
	}
	if selected != 1 {
		t.Errorf("%d services that Prometheus would find, want the one of each gateway: %+v", selected, m)
	}
}
