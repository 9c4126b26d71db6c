package gateway

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// Submission is a signed record on its way to its home ledger. With its document every rule is checked, and the document
// is dropped; without it the receipt says which rules were not.
type Submission struct {
	Record    json.RawMessage `json:"record"`
	Document  json.RawMessage `json:"document,omitempty"`
	MediaType string          `json:"mediaType,omitempty"`
	// IdempotencyKey is the caller's own name for the submission; the record's digest names it in any case.
	IdempotencyKey string `json:"-"`
}

// SubmissionReceipt is what the gateway attests about a submission. It is signed by the gateway's key.
type SubmissionReceipt struct {
	Context   []string        `json:"@context"`
	ID        string          `json:"id"` // urn:uuid, the same for the same record on the same ledger
	Type      string          `json:"type"`
	Ledger    string          `json:"ledger"`
	URI       string          `json:"ledgerUri"`
	Record    string          `json:"record"`
	Version   uint64          `json:"version"`
	Digest    ld.Digest       `json:"digest"` // of the record
	Received  model.Instant   `json:"received"`
	State     driver.State    `json:"state"`
	Tx        string          `json:"tx,omitempty"`
	Height    uint64          `json:"height,omitempty"`
	ChainTime model.Instant   `json:"chainTime,omitzero"`
	Reason    string          `json:"reason,omitempty"`    // why, where the ledger rejected it
	Unchecked []string        `json:"unchecked,omitempty"` // rules that could not be checked, in words
	Proof     json.RawMessage `json:"proof,omitempty"`
}

// kept is a submission as it stands in the store: what is needed to go on after a crash.
type kept struct {
	Receipt SubmissionReceipt `json:"receipt"`
	Record  json.RawMessage   `json:"record"`
}

// submissionID names a submission after what it is: the same record for the same ledger is the same submission.
func submissionID(slug string, digest ld.Digest) string {
	sum := sha256.Sum256([]byte("submission|" + slug + "|" + digest.String()))
	id := uuid.UUID(sum[:16])
	id[6] = id[6]&0x0f | 0x80 // version 8: made by a rule of our own (RFC 9562 section 5.8)
	id[8] = id[8]&0x3f | 0x80
	return id.URN()
}

// sign completes a receipt with the gateway's proof.
func (g *Gateway) sign(r *SubmissionReceipt) error {
	r.Proof = nil
	plain, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("signing a receipt: %w", err)
	}
	obj, err := ld.Parse(plain, ld.Limits{})
	if err != nil {
		return fmt.Errorf("signing a receipt: %w", err)
	}
	signed, err := proof.Sign(obj, g.Signer, proof.Options{Created: g.Now()})
	if err != nil {
		return fmt.Errorf("signing a receipt: %w", err)
	}
	r.Proof, err = json.Marshal(signed["proof"])
	return err
}

func submissionKey(id string) []byte { return []byte("submission/" + id) }

func callerKey(key string) []byte {
	sum := sha256.Sum256([]byte(key))
	return append([]byte("idempotency/"), sum[:]...)
}

// load reads a kept submission; nil if there is none.
func (g *Gateway) load(id string) (*kept, error) {
	data, ok, err := g.Store.Get(submissionKey(id))
	if err != nil || !ok {
		return nil, err
	}
	k := &kept{}
	if err := json.Unmarshal(data, k); err != nil {
		return nil, fmt.Errorf("reading submission %s: %w", id, err)
	}
	return k, nil
}

// keep signs a submission's receipt and has it on disk when it returns, under the caller's own name for it too, which must
// be nothing else's at another gateway. Then those are told.
func (g *Gateway) keep(ctx context.Context, k *kept, callers string) error {
	if err := g.sign(&k.Receipt); err != nil {
		return err
	}
	data, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("keeping a submission: %w", err)
	}
	if err := g.claim(ctx, callers, k.Receipt.ID); err != nil {
		return err
	}
	changes := []driver.Change{{Key: submissionKey(k.Receipt.ID), Value: data}, openMark(k)}
	if callers != "" {
		changes = append(changes, driver.Change{Key: callerKey(callers), Value: []byte(k.Receipt.ID)})
	}
	if err := g.Store.Apply(changes...); err != nil {
		return err
	}
	g.tell(ctx, k.Receipt.ID, data)
	return nil
}

// forget drops a submission that came to nothing.
func (g *Gateway) forget(ctx context.Context, k *kept, callers string) error {
	changes := []driver.Change{{Key: submissionKey(k.Receipt.ID)}, {Key: openKey(k.Receipt.ID)}}
	if callers != "" {
		changes = append(changes, driver.Change{Key: callerKey(callers)})
	}
	if g.Shared != nil {
		_ = g.Shared.Forget(context.WithoutCancel(ctx), k.Receipt.ID, callers)
	}
	return g.Store.Apply(changes...)
}
