package trust_test

import (
	"bytes"
	"crypto"
	"crypto/ecdh"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/trust"
	"github.com/ftagateway/ftagateway/trust/did"
)

const (
	trade = "urn:uuid:7e0a6a3e-1111-4222-8333-444455556666"
	other = "urn:uuid:7e0a6a3e-1111-4222-8333-000000000000"
)

// signer makes a key that is the same in every run.
func signer(name string) ed25519.PrivateKey {
	seed := bytes.Repeat([]byte(name), ed25519.SeedSize)
	return ed25519.NewKeyFromSeed(seed[:ed25519.SeedSize])
}

func didOf(s ed25519.PrivateKey) string { return did.FromEd25519(s.Public().(ed25519.PublicKey)) }

func lookupKey(t *testing.T, name string) *ecdh.PublicKey {
	t.Helper()
	k, err := ecdh.X25519().NewPrivateKey(bytes.Repeat([]byte(name), 32)[:32])
	if err != nil {
		t.Fatal(err)
	}
	return k.PublicKey()
}

var (
	issuer = signer("issuer")
	broker = signer("broker")
)

func day(s string) model.Instant { return model.At(model.MustDate(s).Time()) }

func at(s string) time.Time { return day(s).Time() }

// brokerage is a participant whose signing key is bound to the trade ledger for the year 2026.
func brokerage() *model.Participant {
	return &model.Participant{
		Party: model.Party{Name: "Aduana Brokers Inc."},
		Roles: []model.ParticipantRole{{Role: model.RoleBroker, FilerCode: "ABC"}},
		Keys: []model.ParticipantKey{{
			ID: didOf(broker), Use: model.UseSigning, Ledger: trade, ValidFrom: day("2026-01-01"), ValidUntil: day("2027-01-01"),
		}},
		ValidFrom: day("2025-01-01"), ValidUntil: day("2030-01-01"),
	}
}

func changed(p *model.Participant, change func(*model.Participant)) *model.Participant {
	change(p)
	return p
}

// put signs a participant as a file of a folder.
func put(t *testing.T, dir, name string, p *model.Participant, by crypto.Signer, issued string) {
	t.Helper()
	d, err := model.SignDocument(p, by, model.Signing{ValidFrom: day(issued)})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	write(t, dir, name, d.Bytes)
}

