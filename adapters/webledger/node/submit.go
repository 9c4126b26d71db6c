package node

import (
	"context"
	"errors"
	"net/http"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/mempool"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
)

// postOperation takes an operation. 204 says that it stands in a block which is on disk; whether it had an effect, the
// block's operations before it say.
func (n *Node) postOperation(w http.ResponseWriter, r *http.Request) {
	n.post(w, r, func(body []byte) (*message, error) {
		op, err := protocol.ParseOperation(body)
		if err != nil {
			return nil, err
		}
		return operationMessage(op), nil
	})
}

// postConfiguration takes a configuration, which is in force from the next block on.
func (n *Node) postConfiguration(w http.ResponseWriter, r *http.Request) {
	n.post(w, r, func(body []byte) (*message, error) {
		c, err := protocol.ParseConfiguration(body)
		if err != nil {
			return nil, err
		}
		return configurationMessage(c)
	})
}

func (n *Node) post(w http.ResponseWriter, r *http.Request, parse func([]byte) (*message, error)) {
	body, release, f := n.bodies.read(w, r)
	if f != nil {
		f.write(w)
		return
	}
	defer release()
	m, err := parse(body)
	if err != nil {
		malformed(err).write(w)
		return
	}
	if f := n.submit(r.Context(), m); f != nil {
		f.write(w)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// submit brings a message into a block, or says why not.
func (n *Node) submit(ctx context.Context, m *message) *failure {
	if !n.submits.TryRLock() {
		return unavailable("the node is shutting down")
	}
	defer n.submits.RUnlock()
	if err := n.Healthy(); err != nil {
		return unavailable(err.Error())
	}
	o, err := n.app.admit(m, []string{n.TargetNode()})
	if err != nil {
		return unavailable("the store cannot be read")
	}
	if f := refused(o); f != nil {
		return f
	}
	done, leave, err := n.app.waiters.wait(m.name)
	if err != nil {
		return unavailable(err.Error())
	}
	defer leave()
	n.app.messages.put(m)
	if f := n.send(m); f != nil {
		return f
	}
	return n.await(ctx, m, done)
}

// send hands a message to the mempool. One that the mempool has had before is either still there, and waited for like
// a new one, or in a block by now; whoever waits for that block may have been told before this request began to wait.
func (n *Node) send(m *message) *failure {
	var o outcome
	err := n.engine.pool.CheckTx(m.tx, func(r *abci.ResponseCheckTx) { o = outcome{r.Code, r.Log} }, mempool.TxInfo{})
	switch {
	case err == nil:
		return refused(o)
	case !errors.Is(err, mempool.ErrTxInCache):
		n.app.messages.drop(m.tx)
		return unavailable("the mempool takes nothing now")
	case n.stands(m):
		n.app.messages.drop(m.tx)
		return refused(outcome{codeDuplicate, standsAlready})
	}
	return nil
}

func (n *Node) await(ctx context.Context, m *message, done <-chan outcome) *failure {
	timer := time.NewTimer(n.cfg.CommitWait)
	defer timer.Stop()
	select {
	case o := <-done:
		return refused(o)
	case <-n.closing:
	case <-ctx.Done():
	case <-timer.C:
	}
	return n.lastLook(m)
}

// lastLook asks the store once more: a block may have come just before the wait ended, or before it began.
func (n *Node) lastLook(m *message) *failure {
	if n.stands(m) {
		return nil
	}
	return unavailable("It could not be learnt in time whether the message was taken. Send it again: it is taken once.")
}

// stands reports whether a message is known to stand in a block that everybody can read.
func (n *Node) stands(m *message) bool {
	_, st := n.app.inForce()
	known, err := n.store.has(m, st.Height)
	return err == nil && known
}
