package webledger

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
)

// creator is the name that operations must give the node, its targetNode.
func (l *Ledger) creator(ctx context.Context) (string, error) {
	n, err := l.connect(ctx)
	if err != nil {
		return "", err
	}
	if known := n.creator.Load(); known != nil {
		return *known, nil
	}
	body, err := l.client.get(ctx, n.status, maxAgent)
	if err != nil {
		l.forget(n)
		return "", err
	}
	var a protocol.Agent
	if err := decode(body, &a); err != nil {
		return "", err
	}
	if !protocol.IsURI(a.TargetNode) {
		return "", driver.Errorf(driver.Corrupt, "the status service names no targetNode")
	}
	n.creator.Store(&a.TargetNode)
	return a.TargetNode, nil
}

// send gives an operation to the node. OutcomeUnknown means that the node may have it or not: it is asked a second
// time, as the same operation twice has one effect.
func (l *Ledger) send(ctx context.Context, k *kept) error {
	err := l.sendOnce(ctx, k)
	if driver.CodeOf(err) != driver.OutcomeUnknown {
		return err
	}
	if err = l.sendOnce(ctx, k); driver.IsOutage(err) {
		return driver.Errorf(driver.OutcomeUnknown, "send an operation again: %w", err)
	}
	return err
}

func (l *Ledger) sendOnce(ctx context.Context, k *kept) error {
	n, err := l.connect(ctx)
	if err != nil {
		return err
	}
	a, sent, err := l.client.exchange(ctx, http.MethodPost, n.operations, k.Operation, maxRefusal)
	switch {
	case err != nil && sent:
		return driver.Errorf(driver.OutcomeUnknown, "send an operation: %w", err)
	case err != nil:
		l.forget(n)
		return err
	case a.status/100 == 2, a.status == http.StatusConflict:
		return nil // 409: the node has this very operation
	}
	return a.refusal()
}

// refusal is the error for an operation that the node does not take.
func (a *answer) refusal() error {
	e := a.fault(writeFaults)
	var said protocol.Failure
	if json.Unmarshal(a.body, &said) == nil && said.Type == protocol.FailureNotAllowed {
		e.Code = driver.PermissionDenied
	}
	return e
}
