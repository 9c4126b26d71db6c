package revocation_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/evidence/internal/revocation"
)

var now = time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)

func open(t *testing.T, dir string, at time.Time) *revocation.Revocations {
	t.Helper()
	r, err := revocation.Open(dir, 3, at)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func add(t *testing.T, r *revocation.Revocations, id string) {
	t.Helper()
	if err := r.Add(revocation.Revocation{ID: id, Expires: now.Add(time.Hour), By: "did:key:z6MkFiler", At: now}); err != nil {
		t.Fatal(err)
	}
}

func any(t *testing.T, r *revocation.Revocations, ids ...string) bool {
	t.Helper()
	found, err := r.Any(ids...)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestARevokedCapabilityStaysRevokedAfterReopening(t *testing.T) {
	dir := t.TempDir()
	add(t, open(t, dir, now), "urn:uuid:a")
	r := open(t, dir, now)
	if !any(t, r, "urn:uuid:a") {
		t.Error("forgotten")
	}
	if any(t, r, "urn:uuid:b") || any(t, r) {
		t.Error("something is revoked that never was")
	}
}

func TestOneRevokedInAChainIsEnough(t *testing.T) {
	r := open(t, t.TempDir(), now)
	add(t, r, "urn:uuid:parent")
	if !any(t, r, "urn:zcap:root:x", "urn:uuid:parent", "urn:uuid:child") {
		t.Error("a chain through a revoked parent counts")
	}
}

func TestIDsAreForeignTextAndLeadNowhere(t *testing.T) {
	dir := t.TempDir()
	r := open(t, filepath.Join(dir, "revocations"), now)
	for _, id := range []string{"../../x", strings.Repeat("long/", 1000), ""} {
		add(t, r, id)
		if !any(t, r, id) {
			t.Errorf("%.20q was not found again", id)
		}
	}
	if made, _ := os.ReadDir(dir); len(made) != 1 {
		t.Errorf("%d names beside the folder", len(made))
	}
}

func TestTheFolderFillsAndExpiredOnesMakeRoom(t *testing.T) {
	dir := t.TempDir()
	r := open(t, dir, now)
	for _, id := range []string{"a", "b", "c", "a"} { // the last is known already
		add(t, r, id)
	}
	if err := r.Add(revocation.Revocation{ID: "d"}); !errors.Is(err, revocation.ErrFull) {
		t.Errorf("got %v, want ErrFull", err)
	}
	later := open(t, dir, now.Add(48*time.Hour))
	if any(t, later, "a", "b", "c") {
		t.Error("expired revocations are still remembered")
	}
	add(t, later, "d")
}

func TestWhatHasJustExpiredIsStillRemembered(t *testing.T) {
	dir := t.TempDir()
	add(t, open(t, dir, now), "a")
	if !any(t, open(t, dir, now.Add(2*time.Hour)), "a") {
		t.Error("forgotten while a verifier with a slow clock may still take the capability")
	}
}

func TestAFileWrittenByHalvesIsCleanedAndADamagedOneStopsTheServer(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "X.part"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, dir, now)
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("%d leftovers", len(left))
	}
	if err := os.WriteFile(filepath.Join(dir, "X.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := revocation.Open(dir, 3, now); err == nil {
		t.Error("a revocation that cannot be read was passed over")
	}
}
