package fabric

import (
	"context"
	"errors"
	"fmt"

	"github.com/hyperledger/fabric-protos-go/common"
	"github.com/hyperledger/fabric-protos-go/peer"
)

// channel is one channel of a Fabric network as one member sees it: all that the driver asks of an SDK, and so what a
// test bends to see what a driver does whose peers are wrong. It MUST be safe for concurrent use, and every method MUST
// return soon after ctx ends. Errors are *driver.Error, and Unavailable for a peer that does not answer.
type channel interface {
	// standing asks a peer for the number of blocks that it has, and for the hash of the newest.
	standing(ctx context.Context, peer string) (height uint64, newest []byte, err error)
	// block asks a peer for a block. It may be anything: the driver checks it.
	block(ctx context.Context, peer string, number uint64) (*common.Block, error)
	// answer asks a peer for a block and gives what the peer signed. It may be anything: who verifies a proof checks it.
	answer(ctx context.Context, peer string, number uint64) (*peer.ProposalResponse, error)
	// endorse has as many peers endorse a call as the chaincode's policy wants, checks that they say the same and that
	// their signatures hold, and signs the transaction. What the chaincode answers instead is a *refusal, and
	// errPeersDiffer says that the peers do not agree. It never asks twice.
	endorse(ctx context.Context, chaincode string, args [][]byte) (*signed, error)
	// send gives a transaction to an orderer. OutcomeUnknown: one may have it, and it may be sent again. Every other
	// error says that none has it.
	send(ctx context.Context, s *signed) error
	// close ends every connection and goroutine.
	close()
}

// signed is a transaction that was endorsed and signed, and has not been sent.
type signed struct {
	tx        string
	payload   []byte
	signature []byte
}

// refusal is what a chaincode answers instead of a result.
type refusal struct {
	status  int32
	message string
}

func (r *refusal) Error() string { return fmt.Sprintf("chaincode answers %d: %s", r.status, r.message) }

var errPeersDiffer = errors.New("endorsing peers do not say the same")