func write(t *testing.T, dir, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func trusting(s ...ed25519.PrivateKey) trust.Issuers {
	var i trust.Issuers
	for _, one := range s {
		i.Any = append(i.Any, didOf(one))
	}
	return i
}

func load(t *testing.T, p *model.Participant) *trust.Participants {
	t.Helper()
	dir := t.TempDir()
	put(t, dir, "p.json", p, issuer, "2026-01-01")
	all, err := trust.LoadParticipants(dir, trusting(issuer))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAuthority(t *testing.T) {
	type step struct {
		key       ed25519.PrivateKey
		role      lifecycle.Role
		ledger    string
		at        string
		witnessed string
	}
	good := step{broker, lifecycle.Filer, trade, "2026-06-01", "2026-06-01"}
	revoked := func(reason string) *model.Participant {
		return changed(brokerage(), func(p *model.Participant) {
			p.Keys[0].Revoked = &model.Revocation{Since: day("2026-06-15"), Reason: reason}
		})
	}
	for name, c := range map[string]struct {
		p    *model.Participant
		step step
		want trust.Outcome
		says string
	}{
		"the broker files":               {brokerage(), good, trust.Valid, ""},
		"a key that nobody vouches for":  {brokerage(), step{signer("stranger"), lifecycle.Filer, trade, "2026-06-01", ""}, trust.Undetermined, "no trusted participant"},
		"a broker decides as customs":    {brokerage(), step{broker, lifecycle.CBP, trade, "2026-06-01", ""}, trust.Invalid, "act as cbp"},
		"a broker certifies origin":      {brokerage(), step{broker, lifecycle.Certifier, trade, "2026-06-01", ""}, trust.Invalid, "act as certifier"},
		"a role that nobody has":         {brokerage(), step{broker, "emperor", trade, "2026-06-01", ""}, trust.Invalid, "act as emperor"},
		"the pairwise key elsewhere":     {brokerage(), step{broker, lifecycle.Filer, other, "2026-06-01", ""}, trust.Invalid, "another ledger"},
		"before the key is valid":        {brokerage(), step{broker, lifecycle.Filer, trade, "2025-12-31", ""}, trust.Invalid, "key is valid from"},
		"on the key's first day":         {brokerage(), step{broker, lifecycle.Filer, trade, "2026-01-01", ""}, trust.Valid, ""},
		"when the key's validity ends":   {brokerage(), step{broker, lifecycle.Filer, trade, "2027-01-01", ""}, trust.Invalid, "key is valid from"},
		"before the participant's dates": {brokerage(), step{broker, lifecycle.Filer, trade, "2024-12-31", ""}, trust.Invalid, "participant is valid from"},
		"a chain without time":           {brokerage(), step{broker, lifecycle.Filer, trade, "", "2026-06-01"}, trust.Undetermined, "does not tell when"},

		"before it was superseded":         {revoked("superseded"), good, trust.Valid, ""},
		"before, though first seen later":  {revoked("superseded"), step{broker, lifecycle.Filer, trade, "2026-06-01", "2026-09-01"}, trust.Valid, ""},
		"the moment it was superseded":     {revoked("superseded"), step{broker, lifecycle.Filer, trade, "2026-06-15", ""}, trust.Invalid, "superseded"},
		"witnessed before the compromise":  {revoked("compromised"), good, trust.Valid, ""},
		"the chain says before, seen late": {revoked("compromised"), step{broker, lifecycle.Filer, trade, "2026-06-01", "2026-06-15"}, trust.Invalid, "compromised"},
		"the chain says before, never seen": {revoked("compromised"), step{broker, lifecycle.Filer, trade, "2026-06-01", ""},
			trust.Invalid, "compromised"},

		"a key for capabilities signs": {
			changed(brokerage(), func(p *model.Participant) { p.Keys[0].Use, p.Keys[0].Ledger = model.UseCapability, "" }),
			good, trust.Invalid, "not for signing",
		},
		"a key that is bound to no ledger": {
			changed(brokerage(), func(p *model.Participant) { p.Keys[0].Ledger = "" }), good, trust.Valid, "",
		},
		"compromised on another ledger is compromised here": {
			changed(brokerage(), func(p *model.Participant) {
				elsewhere := p.Keys[0]
				elsewhere.Ledger, elsewhere.Revoked = other, &model.Revocation{Since: day("2026-05-01"), Reason: "compromised"}
				p.Keys = append(p.Keys, elsewhere)
			}),
			good, trust.Invalid, "compromised",
		},
		"superseded on another ledger is good here": {
			changed(brokerage(), func(p *model.Participant) {
				elsewhere := p.Keys[0]
				elsewhere.Ledger, elsewhere.Revoked = other, &model.Revocation{Since: day("2026-05-01"), Reason: "superseded"}
				p.Keys = append(p.Keys, elsewhere)
			}),
			good, trust.Valid, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var when, witnessed time.Time
			if c.step.at != "" {
				when = at(c.step.at)
			}
			if c.step.witnessed != "" {
				witnessed = at(c.step.witnessed)
			}
			got := load(t, c.p).Authority(didOf(c.step.key), c.step.role, c.step.ledger, when, witnessed)
			if got.Name != trust.Authority || got.Outcome != c.want || !strings.Contains(got.Reason, c.says) {
				t.Errorf("%+v, want %s with reason %q", got, c.want, c.says)
			}
			if (got.Reason == "") != (c.want == trust.Valid) {
				t.Errorf("%s says reason %q", c.want, got.Reason)
			}
		})
	}
}

func TestWhoMayPlayWhichPart(t *testing.T) {
	parties := []string{
		model.RoleImporter, model.RoleBroker, model.RoleExporter, model.RoleProducer, model.RoleCBP, model.RoleAgency, model.RoleVendor,
	}
	for role, may := range map[lifecycle.Role][]string{
		lifecycle.Filer:      {model.RoleImporter, model.RoleBroker},
		lifecycle.Importer:   {model.RoleImporter},
		lifecycle.Certifier:  {model.RoleImporter, model.RoleExporter, model.RoleProducer},
		lifecycle.Respondent: {model.RoleImporter, model.RoleBroker, model.RoleExporter, model.RoleProducer},
		lifecycle.CBP:        {model.RoleCBP},
	} {
		for _, party := range parties {
			all := load(t, changed(brokerage(), func(p *model.Participant) { p.Roles = []model.ParticipantRole{{Role: party}} }))
			got := all.Authority(didOf(broker), role, trade, at("2026-06-01"), time.Time{}).Outcome == trust.Valid
			if want := slices.Contains(may, party); got != want {
				t.Errorf("%s acts as %s: %t, want %t", party, role, got, want)
			}
		}
	}
}

// Everything that is wrong with a folder is said at once, and the good files in it are loaded all the same.
func TestBadFilesAreAllNamedAndGoodOnesLoaded(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "good.json", brokerage(), issuer, "2026-01-01")
	put(t, dir, "by-a-stranger.json", changed(brokerage(), func(p *model.Participant) { p.Keys[0].ID = didOf(signer("x")) }), signer("stranger"), "2026-01-01")
	put(t, dir, "self-issued.json", changed(brokerage(), func(p *model.Participant) { p.Keys[0].ID = didOf(issuer) }), issuer, "2026-01-01")
	put(t, dir, "ends-before-it-begins.json", changed(brokerage(), func(p *model.Participant) { p.ValidUntil = day("2024-01-01") }), issuer, "2026-01-01")
	altered, err := os.ReadFile(filepath.Join(dir, "good.json"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "altered.json", bytes.Replace(altered, []byte("Aduana"), []byte("Banana"), 1))
	write(t, dir, "not-json.json", []byte("who is who"))
	write(t, dir, "huge.json", bytes.Repeat([]byte(" "), model.DocumentLimits.Bytes+1))
	write(t, dir, "another-type.json", []byte(`{"type":["VerifiableCredential","EntrySummary"]}`))
	if err := os.Mkdir(filepath.Join(dir, "folder.json"), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, dir, ".hidden.json", []byte("passed over"))
	write(t, dir, "README.md", []byte("passed over"))

	all, err := trust.LoadParticipants(dir, trusting(issuer))
	var named []string
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) {
		t.Fatalf("%v, want the faults joined", err)
	}
	for _, e := range joined.Unwrap() {
		var fault *trust.FileFault
		if !errors.As(e, &fault) {
			t.Fatalf("%v names no file", e)
		}
		named = append(named, fault.File)
	}
	want := []string{
		"altered.json", "another-type.json", "by-a-stranger.json", "ends-before-it-begins.json", "folder.json", "huge.json",
		"not-json.json", "self-issued.json",
	}
	slices.Sort(named)
	if !slices.Equal(named, want) {
		t.Errorf("faults of %v\nwant       %v\n%v", named, want, err)
	}
	if n := len(all.All()); n != 1 {
		t.Errorf("%d participants, want the good one", n)
	}
}

