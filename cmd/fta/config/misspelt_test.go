package config_test

import (
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/config"
)

const oneLedger = "ledgers:\n  trade: {url: 'memory:'}\n"

// TestMisspeltVariables: what was meant for a key and is none of it is refused, and nobody goes on believing that it holds.
func TestMisspeltVariables(t *testing.T) {
	for variable, meant := range map[string]string{
		"FTA_LISTN":                             "FTA_LISTEN",
		"FTA_LOGG":                              "FTA_LOG",
		"FTA_CACHE_REDIS_KEY":                   "FTA_CACHE_REDISKEY",
		"FTA_PARTICIPANT_FOLDER":                "FTA_PARTICIPANTS_FOLDER",
		"FTA_LEDGERS_TRADE_LIMITS_BUGDET":       "FTA_LEDGERS_TRADE_LIMITS_BUDGET",
		"FTA_LEDGERS_NORTH_TRADE_LIMITS_BUGDET": "FTA_LEDGERS_NORTH_TRADE_LIMITS_BUDGET",
		"FTA_LEDGERS_TRADE_POLCY":               "FTA_LEDGERS_TRADE_POLICY",
		"FTA_LEDGERS_TRADE":                     "",
		"FTA_LEDGERS":                           "",
		"FTA_LEDGERS_":                          "",
		"FTA_CACHE":                             "",
	} {
		t.Run(variable, func(t *testing.T) {
			t.Setenv(variable, "a secret")
			_, err := config.Load(write(t, oneLedger), nil)
			want := variable + ` "(not shown)": no such variable`
			if meant != "" {
				want += `, did you mean "` + meant + `"?`
			}
			if err == nil || err.Error() != want {
				t.Errorf("%v\nwant %s", err, want)
			}
		})
	}
}

// TestOthersVariables are not ours to refuse: a cluster makes some for each service, and our own tools have theirs.
func TestOthersVariables(t *testing.T) {
	for _, variable := range []string{"FTA_GATEWAY", "FTA_GATEWAY_SERVICE_HOST", "FTA_GATEWAY_PORT_8443_TCP", "FTA_CACHE_SERVICE_HOST", "FTA_HOST", "FTA_UID",
		"FTA_IMAGE", "FTA_TRANSPORT", "FTA_ETHEREUM_CACHE", "fta_log"} {
		t.Setenv(variable, "of somebody")
	}
	if _, err := config.Load(write(t, oneLedger), nil); err != nil {
		t.Error(err)
	}
}

// A variable of a ledger that is not there makes one, which has no URL: then its name is misspelt.
func TestAVariableOfALedgerThatIsMisspelt(t *testing.T) {
	t.Setenv("FTA_LEDGERS_TRAED_LIMITS_BUDGET", "3s")
	_, err := config.Load(write(t, oneLedger), nil)
	if err == nil || !strings.HasPrefix(err.Error(), `FTA_LEDGERS_TRAED_LIMITS_BUDGET: ledgers.traed.url "": must be`) || !strings.HasSuffix(err.Error(), `did you mean "trade"?`) {
		t.Error(err)
	}
}
