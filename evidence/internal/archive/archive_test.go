package archive_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/internal/archive"
	"github.com/ftagateway/ftagateway/ld"
)

const max = 1 << 20

func open(t *testing.T, dir string) *archive.Archive {
	t.Helper()
	a, err := archive.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

func newItem() archive.Item {
	return archive.Item{
		UUID: uuid.NewString(), Collection: evidence.NewCollection(), MediaType: "application/pdf",
		Kept: time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC), By: "did:key:z6MkSomebody",
	}
}

func put(t *testing.T, a *archive.Archive, it archive.Item, content string) archive.Item {
	t.Helper()
	kept, err := a.Put(it, []byte(content))
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

// contentFile is where the package comment says that an item's bytes are.
func contentFile(dir string, it archive.Item) string {
	name := strings.ToLower(hexOf(it.Digest))
	return filepath.Join(dir, "content", name[:2], name)
}

func hexOf(d ld.Digest) string {
	const digits = "0123456789abcdef"
	var b strings.Builder
	for _, c := range d {
		b.WriteByte(digits[c>>4])
		b.WriteByte(digits[c&15])
	}
	return b.String()
}

func TestWhatWasPutIsFoundAgainAfterReopening(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	kept := put(t, a, newItem(), "a certificate")
	if kept.Digest != ld.Sum([]byte("a certificate")) || kept.Size != 13 {
		t.Errorf("Put answered digest %s and size %d", kept.Digest, kept.Size)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}

	a = open(t, dir)
	found, ok, err := a.Find(kept.Collection, kept.UUID)
	if err != nil || !ok || found != kept {
		t.Fatalf("found %+v, %v, %v; want %+v", found, ok, err, kept)
	}
	content, intact, err := a.Content(found, max)
	if err != nil || !intact || string(content) != "a certificate" {
		t.Errorf("content %q, intact %v, %v", content, intact, err)
	}
}

func TestAnItemIsFoundInItsOwnCollectionOnly(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	kept := put(t, a, newItem(), "x")
	for name, where := range map[string][2]string{
		"another collection":  {evidence.NewCollection(), kept.UUID},
		"another id":          {kept.Collection, uuid.NewString()},
		"a way out":           {"..", kept.UUID},
		"a way out by the id": {kept.Collection, "../" + kept.Collection + "/" + kept.UUID},
		"another spelling":    {kept.Collection, strings.ToUpper(kept.UUID)},
		"nothing":             {"", ""},
	} {
		if _, ok, err := a.Find(where[0], where[1]); ok || err != nil {
			t.Errorf("%s: found %v, error %v; want nothing", name, ok, err)
		}
	}
}

func TestNamesThatCouldLeadOutAreNotPut(t *testing.T) {
	a := open(t, t.TempDir())
	for _, change := range []func(*archive.Item){
		func(it *archive.Item) { it.Collection = "../../../../../../tmp/abcd" },
		func(it *archive.Item) { it.Collection = "acme-trading-corporation" },
		func(it *archive.Item) { it.UUID = "../x" },
		func(it *archive.Item) { it.UUID = "urn:uuid:" + it.UUID },
	} {
		it := newItem()
		change(&it)
		if _, err := a.Put(it, []byte("x")); err == nil {
			t.Errorf("%q, %q: no error", it.Collection, it.UUID)
		}
	}
}

func TestTheSamePutAgainAnswersTheFirst(t *testing.T) {
	a := open(t, t.TempDir())
	it := newItem()
	first := put(t, a, it, "x")
	it.Kept, it.By = it.Kept.Add(time.Hour), "did:key:z6MkAnother"
	if again := put(t, a, it, "x"); again != first {
		t.Errorf("the second Put answered %+v, want the first item %+v", again, first)
	}
}

func TestManyPutsOfTheSameAtOnce(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	it := newItem()
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			if _, err := a.Put(it, []byte("x")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if left, _ := os.ReadDir(filepath.Join(dir, "incoming")); len(left) != 0 {
		t.Errorf("%d files stayed in incoming", len(left))
	}
	if _, ok, err := a.Find(it.Collection, it.UUID); !ok || err != nil {
		t.Errorf("found %v, %v", ok, err)
	}
}

func TestContentThatWasAlteredOnDiskIsTold(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	kept := put(t, a, newItem(), "40 units")
	if err := os.WriteFile(contentFile(dir, kept), []byte("90 units"), 0o600); err != nil {
		t.Fatal(err)
	}
	content, intact, err := a.Content(kept, max)
	if err != nil || intact || string(content) != "90 units" {
		t.Fatalf("content %q, intact %v, %v; want what the disk has, not intact", content, intact, err)
	}

	other := put(t, a, newItem(), "40 units")
	if _, intact, _ := a.Content(kept, max); !intact || other.Digest != kept.Digest {
		t.Error("the same content uploaded again did not mend it")
	}
}

func TestContentThatCannotBeGivenIsDamaged(t *testing.T) {
	for name, harm := range map[string]func(path string) error{
		"missing":  os.Remove,
		"too long": func(path string) error { return os.WriteFile(path, bytes.Repeat([]byte("x"), max+1), 0o600) },
	} {
		dir := t.TempDir()
		a := open(t, dir)
		kept := put(t, a, newItem(), "x")
		if err := harm(contentFile(dir, kept)); err != nil {
			t.Fatal(err)
		}
		if _, _, err := a.Content(kept, max); !errors.Is(err, archive.ErrDamaged) {
			t.Errorf("%s: got %v, want ErrDamaged", name, err)
		}
	}
}

func TestADescriptionThatIsNotTheItemsIsDamaged(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	one, other := put(t, a, newItem(), "one"), put(t, a, newItem(), "other")
	path := func(it archive.Item) string {
		return filepath.Join(dir, "collections", it.Collection, it.UUID+".json")
	}
	foreign, err := os.ReadFile(path(other))
	if err != nil {
		t.Fatal(err)
	}
	for name, description := range map[string][]byte{
		"of another": foreign, "half": foreign[:20], "empty": nil, "endless": bytes.Repeat([]byte(" "), 5000),
	} {
		if err := os.WriteFile(path(one), description, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, ok, err := a.Find(one.Collection, one.UUID); ok || !errors.Is(err, archive.ErrDamaged) {
			t.Errorf("%s: found %v, %v; want ErrDamaged", name, ok, err)
		}
	}
}

func TestOneProcessHasTheFolderAtATime(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	if _, err := archive.Open(dir); err == nil {
		t.Fatal("a second Open of the same folder succeeded")
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
}
