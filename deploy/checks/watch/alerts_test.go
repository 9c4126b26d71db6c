package watch_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/promslog"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/promql/promqltest"
	"github.com/prometheus/prometheus/rules"
)

// scene is what gateways showed over an hour, a sample a minute, and which alerts must fire at its end. No other may.
type scene struct {
	name, series string
	fire         []string
}

var scenes = []scene{
	{"all is well", `
		up{job="fta-gateway",instance="a"} 1x60
		fta_ledger_calls_total{job="fta-gateway",ledger="trade",method="Read",code="ok"} 0+600x60
		fta_ledger_calls_total{job="fta-gateway",ledger="trade",method="Read",code="not-found"} 0+600x60
		fta_ledger_calls_total{job="fta-gateway",ledger="trade",method="Read",code="unavailable"} 0+6x60
		fta_ledger_calls_in_flight{job="fta-gateway",instance="a",ledger="trade"} 5x60
		fta_ledger_call_duration_seconds_bucket{job="fta-gateway",ledger="trade",method="Read",le="0.5"} 0+600x60
		fta_ledger_call_duration_seconds_bucket{job="fta-gateway",ledger="trade",method="Read",le="+Inf"} 0+600x60
		fta_ledger_call_duration_seconds_bucket{job="fta-gateway",ledger="trade",method="Changes",le="0.5"} 0x60
		fta_ledger_call_duration_seconds_bucket{job="fta-gateway",ledger="trade",method="Changes",le="+Inf"} 0+600x60`, nil},
	{"a gateway is away", `
		up{job="fta-gateway",instance="a"} 1x56 0 0 0 0
		up{job="fta-gateway",instance="b"} 1x60`, []string{"FTAGatewayAway"}},
	{"a gateway was away for a moment", `up{job="fta-gateway",instance="a"} 1x57 0 0 1`, nil},
	{"something else is away", `up{job="node",instance="a"} 0x60`, nil},
	{"a ledger fails, and another one does not", `
		fta_ledger_calls_total{job="fta-gateway",ledger="trade",method="Read",code="ok"} 0x60
		fta_ledger_calls_total{job="fta-gateway",ledger="trade",method="Read",code="unavailable"} 0+6x60
		fta_ledger_calls_total{job="fta-gateway",ledger="cbp",method="Read",code="ok"} 0+6x60`, []string{"FTALedgerFailing", "FTALedgerErrors"}},
	{"a ledger has failed for two minutes", `
		fta_ledger_calls_total{job="fta-gateway",ledger="trade",method="Read",code="ok"} 0+6x57 342x3
		fta_ledger_calls_total{job="fta-gateway",ledger="trade",method="Read",code="deadline-exceeded"} 0x57 6 12`, nil},
	{"a call in ten fails", `
		fta_ledger_calls_total{job="fta-gateway",ledger="trade",method="Read",code="ok"} 0+90x60
		fta_ledger_calls_total{job="fta-gateway",ledger="trade",method="Read",code="deadline-exceeded"} 0+10x60`, []string{"FTALedgerErrors"}},
	{"bytes that cannot be decoded", `
		fta_ledger_calls_total{job="fta-gateway",ledger="trade",method="Read",code="ok"} 0+90x60
		fta_ledger_calls_total{job="fta-gateway",ledger="trade",method="Read",code="corrupt"} 0x55 1x5`, []string{"FTALedgerCorrupt"}},
	{"bytes that could not be decoded, an hour ago", `
		fta_ledger_calls_total{job="fta-gateway",ledger="trade",method="Read",code="corrupt"} 0 1x60`, nil},
	{"bytes that cannot be decoded, for the first time", `
		fta_ledger_calls_total{job="fta-gateway",ledger="trade",method="Read",code="ok"} 0+90x60
		fta_ledger_calls_total{job="fta-gateway",ledger="trade",method="Read",code="corrupt"} _x55 1x4`, []string{"FTALedgerCorrupt"}},
	{"no ledger contradicts itself", `
		fta_ledger_contradictions_total{job="fta-gateway",instance="a",ledger="trade",kind="altered"} 0x60
		fta_ledger_contradictions_total{job="fta-gateway",instance="b",ledger="trade",kind="altered"} 0x60`, nil},
	{"one of two gateways sees a ledger contradict itself, once", `
		fta_ledger_contradictions_total{job="fta-gateway",instance="a",ledger="trade",kind="rolled-back"} 0x40 1x20
		fta_ledger_contradictions_total{job="fta-gateway",instance="b",ledger="trade",kind="rolled-back"} 0x60`, []string{"FTALedgerContradicts"}},
	{"a gateway starts, and sees a contradiction before it is asked", `
		fta_ledger_contradictions_total{job="fta-gateway",instance="a",ledger="trade",kind="vanished"} _x50 1x9`, []string{"FTALedgerContradicts"}},
	{"a ledger contradicted itself before the gateway was away for a while", `
		fta_ledger_contradictions_total{job="fta-gateway",instance="a",ledger="trade",kind="vanished"} 3x20 _x20 3x20`, nil},
	{"one call in fifty is slow", `
		fta_ledger_call_duration_seconds_bucket{job="fta-gateway",ledger="trade",method="Read",le="0.5"} 0+98x60
		fta_ledger_call_duration_seconds_bucket{job="fta-gateway",ledger="trade",method="Read",le="3.7"} 0+100x60
		fta_ledger_call_duration_seconds_bucket{job="fta-gateway",ledger="trade",method="Read",le="+Inf"} 0+100x60`, []string{"FTALedgerSlow"}},
	{"a configuration is refused", `fta_config_reload_successful{job="fta-gateway",instance="a"} 1x50 0x10`, []string{"FTAConfigRefused"}},
	{"a configuration was refused and mended", `fta_config_reload_successful{job="fta-gateway",instance="a"} 1x50 0 0 0 0 1x6`, nil},
	{"a breaker stays open", `fta_ledger_breaker_state{job="fta-gateway",instance="a",ledger="trade"} 0x50 2x10`, []string{"FTALedgerBreakerOpen"}},
	{"a breaker was open", `fta_ledger_breaker_state{job="fta-gateway",instance="a",ledger="trade"} 0x50 2 2 2 0x7`, nil},
	{"a ledger is followed", `fta_ledger_cache_followed_timestamp_seconds{job="fta-gateway",instance="a",ledger="trade"} 0+60x60`, nil},
	{"a ledger is not followed any more", `fta_ledger_cache_followed_timestamp_seconds{job="fta-gateway",instance="a",ledger="trade"} 0+60x45 2700x15`, []string{"FTACacheNotFollowing"}},
	{"a ledger was never followed", `fta_ledger_cache_followed_timestamp_seconds{job="fta-gateway",instance="a",ledger="trade"} 0x60`, nil},
	{"Redis is away, and nobody reads", `fta_cache_redis_failures_total{job="fta-gateway",instance="a",why="cannot be reached"} 0x45 0+12x15`, []string{"FTARedisFailing"}},
	{"Redis was late now and then", `fta_cache_redis_failures_total{job="fta-gateway",instance="a",why="does not answer in time"} 0+1x60`, nil},
	{"Redis was started anew", `fta_cache_redis_failures_total{job="fta-gateway",instance="a",why="cannot be reached"} 0x50 20 40 40x8`, nil},
	{"Redis answers what nobody put there", `fta_cache_redis_refused_total{job="fta-gateway",instance="a"} 0x55 1x5`, []string{"FTARedisRefused"}},
	{"Redis answered what nobody put there, an hour ago", `fta_cache_redis_refused_total{job="fta-gateway",instance="a"} 0 1x60`, nil},
	{"calls queue", `fta_ledger_calls_in_flight{job="fta-gateway",instance="a",ledger="trade"} 64x60`, []string{"FTALedgerCrowded"}},
}

