package faultmatrix_test

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/ftagateway/ftagateway/gateway"
)

// saw is an answer in a few words: its status, and what it says.
func saw(s seen) string {
	if s.status >= http.StatusBadRequest {
		return fmt.Sprintf("%d %s", s.status, s.code())
	}
	var a struct {
		gateway.Answer
		Answers []gateway.Answer
		Sources []gateway.Source
	}
	_ = json.Unmarshal(s.body, &a)
	switch {
	case len(a.Answers) > 0:
		return fmt.Sprintf("%d %s%s", s.status, shown(a.Answers[0]), source(a.Sources))
	case a.Sources != nil:
		return fmt.Sprintf("%d%s", s.status, source(a.Sources))
	case a.State == gateway.Current || a.State == gateway.Stale:
		return fmt.Sprintf("%d %s", s.status, shown(a.Answer))
	}
	return fmt.Sprintf("%d %s", s.status, a.State)
}

func shown(a gateway.Answer) string {
	if a.State == gateway.Stale {
		return "stale " + string(a.Verdict.Outcome)
	}
	return string(a.Verdict.Outcome)
}

// source is how the sick ledger is named among the sources, where it did not answer.
func source(all []gateway.Source) string {
	for _, s := range all {
		if s.Ledger == sick && s.State != gateway.Answered && s.State != gateway.Absent {
			return ", " + s.Error
		}
	}
	return ""
}
