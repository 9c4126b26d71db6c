package conformance

import (
	"net/netip"
	"net/url"
	"regexp"
	"strings"
)

// hostIn gives the host that a URI names, in its own place or inside a part of it (urn:acme:ledger.acme.example,
// did:web:acme.example); "" if it names none. A name is taken for a host's by its form: labels of letters, digits and
// hyphens between dots, the last of letters alone (RFC 1123 section 2.1).
func hostIn(uri string) string {
	u, err := url.Parse(uri)
	if err != nil {
		return ""
	}
	if u.Host != "" {
		return u.Host
	}
	text := uri
	if plain, err := url.PathUnescape(uri); err == nil {
		text = plain
	}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(":/?#[]@!$&'()*+,;=", r) }) {
		if isHost(part) {
			return part
		}
	}
	return ""
}

var hostName = regexp.MustCompile(`^([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$`)

func isHost(name string) bool {
	_, err := netip.ParseAddr(name)
	return err == nil || strings.EqualFold(name, "localhost") || hostName.MatchString(name)
}
