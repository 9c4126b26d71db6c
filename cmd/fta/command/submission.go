package command

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/api/client"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
)

// submission is one document on its way.
type submission struct {
	*shared
	gateway  *client.Client
	options  submitOptions
	document *model.Document
}

// signed is the record about the document: the one that was given, or a new one. A new one is on disk, where that is
// asked for, before it is sent.
func (s submission) signed(ctx context.Context) (*model.Parsed, error) {
	if s.options.record != "" {
		return s.again()
	}
	partner, err := s.options.partner()
	if err != nil {
		return nil, exit(ExitUsage, err)
	}
	as, err := s.filing(ctx)
	if err != nil {
		return nil, err
	}
	record, err := partner.File(ctx, s.document, as)
	if err != nil {
		return nil, unfiled(err)
	}
	if s.options.out != "" {
		err = writeFile(s.options.out, record.Bytes)
	}
	return record, err
}

// again reads a record that an earlier run signed about this document.
func (s submission) again() (*model.Parsed, error) {
	data, err := s.input(s.options.record)
	if err != nil {
		return nil, err
	}
	record, err := model.ParseRecord(data)
	if err == nil {
		err = model.CheckRecord(&record.Record, s.document).Err()
	}
	if err != nil {
		return nil, faulty("the record", err)
	}
	return record, nil
}

// filing asks the gateway what the ledger is, and for the version that is to be followed.
func (s submission) filing(ctx context.Context) (filing.Filing, error) {
	as := filing.Filing{ID: s.options.id, Event: lifecycle.Event(s.options.event), At: time.Now()}
	var state gateway.LedgerState
	if err := s.gateway.Get(ctx, s.path(), &state); err != nil {
		return as, coding(err)
	}
	if as.Ledger = state.URI; as.Ledger == "" {
		return as, exit(ExitUndetermined, errors.New("the ledger cannot be asked now what it is"))
	}
	if s.options.update == "" {
		return as, nil
	}
	var newest gateway.Answer
	if err := s.gateway.Get(ctx, s.path()+"/records/"+s.options.update, &newest); err != nil {
		return as, coding(err)
	}
	previous, err := model.ParseRecord(newest.Record)
	if err != nil {
		return as, exit(ExitUndetermined, fmt.Errorf("version %d of %s cannot be followed: its verdict is %s",
			newest.Version, s.options.update, newest.Verdict.Outcome))
	}
	as.Previous = previous
	return as, nil
}

func (s submission) path() string { return "/v1/ledgers/" + url.PathEscape(s.options.ledger) }

// send submits the record, and prints the receipt.
func (s submission) send(ctx context.Context, record *model.Parsed) error {
	var receipt gateway.SubmissionReceipt
	question := gateway.Submission{Record: record.Bytes, Document: s.document.Bytes}
	if err := s.gateway.Post(ctx, s.path()+"/records", question, &receipt); err != nil {
		return s.hinted(coding(err))
	}
	if err := s.print(receipt, func() { s.sayReceipt(&receipt) }); err != nil {
		return err
	}
	return settled(&receipt)
}

// hinted says how to go on where nobody can tell whether the record was heard.
func (s submission) hinted(err error) error {
	var c *coded
	if !errors.As(err, &c) || c.code != ExitUndetermined {
		return err
	}
	if file := s.options.out + s.options.record; file != "" {
		return exit(c.code, fmt.Errorf("%w\nsubmit the same record again: --record %s", err, file))
	}
	return exit(c.code, fmt.Errorf("%w\nit may have been filed all the same: look for it before you file it again", err))
}

// settled gives the state of a submission its exit code.
func settled(r *gateway.SubmissionReceipt) error {
	switch r.State {
	case driver.Finally, driver.Included:
		return nil
	case driver.Pending:
		return exit(ExitUndetermined, errors.New("the ledger has not answered yet: the gateway goes on with it, and the same record again tells how"))
	}
	return fmt.Errorf("the ledger did not take it: %s %s", r.State, r.Reason)
}

func (g *shared) sayReceipt(r *gateway.SubmissionReceipt) {
	fmt.Fprintf(g.Out, "record      %s version %d on %s\nstate       %s\nsubmission  %s\n", r.Record, r.Version, r.Ledger, r.State, r.ID)
	for _, rule := range r.Unchecked {
		fmt.Fprintf(g.Out, "unchecked   %s\n", rule)
	}
}
