package inclusion_test

import (
	"os"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/inclusion"
)

// TestTheDocumentedAnchorsAreRead: what the operator's guide shows is of the right form.
func TestTheDocumentedAnchorsAreRead(t *testing.T) {
	page, err := os.ReadFile("../../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(string(page), "### Inclusion on Ethereum")
	_, after, shown := strings.Cut(after, "```json\n")
	text, _, ends := strings.Cut(after, "```")
	if !found || !shown || !ends {
		t.Fatal("the guide shows no anchors")
	}
	b := newBlock(t, 1)
	want(t, inclusion.Verify(b.entry(0), b.prove(t, 0), driver.Anchors(text)), driver.Failed, "is for chain 4242, and the anchors are of chain 1")
}
