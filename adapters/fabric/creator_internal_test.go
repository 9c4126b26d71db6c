package fabric

import (
	"testing"

	"github.com/hyperledger/fabric-protos-go/peer"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// TestToWriteNothingIsToDelete: so the peers have it, whatever the write itself says.
func TestToWriteNothingIsToDelete(t *testing.T) {
	c, d := newBlocks(t), plain(t)
	d.mustAdd(t, c.block([][]byte{c.transaction("t1", "cc", put("k", "one"))}), c.block([][]byte{c.transaction("t2", "cc", put("k", ""))}))
	if e, err := d.version("k", 2); err != nil || e == nil || !e.Deleted {
		t.Errorf("%+v, %v", e, err)
	}
}

// TestWhatIsValidMustBeReadable: a valid transaction that was passed over could be a version that is missed.
func TestWhatIsValidMustBeReadable(t *testing.T) {
	for flag, want := range map[peer.TxValidationCode]driver.Code{
		peer.TxValidationCode_VALID:       driver.Corrupt,
		peer.TxValidationCode_BAD_PAYLOAD: "",
	} {
		c, d := newBlocks(t), plain(t)
		if err := d.add(c.block([][]byte{[]byte("no envelope")}, flag)); driver.CodeOf(err) != want {
			t.Errorf("%s: %v, want %q", flag, err, want)
		}
	}
}
