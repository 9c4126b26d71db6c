package inclusion_test

import (
	"os/exec"
	"strings"
	"testing"
)

// TestVerifyingLinksNoClient: who checks a proof asks nobody, and needs no code that could.
func TestVerifyingLinksNoClient(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", ".").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, p := range strings.Fields(string(out)) {
		switch p {
		case "github.com/ethereum/go-ethereum/rpc", "github.com/ethereum/go-ethereum/ethclient", "github.com/ftagateway/ftagateway/adapters/ethereum",
			"github.com/ftagateway/ftagateway/adapters/ethereum/nodes":
			t.Errorf("the verifier links %s", p)
		}
	}
}