// An issuer who is trusted for brokers cannot make anybody customs.
func TestAnIssuerVouchesOnlyForItsRoles(t *testing.T) {
	dir := t.TempDir()
	greedy := changed(brokerage(), func(p *model.Participant) { p.Roles = append(p.Roles, model.ParticipantRole{Role: model.RoleCBP}) })
	put(t, dir, "p.json", greedy, issuer, "2026-01-01")
	all, err := trust.LoadParticipants(dir, trust.Issuers{ByRole: map[string][]string{model.RoleBroker: {didOf(issuer)}}})
	if err == nil || !strings.Contains(err.Error(), "not trusted for role cbp") {
		t.Errorf("%v, want a fault about the role", err)
	}
	for role, want := range map[lifecycle.Role]trust.Outcome{lifecycle.Filer: trust.Valid, lifecycle.CBP: trust.Invalid} {
		if got := all.Authority(didOf(broker), role, trade, at("2026-06-01"), time.Time{}); got.Outcome != want {
			t.Errorf("as %s: %+v, want %s", role, got, want)
		}
	}
}

func TestALaterDocumentSpeaksForTheRoleThatItGives(t *testing.T) {
	dir := t.TempDir()
	brokers, customs := signer("brokers' issuer"), signer("customs' issuer")
	put(t, dir, "1.json", brokerage(), brokers, "2026-01-01")
	put(t, dir, "2.json", changed(brokerage(), func(p *model.Participant) {
		p.Party.Name, p.Keys[0].Revoked = "Aduana Brokers LLC", &model.Revocation{Since: day("2026-03-01"), Reason: "superseded"}
	}), brokers, "2026-04-01")
	put(t, dir, "3.json", changed(brokerage(), func(p *model.Participant) { p.Roles = []model.ParticipantRole{{Role: model.RoleAgency}} }), customs, "2026-05-01")
	all, err := trust.LoadParticipants(dir, trusting(brokers, customs))
	if err == nil || !strings.Contains(err.Error(), "filer code ABC") {
		t.Errorf("%v, want the two names under one filer code told", err)
	}
	if got := all.Authority(didOf(broker), lifecycle.Filer, trade, at("2026-06-01"), time.Time{}); got.Outcome != trust.Invalid {
		t.Errorf("%+v, want the later document's revocation to count", got)
	}
	if p, ok := all.ByFilerCode("ABC"); !ok || p.Party.Name != "Aduana Brokers LLC" {
		t.Errorf("filer ABC is %+v, want the later document's", p)
	}
}

