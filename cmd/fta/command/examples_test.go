package command_test

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
)

// TestExamples runs every example of every command's help, as it is written, in a shell beside a demonstration. The
// files that examples name lie in the folder; addresses and keys that stand for others are put in their place.
func TestExamples(t *testing.T) {
	long(t, "runs every example of the help beside a demonstration, and the conformance suite against its node")
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skipf("the examples are for a shell: %v", err)
	}
	w := &world{}
	w.service = started(t, &w.Tour, "demo", "--listen", "127.0.0.1:0", "--data", filepath.Join(t.TempDir(), "demo"))
	visit(t, nil, func(t *testing.T, path []string, help string) {
		if lines := examples(help); len(lines) > 0 {
			s := newShell(t, w)
			for _, line := range lines {
				if strings.Contains(line, "--fabric") {
					t.Logf("not run: %s builds a network, in minutes; make fabric plays it", line)
					continue
				}
				s.run(t, line)
			}
		}
	})
}

// examples are the lines of a help's section of that name, a continued one as one.
func examples(help string) []string {
	_, section, _ := strings.Cut(help, "\nExamples:\n")
	section, _, _ = strings.Cut(section, "\n\n")
	var lines []string
	for line := range strings.Lines(strings.ReplaceAll(section, "\\\n", "")) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// shell runs examples in a folder of their own.
type shell struct {
	dir                           string
	gatewayKey, vendorKey, ledger string
	world                         *world
	env                           []string
}

func newShell(t *testing.T, w *world) *shell {
	t.Helper()
	s := &shell{dir: t.TempDir(), world: w}
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := filepath.Join(s.dir, "bin")
	mkdir(t, bin)
	save(t, bin, "fta", "#!/bin/sh\n"+asCommand+"=1 exec '"+binary+"' \"$@\"\n")
	if err := os.Chmod(filepath.Join(bin, "fta"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, s.gatewayKey = w.export(t)
	s.env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "XDG_CACHE_HOME="+s.dir, "FTA_GATEWAY="+w.Gateway)
	s.furnish(t)
	return s
}

// furnish puts into the folder what examples name: the keys of a filer and of CBP, and what they made with them.
func (s *shell) furnish(t *testing.T) {
	t.Helper()
	for file, key := range map[string]string{
		"filer": "broker", "filer-lookup": "broker-lookup", "evidence-root": "broker-evidence-root",
		"cbp-capability": "cbp-capability", "cbp-lookup": "cbp-lookup", "transport": "cbp-transport",
	} {
		save(t, s.dir, file+".pem", read(t, s.world.key(key)))
	}
	for file, kept := range map[string]string{"entry.v2.proof": "geth.proof", "trade.anchors": "geth.anchors"} {
		save(t, s.dir, file+".json", read(t, recorded(kept)))
	}
	for file, kept := range map[string][2]string{
		"entry.signed": {"usmca-entry-corrected", "document"}, "entry.v2": {"usmca-entry-corrected", "record"}, "entry.v1": {"usmca-entry", "record"},
	} {
		_, text := s.world.filed(t, kept[0], kept[1])
		save(t, s.dir, file+".json", text)
	}
	certify(t, s.dir)
	s.vendor(t)
	save(t, s.dir, "gateway.yaml", "listen: 127.0.0.1:0\nledgers: {trade: {url: 'memory:'}}\n")
	base := "http://" + s.world.Addresses["evidence-broker"]
	save(t, s.dir, "collection.json", ok(t, "evidence", "collection", "--root", s.file("evidence-root.pem"), "--base-url", base,
		"--issuer", s.file("filer.pem")))
	save(t, s.dir, "admission.json", ok(t, "evidence", "admit", "--collection", s.file("collection.json"), "--key", s.file("filer.pem"),
		"--reader", s.file("cbp-capability.pem")))
	for _, documentType := range []string{"EntrySummary", "CertificateOfOrigin"} {
		subject := save(t, s.dir, documentType, ok(t, "sign", "--sample", "--type", documentType))
		name := map[string]string{"EntrySummary": "summary", "CertificateOfOrigin": "certificate"}[documentType]
		save(t, s.dir, name+".json", read(t, subject))
		save(t, s.dir, name+".signed.json", ok(t, "sign", "--key", s.file("filer.pem"), "--type", documentType, subject))
	}
	save(t, s.dir, "witness.ndjson", ok(t, s.world.at("witness", "export")...)+"\n")
}

// vendor puts a vendor's mapping and samples there, its key, a report that it signed, and a ledger that it serves.
func (s *shell) vendor(t *testing.T) {
	t.Helper()
	s.vendorKey = ok(t, "keygen", s.file("vendor.pem"))
	save(t, s.dir, "report.json", ok(t, "conformance", "memory:", "--level", "read", "--json", "--sign", s.file("vendor.pem")))
	chain := memory.New(memory.Options{})
	one := read(t, "../../../examples/vendor-node/acme-0017.json")
	if _, err := chain.Append(t.Context(), &driver.Write{Key: "ACME-0017", Body: []byte(one)}); err != nil {
		t.Fatal(err)
	}
	served := httptest.NewServer(ledgerhttp.New(chain, ledgerhttp.Options{}))
	t.Cleanup(served.Close)
	s.ledger = served.URL
	mkdir(t, s.file("mappings"))
	for _, file := range []string{"acme.yaml", "acme-0017.json"} {
		save(t, s.dir, file, read(t, filepath.Join("../../../examples/vendor-node", file)))
	}
	save(t, s.file("mappings"), "entry.json", `{"status": "FILED"}`)
}

func (s *shell) file(name string) string { return filepath.Join(s.dir, name) }

var (
	makesKey = regexp.MustCompile(`^fta keygen (?:--lookup )?(\S+\.pem)$`)
	listens  = regexp.MustCompile(`^fta (demo|serve|node|evidence --data)\b`)
	address  = regexp.MustCompile(`--listen \S+`)
	onStage  = regexp.MustCompile(`listening on |Ctrl-C ends it`)
)

// placed puts what is there in the place of what an example writes.
func (s *shell) placed(line string) string {
	line = address.ReplaceAllString(line, "--listen 127.0.0.1:0")
	if listens.MatchString(line) && !strings.Contains(line, "--listen") {
		line += " --listen 127.0.0.1:0"
	}
	if strings.HasPrefix(line, "fta witness verify") {
		line = regexp.MustCompile(`did:key:\w+`).ReplaceAllString(line, s.gatewayKey)
	}
	if strings.HasPrefix(line, "fta verify") {
		line = regexp.MustCompile(`did:key:\w+`).ReplaceAllString(line, s.vendorKey)
	}
	line = strings.ReplaceAll(line, "http://127.0.0.1:8090", s.ledger)
	line = strings.ReplaceAll(line, "webledger+http://127.0.0.1:8443", "webledger+http://"+s.world.Addresses["trade"])
	line = strings.ReplaceAll(line, "http://127.0.0.1:8443/ledger-agents", "http://"+s.world.Addresses["trade"]+"/ledger-agents")
	return strings.ReplaceAll(line, "http://127.0.0.1:8080", s.world.Gateway)
}

// run runs an example, which must end well. One that keeps running is ended when it runs.
func (s *shell) run(t *testing.T, line string) {
	t.Helper()
	if made := makesKey.FindStringSubmatch(line); made != nil {
		_ = os.Remove(s.file(made[1]))
	}
	out := &log{}
	bash := exec.CommandContext(t.Context(), "bash", "-euo", "pipefail", "-c", "exec 2>&1\n"+within(s.placed(line)))
	bash.Dir, bash.Env, bash.Stdout, bash.Stderr = s.dir, s.env, out, out
	if err := bash.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- bash.Wait() }()
	if listens.MatchString(line) && !strings.Contains(line, "--once") {
		await(t, line+" runs", time.Minute, func() bool { return onStage.MatchString(out.String()) || len(ended) > 0 })
		_ = bash.Process.Signal(syscall.SIGTERM)
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("%s\n%v\n%s", s.placed(line), err, out)
		}
	case <-time.After(3 * time.Minute):
		_ = bash.Process.Kill()
		t.Errorf("%s\ndoes not end\n%s", s.placed(line), out)
	}
}

// within has a command that keeps running take the place of its shell, so that a signal reaches it.
func within(line string) string {
	if listens.MatchString(line) {
		return "exec " + line
	}
	return line
}
