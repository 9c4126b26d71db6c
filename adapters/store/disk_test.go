package store_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/cockroachdb/pebble/vfs"
	"github.com/cockroachdb/pebble/vfs/errorfs"

	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/adapters/store/killtest"
)

// TestPowerLoss: what was acknowledged is there although everything that was never synced to disk is gone.
func TestPowerLoss(t *testing.T) {
	disk := vfs.NewStrictMem()
	const batches = 40
	for n := range batches {
		s, err := store.OpenOn("/data/store", disk)
		if err != nil {
			t.Fatal(err)
		}
		mustApply(t, s, set(fmt.Sprintf("left/%03d", n), "x"), set(fmt.Sprintf("right/%03d", n), "x"))
		disk.SetIgnoreSyncs(true)
		mustClose(t, s)
		disk.ResetToSyncedState()
		disk.SetIgnoreSyncs(false)
	}
	s, err := store.OpenOn("/data/store", disk)
	if err != nil {
		t.Fatal(err)
	}
	defer mustClose(t, s)
	if got := len(pairs(t, s, "", nil)); got != 2*batches {
		t.Errorf("%d of %d keys are there", got, 2*batches)
	}
}

// TestFullDisk: a write that does not reach the disk is not acknowledged. The process ends, because nobody knows what is
// on the disk now, and the next one finds everything that was acknowledged.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	child := killtest.Start(t, crashDir+"="+dir, crashDisk+"=full")
	acknowledged := map[string]bool{}
	for child.Lines.Scan() {
		acknowledged[child.Lines.Text()] = true
	}
	if err := child.Wait(); err == nil || child.ProcessState.ExitCode() != 1 {
		t.Errorf("the child ended with %v", err)
	}
	if len(acknowledged) == 0 {
		t.Error("nothing was acknowledged before the disk was full")
	}
	checkRecovered(t, dir, acknowledged)
}

const goodWrites = 20

// runChild opens the folder, on a disk that is full after a while if that was asked for, and writes until it ends.
func runChild(dir string) {
	fs := vfs.Default
	if os.Getenv(crashDisk) != "" {
		fs = errorfs.Wrap(fs, fullAfter(goodWrites))
	}
	s, err := store.OpenOn(dir, fs)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	writeUntilKilled(s)
}

// fullAfter lets some writes of the write-ahead log succeed and then none.
func fullAfter(writes int32) errorfs.Injector {
	var done atomic.Int32
	return errorfs.InjectorFunc(func(op errorfs.Op, path string) error {
		if op == errorfs.OpFileWrite && strings.HasSuffix(path, ".log") && done.Add(1) > writes {
			return errors.New("no space left on device")
		}
		return nil
	})
}
