package faultmatrix_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/reference/fault-matrix.md anew")

const reference = "../../docs/reference/fault-matrix.md"

// drivers are the rows, as the page names them.
var drivers = []string{"webledger", "remote", vendor, "ethereum", "fabric"}

const preface = `# Fault matrix

*Written from the code by ` + "`go test ./gateway/faultmatrix -run Reference -update`" + `; a test fails when it is stale.*

What a client sees of a record while its ledger is sick: a cell for every fault and every driver that has a wire, each played
by ` + "`go test -v -run TestFaultMatrix ./gateway/faultmatrix`" + ` against a real node of that chain, with a gateway of its own over the default
limits, asked over HTTP. The test also prints statuses and times.

- **away**: a problem that may be tried again (502, 503 or 504) on the ledger's own path; under ` + "`/v1/records/{id}`" + ` what was seen last, *stale* and
  *undetermined*; in lists the ledger is named as one that could not be asked. A submission is taken and stays pending (202) until the ledger is back.
- **valid**, **invalid**: the verdict. An outage never makes a record invalid; what a ledger shows and is not so does.
- A *newcomer* is a gateway that has not seen the record before, where it shows something else. **older**: the version before, as valid, which nobody can
  know who never saw the newer one.

- **not offered**: what the fault is of is not there. Nobody signs the documents of vendor-node, an [example of a vendor's ledger in Node.js](../../examples/vendor-node)
  that the gateway reads by a mapping, and its server proves nothing: an altered document is found out only by who has seen it before. What its vendor writes
  meanwhile is shown in the end as what is submitted to the others; a submission to it is *not offered* (501), sick or well.
- *stale block*, *forged proof* on Fabric are told by peers of both organisations, under their own keys: they replay how far they had come, or show blocks under signatures
  that the orderers never gave.
- **Redis gone** (refused), **Redis black-holed**: every gateway's cache stands on one Redis, a real redis-server (where none is installed the test prints that as the reason), and the way to it
  fails. Records are replaced meanwhile: every gateway shows what was written last, about as fast as one without a cache, and answers from Redis again by itself.

Fabric's row is played beside its network, by ` + "`make fabric`" + `. A second gateway in each cell answers from its cache for up to 5 s, as ` + "`fta serve`" + ` does; it may show what is valid for
as long, and is held to all the rest.

In every cell: nothing altered or older is called valid by who has seen better; nothing is called absent while a ledger is away; a
failure is a problem that tells no address, key or stack; the healthy ledger answers as ever (within 2 s on a busy machine, where a few milliseconds are
usual); what names the sick ledger is there within its budget, 5 s, and at once when it has failed often enough (each driver's network faults are asked until
then); what was acknowledged stands on the ledger in the end, once; the gateway recovers by
itself as soon as the fault is over; its goroutines are as many as before, and none once it is closed.

`

// page is the reference.
func page() string {
	var b strings.Builder
	b.WriteString(preface + "| Fault | " + strings.Join(drivers, " | ") + " |\n|---|" + strings.Repeat("---|", len(drivers)) + "\n")
	for _, f := range faults() {
		fmt.Fprintf(&b, "| %s |", f.name)
		for _, d := range drivers {
			fmt.Fprintf(&b, " %s |", f.told(d))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// told is what the page has of a cell.
func (f fault) told(driver string) string {
	return f.expects(driver).String()
}

// String is the view as the page has it.
func (v view) String() string {
	if v.newcomer == v.known || v.newcomer == either {
		return v.known
	}
	return v.known + "; to a newcomer " + v.newcomer
}

// TestReference holds the page against what the cells are held to.
func TestReference(t *testing.T) {
	if *update {
		if err := os.WriteFile(reference, []byte(page()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(reference)
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != page() {
		t.Error("docs/reference/fault-matrix.md is stale: go test ./gateway/faultmatrix -run Reference -update")
	}
}
