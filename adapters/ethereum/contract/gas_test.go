package contract

import (
	_ "embed" // for the contract that is compared with
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
)

//go:embed testdata/BareLog.abi.json
var bareABI string

//go:embed testdata/BareLog.bin
var bareCode string

// most is how much gas an append without lookups may take, as a multiple of what BareLog takes for the same bytes.
const most = 1.3

// measurement is the gas of one write, of a key's first version and of a later one.
type measurement struct {
	size, lookups            int
	first, later             uint64
	bareFirst, bareLater     uint64
	firstOfBare, laterOfBare float64
}

// TestGasOfAnAppend compares on a chain in process, and holds the documentation to it.
func TestGasOfAnAppend(t *testing.T) {
	hold(t, measure(onSimulated(t)))
}

// hold holds measurements to the bound and to what docs/ethereum-contract.md says.
func hold(t *testing.T, all []measurement) {
	t.Helper()
	for _, m := range all {
		if m.lookups == 0 && (m.firstOfBare > most || m.laterOfBare > most) {
			t.Errorf("%d bytes: %.3f and %.3f of the gas of BareLog, want %.1f at most", m.size, m.firstOfBare, m.laterOfBare, most)
		}
	}
	if documented, got := documentedGas(t), rows(all); documented != got {
		t.Errorf("README.md says\n%s\nmeasured\n%s", documented, got)
	}
}

// measure writes bodies of several sizes, with and without lookups, and the same bodies to BareLog. Bodies and keys have
// no zeros: a zero in a transaction costs a quarter.
func measure(c *chain) []measurement {
	c.Helper()
	bare, parsed := c.bare()
	random := rand.New(rand.NewPCG(1, 2))
	var all []measurement
	for _, size := range []int{300, 1000, 4000} {
		for _, lookups := range []int{0, 1, 4} {
			m := measurement{size: size, lookups: lookups}
			key := [32]byte(nonzero(random, 32))
			led := make([][32]byte, lookups)
			for i := range led {
				led[i] = [32]byte(nonzero(random, 32))
			}
			for expect, into := range [][2]*uint64{{&m.first, &m.bareFirst}, {&m.later, &m.bareLater}} {
				body := nonzero(random, size)
				*into[0] = c.mined(c.send(c.writers[0], ledger.PackAppend(key, uint64(expect), body, led))).GasUsed
				*into[1] = c.logged(bare, parsed, key, body)
			}
			m.firstOfBare, m.laterOfBare = float64(m.first)/float64(m.bareFirst), float64(m.later)/float64(m.bareLater)
			all = append(all, m)
		}
	}
	return all
}

func nonzero(random *rand.Rand, size int) []byte {
	b := make([]byte, size)
	for i := range b {
		b[i] = byte(1 + random.IntN(255))
	}
	return b
}

// bare deploys what is compared with.
func (c *chain) bare() (*bind.BoundContract, abi.ABI) {
	c.Helper()
	parsed, err := abi.JSON(strings.NewReader(bareABI))
	if err != nil {
		c.Fatal(err)
	}
	at := c.deploy(common.FromHex(strings.TrimSpace(bareCode)))
	return bind.NewBoundContract(at, parsed, c.client, c.client, c.client), parsed
}

// logged gives the gas of a write to BareLog, which must have logged those bytes.
func (c *chain) logged(bare *bind.BoundContract, parsed abi.ABI, key [32]byte, body []byte) uint64 {
	c.Helper()
	data, err := parsed.Pack("log", key, body)
	if err != nil {
		c.Fatal(err)
	}
	opts := *c.writers[0]
	opts.GasLimit = 8_000_000
	tx, err := bind.Transact(bare, &opts, data)
	if err != nil {
		c.Fatal(err)
	}
	receipt := c.mined(tx)
	out := map[string]any{}
	if err := bare.UnpackLogIntoMap(out, "Logged", *receipt.Logs[0]); err != nil || out["key"] != key || string(out["body"].([]byte)) != string(body) {
		c.Fatalf("%v: BareLog logged something else", err)
	}
	return receipt.GasUsed
}

func rows(all []measurement) string {
	var b strings.Builder
	for _, m := range all {
		fmt.Fprintf(&b, "| %d | %d | %d | %d | %.2f | %d | %d | %.2f |\n", m.size, m.lookups,
			m.first, m.bareFirst, m.firstOfBare, m.later, m.bareLater, m.laterOfBare)
	}
	return b.String()
}

// documentedGas gives the rows of the table in README.md.
func documentedGas(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(regexp.MustCompile(`(?m)^\| \d+ \| \d .*\n`).FindAllString(string(page), -1), "")
}

// BenchmarkAppend tells the gas of later versions of a key, and how soon the chain in process has taken one.
func BenchmarkAppend(b *testing.B) {
	for _, size := range []int{300, 1000, 4000} {
		b.Run(fmt.Sprintf("bytes=%d", size), func(b *testing.B) {
			c := onSimulated(b)
			body := nonzero(rand.New(rand.NewPCG(1, 2)), size)
			c.append(key, 0, string(body))
			var gas uint64
			version := uint64(1)
			for b.Loop() {
				gas += c.append(key, version, string(body)).GasUsed
				version++
			}
			b.ReportMetric(float64(gas)/float64(b.N), "gas/op")
		})
	}
}