func TestLookups(t *testing.T) {
	oldKey, newKey := lookupKey(t, "old"), lookupKey(t, "new")
	all := load(t, changed(brokerage(), func(p *model.Participant) {
		p.Keys = append(p.Keys,
			model.ParticipantKey{ID: did.FromX25519(oldKey), Use: model.UseLookup, ValidFrom: day("2025-01-01"),
				Revoked: &model.Revocation{Since: day("2026-01-01"), Reason: "superseded"}},
			model.ParticipantKey{ID: did.FromX25519(newKey), Use: model.UseLookup, ValidFrom: day("2026-01-01")})
	}))
	p, ok := all.ByFilerCode("ABC")
	if !ok || p.Party.Name != "Aduana Brokers Inc." {
		t.Fatalf("filer ABC: %+v, %t", p, ok)
	}
	if keys := p.LookupKeys(); len(keys) != 2 || !keys[0].Equal(newKey) || !keys[1].Equal(oldKey) {
		t.Errorf("lookup keys %v, want the new one before the old one", keys)
	}
	if same, ok := all.ByKey(didOf(broker)); !ok || same != p {
		t.Error("the signing key does not lead to the same participant")
	}
	if _, ok := all.ByFilerCode("XYZ"); ok {
		t.Error("an unknown filer code was found")
	}
	if _, ok := all.ByKey(didOf(issuer)); ok {
		t.Error("the issuer's key was found, and no document binds it")
	}
}

func TestReloadSwapsAtOnceAndKeepsWhatItHadWhereTheFolderIsGone(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "p.json", brokerage(), issuer, "2026-01-01")
	all, err := trust.LoadParticipants(dir, trusting(issuer))
	if err != nil {
		t.Fatal(err)
	}
	if err := all.Reload(filepath.Join(dir, "gone")); err == nil || len(all.All()) != 1 {
		t.Errorf("%v, %d participants; want an error and the one from before", err, len(all.All()))
	}
	if err := all.Reload(t.TempDir()); err != nil || len(all.All()) != 0 {
		t.Errorf("%v, %d participants; want none of an empty folder", err, len(all.All()))
	}
}

func TestAFolderThatIsNotThere(t *testing.T) {
	all, err := trust.LoadParticipants(filepath.Join(t.TempDir(), "gone"), trusting(issuer))
	if err == nil {
		t.Error("no error")
	}
	if got := all.Authority(didOf(broker), lifecycle.Filer, trade, at("2026-06-01"), time.Time{}); got.Outcome != trust.Undetermined {
		t.Errorf("%+v, want undetermined", got)
	}
}

func TestReadersAndReloadsAtOnce(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	put(t, one, "p.json", brokerage(), issuer, "2026-01-01")
	put(t, two, "p.json", brokerage(), issuer, "2026-02-01")
	all, err := trust.LoadParticipants(one, trusting(issuer))
	if err != nil {
		t.Fatal(err)
	}
	var everybody sync.WaitGroup
	for range 4 {
		everybody.Go(func() {
			for range 50 {
				got := all.Authority(didOf(broker), lifecycle.Filer, trade, at("2026-06-01"), time.Time{})
				if _, found := all.ByFilerCode("ABC"); !found || got.Outcome != trust.Valid {
					t.Errorf("a reader saw a state in between: %+v", got)
				}
			}
		})
	}
	for i := range 20 {
		if err := all.Reload([]string{one, two}[i%2]); err != nil {
			t.Error(err)
		}
	}
	everybody.Wait()
}

func ExampleParticipants_Authority() {
	dir, _ := os.MkdirTemp("", "participants")
	defer os.RemoveAll(dir)
	d, _ := model.SignDocument(brokerage(), issuer, model.Signing{ValidFrom: day("2026-01-01")})
	_ = os.WriteFile(filepath.Join(dir, "aduana.json"), d.Bytes, 0o600)

	all, _ := trust.LoadParticipants(dir, trust.Issuers{Any: []string{didOf(issuer)}})
	filed := all.Authority(didOf(broker), lifecycle.Filer, trade, at("2026-06-01"), time.Time{})
	decided := all.Authority(didOf(broker), lifecycle.CBP, trade, at("2026-06-01"), time.Time{})
	fmt.Println(filed.Outcome)
	fmt.Println(decided.Outcome, decided.Reason)
	// Output:
	// valid
	// invalid the key's participant has no role that may act as cbp
}
