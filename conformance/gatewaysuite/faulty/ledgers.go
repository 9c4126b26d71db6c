package faulty

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
)

// asksLedgers asks the ledgers behind the right gateway's back for what is made of an entry number.
func (b *bent) asksLedgers(made func(number string) string) {
	b.asked = func(q *question) {
		if number := q.number(); number != "" {
			b.tellLedgers("find", object{"lookup": object{"name": "lookup", "value": made(number)}})
		}
	}
}

// tellLedgers sends a call of the ledger protocol to every ledger.
func (b *bent) tellLedgers(operation string, message any) {
	text, err := json.Marshal(message)
	if err != nil {
		return
	}
	for _, l := range b.setting.Ledgers {
		to := strings.TrimPrefix(l.URL, "ledger+") + "/" + operation
		r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, to, bytes.NewReader(text))
		if err != nil {
			return
		}
		r.Header.Set("Content-Type", "application/json")
		r.Close = true
		if resp, err := http.DefaultClient.Do(r); err == nil {
			resp.Body.Close()
		}
	}
}

func documentOnLedger(b *bent) {
	b.asked = func(q *question) {
		var submission struct{ Document json.RawMessage }
		if json.Unmarshal(q.body, &submission) == nil && len(submission.Document) > 0 {
			b.tellLedgers("append", object{"key": "document", "expect": 0, "body": string(submission.Document)})
		}
	}
}

func numberInMetrics(b *bent) {
	last := ""
	b.say = func(a *said) {
		if number := a.question.number(); number != "" {
			last = number
		}
		if a.question.on("/metrics") {
			a.body = append(a.body, `finds{number="`+last+`"} 1`...)
		}
	}
}
