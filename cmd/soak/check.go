package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"

	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust"
)

// errAway says that it could not be asked, which is no fault while a ledger is sick.
var errAway = errors.New("could not be asked")

// holdAnswer holds what is shown of a record that stands on its ledger.
func holdAnswer(i *item, a gateway.Answer) error {
	switch {
	case a.ID != i.record.ID:
		return fmt.Errorf("record %s is answered for %s", a.ID, i.record.ID)
	case a.Verdict.Outcome == trust.Invalid:
		return fmt.Errorf("invalid, and nobody altered it: %+v", a.Verdict.Checks)
	case a.Verdict.Outcome == trust.Valid && !bytes.Equal(a.Record, i.record.Bytes):
		return fmt.Errorf("valid, and is not what was filed: %.300s", a.Record)
	case a.Verdict.Outcome == trust.Valid && a.State == gateway.Stale:
		return errors.New("valid, and nobody has asked the ledger")
	case a.Verdict.Outcome == trust.Valid:
		return nil
	}
	return errAway
}

// holdOnLedger holds an answer of the ledger that a record stands on.
func holdOnLedger(i *item, a *answer) error {
	if err := holdStatus(a); err != nil {
		return err
	}
	var got gateway.Answer
	if err := a.into(&got); err != nil {
		return err
	}
	return holdAnswer(i, got)
}

// holdEverywhere holds an answer of all ledgers.
func holdEverywhere(i *item, a *answer) error {
	if err := holdStatus(a); err != nil {
		return err
	}
	var got gateway.RecordAnswer
	if err := a.into(&got); err != nil {
		return err
	}
	if len(got.Answers) != 1 || len(got.Sources) != 3 {
		return fmt.Errorf("%d answers of %d sources", len(got.Answers), len(got.Sources))
	}
	return holdAnswer(i, got.Answers[0])
}

// holdEntry holds an entry file: nothing in it is invalid, and what is valid is whole.
func holdEntry(i *item, a *answer) error {
	if err := holdStatus(a); err != nil {
		return err
	}
	var got gateway.EntryFile
	if err := a.into(&got); err != nil {
		return err
	}
	if got.Outcome == trust.Invalid || got.EntryID != i.record.ID {
		return fmt.Errorf("%s of %s: %v", got.Outcome, got.EntryID, got.Reasons)
	}
	if got.Summary == nil {
		return errAway
	}
	if err := holdAnswer(i, *got.Summary); err != nil || len(got.Linked) == 1 {
		return err
	}
	if got.Outcome == trust.Undetermined && len(got.Reasons) > 0 {
		return errAway // its ledger was well for the summary, and away for the certificate
	}
	return fmt.Errorf("%s with %d linked records, want the certificate or why it is missing: %v", got.Outcome, len(got.Linked), got.Reasons)
}

// holdStatus holds that an answer is there, or a problem that may be tried again.
func holdStatus(a *answer) error {
	switch {
	case a.status == http.StatusOK:
		return nil
	case a.away():
		return errAway
	}
	return fmt.Errorf("status %d: %.300s", a.status, a.body)
}

// holdUnknown holds the answer about an id of nobody: absent, or not found so far.
func holdUnknown(a *answer) error {
	if a.status == http.StatusNotFound {
		return nil
	}
	if a.away() {
		return errAway
	}
	return fmt.Errorf("status %d: %.300s", a.status, a.body)
}
