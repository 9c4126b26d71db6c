package nodes

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// question is one that comes to a scripted node.
type question struct {
	ID     json.RawMessage   `json:"id"`
	Method string            `json:"method"`
	Params []json.RawMessage `json:"params"`
}

// scripted is a node that answers each question with the JSON that say gives: a result, or an error object.
func scripted(t testing.TB, say func(q question) string) *Node {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var all []question
		batch := json.Unmarshal(body, &all) == nil
		if !batch {
			all = make([]question, 1)
			_ = json.Unmarshal(body, &all[0])
		}
		var answers []string
		for _, q := range all {
			answers = append(answers, fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,%s}`, q.ID, say(q)))
		}
		if batch {
			_, _ = io.WriteString(w, "["+strings.Join(answers, ",")+"]")
			return
		}
		_, _ = io.WriteString(w, answers[0])
	}))
	n := New(s.URL, nil)
	t.Cleanup(func() {
		n.Close()
		s.Close()
	})
	return n
}

// TestRefusalsAreClassified by what nodes and hosts write, whatever number they give.
func TestRefusalsAreClassified(t *testing.T) {
	for text, want := range map[string]struct {
		kind Kind
		code driver.Code
	}{
		"execution reverted":                                                    {Reverted, driver.Unavailable},
		"VM execution error.":                                                   {Reverted, driver.Unavailable},
		"missing trie node 12ab (path ) <nil>":                                  {Gone, driver.Pruned},
		"historical state 12ab is not available":                                {Gone, driver.Pruned},
		"World state unavailable":                                               {Gone, driver.Pruned},
		"pruned history unavailable":                                            {Gone, driver.Pruned},
		"query returned more than 10000 results":                                {TooMuch, driver.ResourceExhausted},
		"eth_getLogs is limited to a 10,000 block range":                        {TooMuch, driver.ResourceExhausted},
		"response too large":                                                    {TooMuch, driver.ResourceExhausted},
		"Your app has exceeded its compute units per second: too many requests": {Limited, driver.ResourceExhausted},
		"daily request count exceeded, request rate limited":                    {Limited, driver.ResourceExhausted},
		"header not found":                                                      {Other, driver.Unavailable},
		"the method eth_call does not exist/is not available":                   {Other, driver.Unavailable},
		"": {Other, driver.Unavailable},
	} {
		n := scripted(t, func(question) string { return fmt.Sprintf(`"error":{"code":-32000,"message":%q}`, text) })
		_, err := n.Call(t.Context(), common.Address{}, nil, common.Hash{})
		if r := RefusedAs(err); r == nil || r.Kind != want.kind || driver.CodeOf(err) != want.code {
			t.Errorf("%q: %v, kind %v; want %v, %s", text, err, r, want.kind, want.code)
		}
	}
}

// TestTheDataOfARevertIsTheContracts.
func TestTheDataOfARevertIsTheContracts(t *testing.T) {
	n := scripted(t, func(question) string { return `"error":{"code":3,"message":"refused","data":"0xabcd"}` })
	_, err := n.Call(t.Context(), common.Address{}, nil, common.Hash{})
	if r := RefusedAs(err); r == nil || r.Kind != Reverted || fmt.Sprintf("%x", r.Data) != "abcd" {
		t.Errorf("%v, %+v", err, r)
	}
}

// TestManyBlocksAreAskedForInPartsThatTheNodeTakes, and come in the order in which they were asked for.
func TestManyBlocksAreAskedForInPartsThatTheNodeTakes(t *testing.T) {
	for _, most := range []int{1, 7, 99, 1000} {
		given := 0
		n := scripted(t, func(q question) string {
			var at string
			_ = json.Unmarshal(q.Params[0], &at)
			return fmt.Sprintf(`"result":{"number":%q,"hash":"0x%064s","parentHash":"0x%064s","timestamp":"0x1"}`, at, at[2:], "1")
		})
		n.http.Transport = batches{n.http.Transport, most, &given}
		var heights []uint64
		for h := range uint64(250) {
			heights = append(heights, 2*h+1)
		}
		got, err := n.Blocks(t.Context(), heights)
		if err != nil || len(got) != len(heights) {
			t.Fatalf("%d at most: %d blocks, %v", most, len(got), err)
		}
		for i, b := range got {
			if b.Height != heights[i] {
				t.Errorf("%d at most: block %d at place %d", most, b.Height, i)
			}
		}
		if given > 3*250/min(most, 100)+10 {
			t.Errorf("%d at most: %d requests", most, given)
		}
	}
}

// batches refuses what has more than some questions.
type batches struct {
	http.RoundTripper
	most  int
	given *int
}

func (b batches) RoundTrip(r *http.Request) (*http.Response, error) {
	*b.given++
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	var all []json.RawMessage
	if json.Unmarshal(body, &all) == nil && len(all) > b.most {
		return &http.Response{StatusCode: http.StatusRequestEntityTooLarge, Status: "413 Request Entity Too Large", Body: http.NoBody, Request: r}, nil
	}
	return b.RoundTripper.RoundTrip(r)
}

// TestWhatIsNoBlock is Corrupt, and no block of zeros.
func TestWhatIsNoBlock(t *testing.T) {
	const good = `{"number":"0x5","hash":"0x01","parentHash":"0x02","timestamp":"0x3"}`
	for name, result := range map[string]string{
		"another height": strings.Replace(good, "0x5", "0x6", 1), "no number": strings.Replace(good, "number", "n", 1),
		"a short hash": good, "time of another age": strings.Replace(good, `"0x3"`, `"0xffffffffffffff"`, 1), "a number": "7", "text": `"x"`,
	} {
		n := scripted(t, func(question) string { return `"result":` + result })
		if b, err := n.Block(t.Context(), "0x5"); driver.CodeOf(err) != driver.Corrupt {
			t.Errorf("%s: %v, %v; want corrupt", name, b, err)
		}
	}
	n := scripted(t, func(question) string { return `"result":null` })
	if b, err := n.Block(t.Context(), "0x5"); b != nil || err != nil {
		t.Errorf("%v, %v; want none", b, err)
	}
}

// TestAgreement: a value counts where a quorum gives it, whoever else says what, and whoever fails.
func TestAgreement(t *testing.T) {
	outage := errors.New("no")
	for name, test := range map[string]struct {
		says   []any // by endpoint: a number, or an error
		quorum int
		want   int
		code   driver.Code
	}{
		"all":                   {[]any{1, 1, 1}, 2, 1, ""},
		"one lies":              {[]any{2, 1, 1}, 2, 1, ""},
		"one fails":             {[]any{outage, 1, 1}, 2, 1, ""},
		"two fail":              {[]any{outage, outage, 1}, 2, 0, driver.Unavailable},
		"all differ":            {[]any{1, 2, 3}, 2, 0, driver.Unavailable},
		"two of two":            {[]any{1, 2}, 2, 0, driver.Unavailable},
		"one lies, one fails":   {[]any{2, outage, 1}, 2, 0, driver.Unavailable},
		"three of four":         {[]any{1, 2, 1, 1}, 3, 1, ""},
		"a refusal is a value":  {[]any{reverted, reverted, 1}, 2, 0, driver.Invalid},
		"one alone is believed": {[]any{1}, 1, 1, ""},
	} {
		var all []*Node
		for i := range test.says {
			all = append(all, New(fmt.Sprintf("http://node%d.example", i), nil))
		}
		s := NewSet(all, test.quorum, slog.New(slog.DiscardHandler))
		got, err := Agree(t.Context(), s, "it", func(_ context.Context, n *Node) (int, error) {
			switch said := test.says[slices.Index(all, n)].(type) {
			case error:
				return 0, driver.Errorf(driver.Invalid, "%w", said)
			default:
				return said.(int), nil
			}
		})
		switch {
		case test.code == "" && (err != nil || got != test.want):
			t.Errorf("%s: %d, %v; want %d", name, got, err, test.want)
		case test.code == driver.Unavailable && err == nil, test.code == driver.Invalid && RefusedAs(err) == nil:
			t.Errorf("%s: %d, %v; want no answer", name, got, err)
		}
	}
}

var reverted = &Refused{Kind: Reverted, Data: []byte{1}}

// FuzzTransaction: what a node gives for a transaction is one with a sender, one without, or refused.
func FuzzTransaction(f *testing.F) {
	f.Add([]byte(`{"hash":"0x01","type":"0x2","chainId":"0x1","nonce":"0x0","gas":"0x1","maxFeePerGas":"0x1","maxPriorityFeePerGas":"0x1","value":"0x0","input":"0x","v":"0x0","r":"0x1","s":"0x1"}`))
	f.Add([]byte(`{"hash":"0x0000000000000000000000000000000000000000000000000000000000000001","type":"0x7e"}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var tx Transaction
		if json.Unmarshal(data, &tx) != nil {
			return
		}
		from, ok := tx.Sender()
		if ok == (from == common.Address{}) && ok {
			t.Errorf("%s is sent by nobody", data)
		}
		if _, err := json.Marshal(&tx); err != nil {
			t.Errorf("%s: %v", data, err)
		}
	})
}

// FuzzBlock: what a node gives for a block is one with all that is needed, none, or refused.
func FuzzBlock(f *testing.F) {
	f.Add([]byte(`{"number":"0x5","hash":"0x01","parentHash":"0x02","timestamp":"0x3","baseFeePerGas":"0x7"}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var w *wireBlock
		if json.Unmarshal(data, &w) != nil {
			return
		}
		if b, err := blockAnswer("latest", w, nil); err == nil && b != nil && (b.Hash == common.Hash{} || b.Time().Year() < 1970) {
			t.Errorf("%s is taken for %v", data, b)
		}
	})
}
