package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/store"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		runChild(dir)
		return
	}
	goleak.VerifyTestMain(m)
}

// everyStore runs a test on disk and in memory.
func everyStore(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Run("disk", func(t *testing.T) { test(t, openDir(t, t.TempDir())) })
	t.Run("memory", func(t *testing.T) {
		s := store.Memory()
		t.Cleanup(func() { mustClose(t, s) })
		test(t, s)
	})
}

func openDir(t testing.TB, dir string) *store.Store {
	t.Helper()
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mustClose(t, s) })
	return s
}

func mustClose(t testing.TB, s *store.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func set(key, value string) driver.Change {
	return driver.Change{Key: []byte(key), Value: []byte(value)}
}

func remove(key string) driver.Change { return driver.Change{Key: []byte(key)} }

func mustApply(t testing.TB, kv driver.KV, changes ...driver.Change) {
	t.Helper()
	if err := kv.Apply(changes...); err != nil {
		t.Fatal(err)
	}
}

// pairs lists what a scan yields.
func pairs(t testing.TB, kv driver.KV, prefix string, after []byte) []string {
	t.Helper()
	all := []string{}
	err := kv.Scan([]byte(prefix), after, func(key, value []byte) bool {
		all = append(all, string(key)+"="+string(value))
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestGet(t *testing.T) {
	everyStore(t, func(t *testing.T, s *store.Store) {
		kv := s.Sub("index")
		mustApply(t, kv, set("a", "1"), set("empty", ""), set("", "no key"), set("gone", "x"))
		mustApply(t, kv, remove("gone"), remove("never there"), set("twice", "first"), set("twice", "last"))
		mustApply(t, kv)
		cases := []struct {
			key, value string
			ok         bool
		}{{"a", "1", true}, {"empty", "", true}, {"", "no key", true}, {"twice", "last", true}, {"gone", "", false}, {"b", "", false}}
		for _, c := range cases {
			value, ok, err := kv.Get([]byte(c.key))
			if string(value) != c.value || ok != c.ok || err != nil {
				t.Errorf("%q: %q %v %v", c.key, value, ok, err)
			}
		}
	})
}

func TestScan(t *testing.T) {
	everyStore(t, func(t *testing.T, s *store.Store) {
		kv := s.Sub("index")
		mustApply(t, kv, set("b/2", "y"), set("b/1", "x"), set("a", "v"), set("b/\xff", "z"), set("c", "w"), set("\xff\xff", "end"))
		cases := []struct {
			name, prefix string
			after        []byte
			want         []string
		}{
			{"everything, in order", "", nil, []string{"a=v", "b/1=x", "b/2=y", "b/\xff=z", "c=w", "\xff\xff=end"}},
			{"a prefix", "b/", nil, []string{"b/1=x", "b/2=y", "b/\xff=z"}},
			{"above a key", "b/", []byte("b/1"), []string{"b/2=y", "b/\xff=z"}},
			{"above a key that is not there", "b/", []byte("b/1a"), []string{"b/2=y", "b/\xff=z"}},
			{"above a key before the prefix", "b/", []byte("a"), []string{"b/1=x", "b/2=y", "b/\xff=z"}},
			{"above a key behind the prefix", "b/", []byte("c"), []string{}},
			{"above the empty key", "", []byte{}, []string{"a=v", "b/1=x", "b/2=y", "b/\xff=z", "c=w", "\xff\xff=end"}},
			{"a prefix that nothing has", "bb", nil, []string{}},
			{"a prefix with nothing behind it", "\xff", nil, []string{"\xff\xff=end"}},
		}
		for _, c := range cases {
			if got := pairs(t, kv, c.prefix, c.after); !slices.Equal(got, c.want) {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
		}
	})
}

// TestScanStops when yield says so, and shows the store as it was although yield writes.
func TestScanStops(t *testing.T) {
	everyStore(t, func(t *testing.T, s *store.Store) {
		kv := s.Sub("index")
		mustApply(t, kv, set("1", ""), set("2", ""), set("3", ""))
		var seen []string
		err := kv.Scan(nil, nil, func(key, _ []byte) bool {
			seen = append(seen, string(key))
			mustApply(t, kv, set(string(key)+"a", ""), remove("2"))
			return len(seen) < 2
		})
		if err != nil || !slices.Equal(seen, []string{"1", "2"}) {
			t.Errorf("saw %q, %v", seen, err)
		}
	})
}

// TestScanPanics: a yield that panics leaves nothing open behind it.
func TestScanPanics(t *testing.T) {
	s := store.Memory()
	mustApply(t, s, set("1", ""))
	func() {
		defer func() { _ = recover() }()
		_ = s.Scan(nil, nil, func(_, _ []byte) bool { panic("in yield") })
	}()
	mustClose(t, s)
}

// TestStoreCopiesWhatItIsGiven, and gives away what is the caller's.
func TestStoreCopiesWhatItIsGiven(t *testing.T) {
	everyStore(t, func(t *testing.T, s *store.Store) {
		change := set("key", "value")
		mustApply(t, s, change)
		copy(change.Key, "xxx")
		copy(change.Value, "xxxxx")
		got, _, _ := s.Get([]byte("key"))
		copy(got, "yyyyy")
		if again, ok, err := s.Get([]byte("key")); string(again) != "value" || !ok || err != nil {
			t.Errorf("%q %v %v", again, ok, err)
		}
	})
}

// TestCornersAreApart for any names and keys: what one writes no other reads, scans or deletes.
func TestCornersAreApart(t *testing.T) {
	s := store.Memory()
	defer mustClose(t, s)
	rapid.Check(t, func(rt *rapid.T) {
		bytes := rapid.SliceOfN(rapid.SampledFrom([]byte{0, 1, 2, 'a', 0xff}), 0, 4)
		one, other := string(bytes.Draw(rt, "name")), string(bytes.Draw(rt, "other name"))
		key, otherKey := string(bytes.Draw(rt, "key")), string(bytes.Draw(rt, "other key"))
		if one == other {
			return
		}
		mustApply(t, s.Sub(one), set(key, "mine"))
		mustApply(t, s.Sub(other), set(otherKey, "theirs"))
		if got := pairs(t, s.Sub(one), "", nil); !slices.Equal(got, []string{key + "=mine"}) {
			rt.Fatalf("%q holds %q", one, got)
		}
		mustApply(t, s.Sub(other), remove(otherKey), remove(key))
		if got := pairs(t, s.Sub(one), "", nil); len(got) != 1 {
			rt.Fatalf("%q lost what it had", one)
		}
		mustApply(t, s.Sub(one), remove(key))
	})
}

func TestSameNameIsSameCorner(t *testing.T) {
	dir := t.TempDir()
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	mustApply(t, s.Sub("index"), set("a", "1"))
	mustApply(t, s, set("a", "the store's own"))
	mustClose(t, s)
	again := openDir(t, dir)
	if got := pairs(t, again.Sub("index"), "", nil); !slices.Equal(got, []string{"a=1"}) {
		t.Errorf("after reopening %q", got)
	}
	if got := pairs(t, again.Sub(""), "", nil); !slices.Equal(got, []string{"a=the store's own"}) {
		t.Errorf("the corner without a name holds %q", got)
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	openDir(t, dir)
	if _, err := store.Open(dir); err == nil {
		t.Error("opened twice")
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(file); err == nil {
		t.Error("opened a file")
	}
}

// TestFolderIsPrivate: capabilities and idempotency keys lie in it.
func TestFolderIsPrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data", "store")
	openDir(t, dir)
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestClosed(t *testing.T) {
	s := store.Memory()
	kv := s.Sub("index")
	mustClose(t, s)
	mustClose(t, s)
	_, _, get := kv.Get([]byte("a"))
	for name, err := range map[string]error{
		"Get": get, "Apply": kv.Apply(set("a", "1")), "Scan": kv.Scan(nil, nil, nil),
	} {
		if !errors.Is(err, store.ErrClosed) {
			t.Errorf("%s answers %v", name, err)
		}
	}
}

// TestCloseWaits for a scan under way, and turns away what comes after it, also from within the scan.
func TestCloseWaits(t *testing.T) {
	s := store.Memory()
	mustApply(t, s, set("1", ""), set("2", ""))
	scanning, closed := make(chan struct{}), make(chan error, 1)
	go func() {
		<-scanning
		closed <- s.Close()
	}()
	var scanned int
	err := s.Scan(nil, nil, func(_, _ []byte) bool {
		if scanned++; scanned == 1 {
			close(scanning)
			for err := error(nil); !errors.Is(err, store.ErrClosed); _, _, err = s.Get([]byte("1")) {
			}
		}
		return true
	})
	if err != nil || scanned != 2 {
		t.Errorf("the scan saw %d of 2 keys, %v", scanned, err)
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
}

// TestConcurrentUse: batches of several writers never mix, readers see whole ones.
func TestConcurrentUse(t *testing.T) {
	everyStore(t, func(t *testing.T, s *store.Store) {
		kv := s.Sub("index")
		var writers, readers sync.WaitGroup
		done := make(chan struct{})
		for w := range 4 {
			writers.Go(func() { writeMany(t, kv, w) })
		}
		readers.Go(func() { readWhile(t, kv, done) })
		writers.Wait()
		close(done)
		readers.Wait()
	})
}

func writeMany(t *testing.T, kv driver.KV, writer int) {
	for n := range 50 {
		value := fmt.Sprint(writer, n)
		if err := kv.Apply(set("left", value), set("right", value)); err != nil {
			t.Error(err)
		}
	}
}

func readWhile(t *testing.T, kv driver.KV, done <-chan struct{}) {
	for {
		select {
		case <-done:
			return
		default:
		}
		values := map[string]bool{}
		err := kv.Scan(nil, nil, func(_, value []byte) bool {
			values[string(value)] = true
			return true
		})
		if err != nil || len(values) > 1 {
			t.Errorf("saw half a batch: %v, %v", values, err)
			return
		}
	}
}
