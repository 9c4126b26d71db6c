package client_test

import (
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/evidence/internal/evidencetest"
)

// proxy listens where the environment of these tests says that a proxy is.
var proxy *net.TCPListener

// startProxy makes the environment name the proxy, before anything reads it.
func startProxy() {
	at, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	proxy = at.(*net.TCPListener)
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"} {
		if err := os.Setenv(name, "http://"+at.Addr().String()); err != nil {
			panic(err)
		}
	}
}

// fetchAt fetches from a partner whose server is said to be at base.
func fetchAt(t *testing.T, base string, change func(*client.Config)) client.Reason {
	t.Helper()
	p := evidencetest.NewPartner(t, base, evidencetest.NewParty(t))
	c := newClient(t, p.Customs, change, p.Reading)
	got, err := c.Fetch(t.Context(), p.Filer.DID, refTo("urn:uuid:"+uuid.NewString(), certificate))
	return reasonOf(t, got, err)
}

func publicOnly(c *client.Config) { c.AllowPrivate = nil }

// Server side request forgery is the seventh of the OWASP API risks: a partner chooses the address that the gateway
// calls.
func TestOWASPSSRFOnlyPublicAddressesAreCalled(t *testing.T) {
	var called atomic.Int32
	web := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called.Add(1) }))
	t.Cleanup(web.Close)
	_, port, err := net.SplitHostPort(web.Listener.Addr().String())
	must(t, err)
	for _, host := range []string{
		"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0.0.0.0", "[::]", "127.1", "2130706433",
		"10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "[fe80::1]", "[fd00::1]", "[64:ff9b::7f00:1]", "224.0.0.1",
	} {
		for _, scheme := range []string{"http://", "https://"} {
			reason := fetchAt(t, scheme+host+":"+port, publicOnly)
			numeric := host == "127.1" || host == "2130706433" // a name that no resolver here knows, or the loopback
			if reason != client.AddressBlocked && (!numeric || reason != client.Unreachable) {
				t.Errorf("%s%s: reason %s", scheme, host, reason)
			}
		}
	}
	if n := called.Load(); n > 0 {
		t.Errorf("a server on this machine was called %d times", n)
	}
}

func TestOWASPSSRFPlainHTTPGoesOnlyWhereItIsAllowed(t *testing.T) {
	for _, host := range []string{"93.184.216.34", "[2606:2800:220:1::1]", "10.1.2.3"} {
		if reason := fetchAt(t, "http://"+host, nil); reason != client.AddressBlocked {
			t.Errorf("%s: reason %s", host, reason)
		}
	}
}

func TestOWASPSSRFAnAllowedPrefixAllowsNoOther(t *testing.T) {
	other := func(c *client.Config) {
		c.AllowPrivate = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	}
	for _, base := range []string{"http://127.0.0.1:1", "https://127.0.0.1:1", "https://[::1]:1", "http://192.168.1.1"} {
		if reason := fetchAt(t, base, other); reason != client.AddressBlocked {
			t.Errorf("%s: reason %s", base, reason)
		}
	}
}

func TestOWASPSSRFRedirectsAreNotFollowed(t *testing.T) {
	var called atomic.Int32
	inside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		called.Add(1)
		_, _ = io.WriteString(plain(w), certificate)
	}))
	t.Cleanup(inside.Close)
	got, err := fetchFrom(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, inside.URL, http.StatusFound) }, nil)
	if r := reasonOf(t, got, err); r != client.Redirected || called.Load() > 0 {
		t.Errorf("reason %s, and the redirect was followed %d times", r, called.Load())
	}
}

// A proxy would be asked for any address, and would resolve its name by itself.
func TestOWASPSSRFNoProxyOfTheEnvironmentIsUsed(t *testing.T) {
	for _, base := range []string{"http://10.1.2.3", "https://10.1.2.3"} {
		if reason := fetchAt(t, base, impatient); reason != client.AddressBlocked {
			t.Errorf("%s: reason %s", base, reason)
		}
	}
	must(t, proxy.SetDeadline(time.Now().Add(10*time.Millisecond)))
	if _, err := proxy.Accept(); err == nil {
		t.Error("the proxy was asked")
	}
}

func TestHTTPSWithTheAuthoritiesThatAreConfigured(t *testing.T) {
	web := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(plain(w), certificate)
	}))
	web.Config.ErrorLog = log.New(io.Discard, "", 0) // a client that trusts nobody is what is tested
	web.StartTLS()
	t.Cleanup(web.Close)
	p := evidencetest.NewPartner(t, web.URL, evidencetest.NewParty(t))
	ref := refTo("urn:uuid:"+uuid.NewString(), certificate)

	got, err := newClient(t, p.Customs, nil, p.Reading).Fetch(t.Context(), p.Filer.DID, ref)
	if r := reasonOf(t, got, err); r != client.Unreachable {
		t.Errorf("a certificate of nobody known: %s", r)
	}
	roots := x509.NewCertPool()
	roots.AddCert(web.Certificate())
	trusting := newClient(t, p.Customs, func(c *client.Config) { c.Roots = roots }, p.Reading)
	if _, err := trusting.Fetch(t.Context(), p.Filer.DID, ref); err != nil {
		t.Errorf("a certificate that is configured: %v", err)
	}
}

func TestTheHostIsTheCapabilitysAndNotTheRecords(t *testing.T) {
	hosts := make(chan string, 1)
	_, err := fetchFrom(t, func(w http.ResponseWriter, r *http.Request) {
		hosts <- r.Host + r.URL.Path
		_, _ = io.WriteString(plain(w), certificate)
	}, nil)
	must(t, err)
	if got := <-hosts; !strings.HasPrefix(got, "127.0.0.1:") || strings.Count(got, "/") != 3 {
		t.Errorf("asked %s", got)
	}
}
