package config_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/config"
)

// What is wrong is told by where it is written, key, value and rule.
func TestFaults(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"an unknown key", "listen: 127.0.0.1:0\nlistn: x", `:2: listn "x": no such key, did you mean "listen"?`},
		{"an unknown key of a ledger", "ledgers:\n  trade:\n    url: 'memory:'\n    limits:\n      bugdet: 5s",
			`:5: ledgers.trade.limits.bugdet "5s": no such key, did you mean "ledgers.trade.limits.budget"?`},
		{"a key in the wrong section", "participants:\n  url: x\nledgers: {trade: {url: 'memory:'}}", `:2: participants.url "x": no such key`},
		{"a section that is a value", "keys: signing.pem", `:1: keys "signing.pem": must be a section`},
		{"a value that is a section", "log: {level: debug}", `:1: log "log.level debug": must be one value, not a section`},
		{"a list for a word", "log: [debug]", `:1: log "[debug]": must be one value`},
		{"a duration without a unit", "ledgers: {trade: {url: 'memory:', limits: {budget: 5}}}",
			`:1: ledgers.trade.limits.budget "5": must be a duration with its unit`},
		{"a duration in words", "ledgers: {trade: {url: 'memory:', limits: {attempt: 5 seconds}}}", `"5 seconds": must be a duration`},
		{"a negative duration", "ledgers: {trade: {url: 'memory:', limits: {attempt: -5s}}}", `limits.attempt "-5s": must not be negative`},
		{"a negative number", "ledgers: {trade: {url: 'memory:', limits: {concurrency: -1}}}", `limits.concurrency "-1": must not be negative`},
		{"negative tries", "ledgers:\n  trade:\n    url: 'memory:'\n    limits: {tries: -1}", `:4: ledgers.trade.limits.tries "-1": must not be negative`},
		{"a negative rest", "ledgers: {trade: {url: 'memory:', limits: {rest: -1s}}}", `limits.rest "-1s": must not be negative`},
		{"an attempt beyond the budget", "ledgers: {trade: {url: 'memory:', limits: {budget: 1s, attempt: 2s}}}", `limits.attempt "2s": must not be longer than the budget`},
		{"a burst of nothing", "ledgers: {trade: {url: 'memory:', limits: {burst: 5}}}", `limits.burst "5": must not be there without a rate`},
		{"a size without a unit", "cache: {memory: 64}", `cache.memory "64": must be a whole number with its unit`},
		{"a size in another unit", "cache: {memory: 64MB}", `cache.memory "64MB": must be a whole number with its unit`},
		{"no size", "cache: {memory: 0MiB}", `cache.memory "0": must be 1MiB or more`},
		{"no number", "retention: five", `retention "five": must be a whole number`},
		{"a fraction", "retention: 5.5", `retention "5.5": must be a whole number`},
		{"no place for anybody", "perClient: 0", `perClient "0": must be a number of requests`},
		{"a budget without a unit", "budget: 15", `budget "15": must be`},
		{"no budget at all", "budget: 0s", `budget "0s": must be a time from 1s to 1m0s`},
		{"a budget that the server does not wait for", "budget: 2m", `budget "2m0s": must be a time from 1s to 1m0s`},
		{"too many years", "retention: 1000", `retention "1000": must be a number of years`},
		{"no truth", "ledgers: {trade: {url: 'memory:', customs: maybe}}", `customs "maybe": must be true or false`},
		{"no URL", "ledgers: {trade: {policy: public}}", `ledgers.trade.url "": must be a URL with a driver's scheme: ledger+http, `},
		{"another scheme", "ledgers: {trade: {url: 'https://node.example'}}", `"https://node.example": must be a URL with a driver's scheme`},
		{"a name that is no path", "ledgers: {Trade: {url: 'memory:'}}", `ledgers.Trade "Trade": must be called by lower-case letters`},
		{"another policy", "ledgers: {trade: {url: 'memory:', policy: secret}}", `policy "secret": must be one of public, permissioned`},
		{"another finality", "ledgers: {trade: {url: 'memory:', finality: soon}}", `finality "soon": must be one of final, latest`},
		{"another mapping", "ledgers: {trade: {url: 'memory:', mapping: 'builtin:mine'}}", `mapping "builtin:mine": must be one of builtin:record, published:`},
		{"another published mapping", "ledgers: {trade: {url: 'memory:', mapping: 'published:mine'}}", `mapping "published:mine": must be one of builtin:record, published:`},
		{"more on a public ledger", "ledgers: {trade: {url: 'memory:', allow: [/subject]}}", `allow "/subject": must not be there`},
		{"another check", "ledgers: {trade: {url: 'memory:', require: [luck]}}", `require "luck": must be one of schema`},
		{"customs' own copy", "ledgers: {cbp: {url: 'memory:', customs: true, mirror: true}}", `ledgers.cbp.mirror "true": must not be set beside customs`},
		{"everybody may call", "listen: 0.0.0.0:8080", `listen "0.0.0.0:8080": must be a loopback address`},
		{"a host that is no address", "listen: gateway.example:80", `must be a loopback address`},
		{"no port", "listen: 127.0.0.1", `listen "127.0.0.1": must be host:port`},
		{"a port that is none", "listen: 127.0.0.1:http", `must have a port from 0 to 65535`},
		{"a port too high", "listen: 127.0.0.1:65536", `must have a port from 0 to 65535`},
		{"no network", "evidence: {allowPrivate: [127.0.0.1]}", `evidence.allowPrivate "127.0.0.1": must be a network`},
		{"no key", "participants: {issuers: [did:web:cbp.example]}", `participants.issuers "did:web:cbp.example": must be the did:key`},
		{"numbers for words", "participants: {issuers: [1, 2]}", `participants.issuers "[1 2]": must be a list of words`},
		{"a key of another section", "ledgers:\n  trade:\n    url: 'memory:'\n    maxAge: 5s", `:4: ledgers.trade.maxAge "5s": no such key, did you mean "ledgers.trade.cache.maxAge"?`},
		{"a key of the root", "ledgers: {trade: {url: 'memory:', cache: {memory: 5MiB}}}", `ledgers.trade.cache.memory "5MiB": no such key, did you mean "cache.memory"?`},
		{"a key of any ledger", "cache: {maxAge: 5s}", `cache.maxAge "5s": no such key, did you mean "ledgers.*.cache.maxAge"?`},
		{"a section misspelt", "ledgres:\n  trade:\n    url: 'memory:'", `:3: ledgres.trade.url "memory:": no such key, did you mean "ledgers.trade.url"?`},
		{"another way to write names", "ledgers: {trade: {url: 'memory:', native_writes: true}}", `did you mean "ledgers.trade.nativeWrites"?`},
		{"a key like no other", "policies: {trade: public}", `policies.trade "public": no such key`},
		{"a scheme misspelt", "ledgers: {trade: {url: 'legder+http://x'}}", `webledger+https, did you mean "ledger+http"?`},
		{"a URL that is none", "ledgers: {trade: {url: 'ledger+http://a b'}}", `ledgers.trade.url "ledger+http://a b": must be a URL: invalid character " " in host name`},
		{"a port that there is not", "ledgers: {trade: {url: 'ledger+http://a:99999'}}", `ledgers.trade.url "ledger+http://a:99999": must have a port from 1 to 65535`},
		{"a URL that is missing, by its ledger's line", "ledgers:\n  trade:\n    policy: public", `:2: ledgers.trade.url "": must be`},
		{"a Redis without a key, by its section's line", "log: info\ncache:\n  redis: 'redis://127.0.0.1:1/0'", `:2: cache.redisKey "": must name a file`},
		{"a policy misspelt", "ledgers: {trade: {url: 'memory:', policy: permisioned}}", `must be one of public, permissioned, did you mean "permissioned"?`},
		{"another level", "log: loud", `log "loud": must be debug, info, warn or error`},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, c.file)
			_, err := config.Load(path, nil)
			var faults config.Faults
			if !errors.As(err, &faults) {
				t.Fatalf("%v, want faults", err)
			}
			if !strings.Contains(err.Error(), c.want) || c.want[0] == ':' && !strings.Contains(err.Error(), path+c.want) {
				t.Errorf("%v\nwant %s", err, c.want)
			}
		})
	}
}

