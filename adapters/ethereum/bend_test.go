package ethereum_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

func turnAll(calls []call, batch bool, turns func(c *call)) []byte {
	asked := make([]struct {
		Version string `json:"jsonrpc"`
		call
	}, len(calls))
	for i, c := range calls {
		c.Params = slices.Clone(c.Params)
		turns(&c)
		asked[i].Version, asked[i].call = "2.0", c
	}
	out, _ := json.Marshal(asked)
	if !batch {
		out, _ = json.Marshal(asked[0])
	}
	return out
}

func bendAll(calls []call, batch bool, got []byte, bent func(c call, a *answer)) []byte {
	var all []answer
	if !batch {
		got = append(append([]byte("["), got...), ']')
	}
	if json.Unmarshal(got, &all) != nil {
		return got
	}
	for i := range all {
		for _, c := range calls {
			if bytes.Equal(c.ID, all[i].ID) {
				bent(c, &all[i])
			}
		}
	}
	if !batch {
		out, _ := json.Marshal(all[0])
		return out
	}
	out, _ := json.Marshal(all)
	return out
}

// refuse makes an answer an error inside a 200.
func (a *answer) refuse(code int, message string) {
	a.Result, a.Error = nil, &refusal{Code: code, Message: message}
}

// set makes an answer a result.
func (a *answer) set(result any) {
	text, err := json.Marshal(result)
	if err != nil {
		panic(err)
	}
	a.Result, a.Error = text, nil
}

// change reads an answer's result, and sets what comes of it.
func change[T any](a *answer, how func(T) any) {
	var v T
	if a.Result != nil && json.Unmarshal(a.Result, &v) == nil {
		a.set(how(v))
	}
}

// only bends the answers to one method.
func only(method string, how func(c call, a *answer)) func(c call, a *answer) {
	return func(c call, a *answer) {
		if c.Method == method {
			how(c, a)
		}
	}
}

// stop makes a node whose chain has not gone on since a height; end lets it go on.
func (w *wire) stop(height uint64) (end func()) {
	w.turn(func(c *call) {
		if c.Method == "eth_getBlockByNumber" && !strings.HasPrefix(string(c.Params[0]), `"0x`) {
			c.Params[0] = json.RawMessage(fmt.Sprintf(`"0x%x"`, height))
		}
	})
	w.bend(only("eth_getBlockByNumber", func(_ call, a *answer) {
		change(a, func(b map[string]any) any {
			if n, err := strconv.ParseUint(fmt.Sprint(b["number"]), 0, 64); err != nil || n > height {
				return nil
			}
			return b
		})
	}))
	return func() {
		w.turn(nil)
		w.bend(nil)
	}
}