// TestAlerts evaluates every rule over every scene, as Prometheus does once a minute.
func TestAlerts(t *testing.T) {
	fired := map[string]bool{}
	for _, s := range scenes {
		t.Run(s.name, func(t *testing.T) {
			want := map[string]bool{}
			for _, name := range s.fire {
				want[name], fired[name] = true, true
			}
			for name := range firing(t, s.series) {
				if !want[name] {
					t.Errorf("%s fires", name)
				}
				delete(want, name)
			}
			for name := range want {
				t.Errorf("%s does not fire", name)
			}
		})
	}
	for _, r := range alerts(t) {
		if !fired[r.Alert] {
			t.Errorf("no scene has %s fire", r.Alert)
		}
	}
}

// firing names the alerts that fire at the end of an hour.
func firing(t *testing.T, series string) map[string]bool {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(series), "\n")
	for i, line := range lines {
		lines[i] = "  " + strings.TrimSpace(line)
	}
	storage := promqltest.LoadedStorage(t, "load 1m\n"+strings.Join(lines, "\n"))
	defer storage.Close()
	query := rules.EngineQueryFunc(promqltest.NewTestEngine(t, false, 0, promqltest.DefaultMaxSamplesPerQuery), storage)
	all := map[string]bool{}
	for _, r := range alerts(t) {
		rule := alerting(t, r)
		for at := time.Unix(0, 0); !at.After(time.Unix(3600, 0)); at = at.Add(time.Minute) {
			if _, err := rule.Eval(context.Background(), 0, at, query, nil, 0); err != nil {
				t.Fatalf("%s: %v", r.Alert, err)
			}
		}
		if rule.State() == rules.StateFiring {
			all[r.Alert] = true
		}
	}
	return all
}

func alerting(t *testing.T, r rulefmt.Rule) *rules.AlertingRule {
	t.Helper()
	expression, err := parser.ParseExpr(r.Expr)
	if err != nil {
		t.Fatalf("%s: %v", r.Alert, err)
	}
	return rules.NewAlertingRule(r.Alert, expression, time.Duration(r.For), 0, labels.FromMap(r.Labels), labels.FromMap(r.Annotations), labels.EmptyLabels(), "", true, promslog.NewNopLogger())
}
