package fabric

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	sdkchannel "github.com/hyperledger/fabric-sdk-go/pkg/client/channel"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// BenchmarkRead is the newest version of a key through the driver, a peer asked every time, and the same read by the SDK
// alone: the chaincode's own function, played on one peer.
func BenchmarkRead(b *testing.B) {
	data := os.Getenv("FTA_FABRIC")
	if data == "" {
		b.Skip("FTA_FABRIC names no folder of a Fabric network; deploy/fabric/start.sh starts one and prints its folder")
	}
	sdk := filepath.Join(data, "sdk", "Org1")
	url := fmt.Sprintf("fabric:%s/connection.yaml?channel=trade&wallet=%s/wallet&user=User1&testing=1", sdk, sdk)
	opened, err := driver.Open(b.Context(), url, driver.Env{Store: memory(b)})
	if err != nil {
		b.Fatal(err)
	}
	defer opened.Close()
	l := opened.(*Ledger)
	w := &driver.Write{Key: fmt.Sprint("bench-", b.Name(), os.Getpid()), Body: make([]byte, 1500)}
	if _, err := l.Append(b.Context(), w); err != nil && driver.CodeOf(err) != driver.Conflict {
		b.Fatal(err)
	}
	b.Run("driver", func(b *testing.B) {
		for b.Loop() {
			if _, err := l.Get(b.Context(), driver.Ref{Key: w.Key}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("sdk", func(b *testing.B) {
		client := l.net.Load().client.(*channelClient).channel
		for b.Loop() {
			_, err := client.Query(sdkchannel.Request{ChaincodeID: "fta", Fcn: "get", Args: [][]byte{[]byte(w.Key)}},
				sdkchannel.WithTargetEndpoints(l.profile.peers[0]))
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}