// All faults come at once, each on a line of its own.
func TestAllFaultsAtOnce(t *testing.T) {
	_, err := config.Load(write(t, "listen: all\nlog: loud\nretention: -1\nledgers: {trade: {policy: x}}"), nil)
	if err == nil || strings.Count(err.Error(), "\n") != 4 {
		t.Errorf("%v, want 5 lines", err)
	}
}

// A fault of a variable or a flag is told by its name.
func TestFaultsOutsideTheFile(t *testing.T) {
	t.Setenv("FTA_LOG", "loud")
	_, err := config.Load("", flags(t, "--listen", "everywhere"))
	if err == nil || !strings.Contains(err.Error(), `FTA_LOG: log "loud"`) || !strings.Contains(err.Error(), `--listen: listen "everywhere"`) {
		t.Error(err)
	}
}

// A file that cannot be read is told by its name.
func TestUnreadableFiles(t *testing.T) {
	for _, c := range []struct{ name, path, want string }{
		{"missing", filepath.Join(t.TempDir(), "none.yaml"), "none.yaml"},
		{"a folder", t.TempDir(), "directory"},
		{"no YAML", write(t, "listen: [\n"), ".yaml:1: did not find"},
		{"no keys", write(t, "just words"), "must be keys with values"},
		{"a key twice", write(t, "log: info\nlog: warn\n"), "already defined"},
		{"a key twice, by its line", write(t, "log: info\nledgers:\n  a: {url: 'memory:'}\n  a: {url: 'memory:'}\n"), `.yaml:4: mapping key "a" already defined at line 3`},
		{"a tab", write(t, "ledgers:\n  a:\n \t  url: 'memory:'\n"), ".yaml:3: must be indented by spaces"},
		{"a dot in a name", write(t, "ledgers:\n  north.trade: {url: 'memory:'}\n"), ".yaml:2: ledgers.north.trade: must have no dot in its name"},
		{"a path for a key", write(t, "log: info\ncache.memory: 5MiB\n"), ".yaml:2: cache.memory: must have no dot"},
		{"two documents", write(t, "log: info\n---\nlog: warn\n"), ".yaml:2: must be one document"},
		{"no YAML, by its line", write(t, "log: info\nledgers:\n  a\n    url: x\n"), ".yaml:4: mapping values are not allowed"},
		{"too large", write(t, "log: "+strings.Repeat("x", 64<<10)), "larger than 64 KiB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := config.Load(c.path, nil); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}
