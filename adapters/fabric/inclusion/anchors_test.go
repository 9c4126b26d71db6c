package inclusion_test

import (
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// TestAnchorsThatCannotBeUsedSayNothing: nothing is trusted then, and so nothing refuted. The reason names the field.
func TestAnchorsThatCannotBeUsedSayNothing(t *testing.T) {
	s := made(t)
	good := string(s.anchors)
	for words, given := range map[string]string{
		"0 bytes":                               "",
		"cannot be read":                        "{",
		`"root"`:                                strings.Replace(good, `"roots"`, `"root"`, 1),
		"channel, chaincode":                    strings.Replace(good, `"channel":"trade"`, `"channel":""`, 1),
		"organisations.Org1":                    strings.Replace(good, `"Org1MSP":{"roots":"-----BEGIN`, `"Org1MSP":{"roots":"-----BEGUN`, 1),
		"orderers.OrdererMSP: roots: must hold": `{"channel":"c","chaincode":"c","orderers":{"OrdererMSP":{"roots":""}}}`,
		"orderers.OrdererMSP: intermediates":    strings.Replace(good, `"OrdererMSP":{`, `"OrdererMSP":{"intermediates":"x",`, 1),
		"blocks: policy":                        strings.Replace(good, `"blocks":"ANY orderer"`, `"blocks":"ANY"`, 1),
		"endorsement: policy":                   strings.Replace(good, `"MAJORITY peer"`, `"MAJORITY boss"`, 1),
		`"Org3MSP"`:                             strings.Replace(good, `'Org1MSP.peer'`, `'Org3MSP.peer'`, 1),
		"entries.state: must hold {key}":        strings.Replace(good, `"channel"`, `"entries":{"state":["k"]},"channel"`, 1),
		"entries.state: must hold {version}":    strings.Replace(good, `"channel"`, `"entries":{"state":"{key}"},"channel"`, 1),
		"1048577 bytes":                         good + strings.Repeat(" ", 1<<20+1-len(good)),
	} {
		got := driver.Verify(s.entry, s.proof, driver.Anchors(given))
		if got.Outcome != driver.Undetermined || !strings.Contains(got.Reason, words) {
			t.Errorf("%+v, want undetermined, %q", got, words)
		}
	}
}

// TestAnchorsOfAnotherChainRefuse: the same names, and other authorities.
func TestAnchorsOfAnotherChainRefuse(t *testing.T) {
	s, other := made(t), made(t)
	if got := driver.Verify(s.entry, s.proof, other.anchors); got.Outcome != driver.Failed {
		t.Errorf("%+v", got)
	}
	s.anchors = driver.Anchors(strings.Replace(string(s.anchors), `"channel":"trade"`, `"channel":"other"`, 1))
	if got := driver.Verify(s.entry, s.proof, s.anchors); got.Outcome != driver.Failed || !strings.Contains(got.Reason, `channel "other"`) {
		t.Errorf("%+v", got)
	}
}
