package capability

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/ftagateway/ftagateway/ld"
)

// The headers of an invocation.
const (
	headerAuthorization = "Authorization"
	headerInvocation    = "Capability-Invocation"
	headerDigest        = "Digest"
	headerContentType   = "Content-Type"
)

// maxHeader bounds each of them, in bytes.
const maxHeader = 32 << 10

// single answers a header that must occur once.
func single(h http.Header, name string) (string, error) {
	values := h.Values(name)
	if len(values) != 1 || len(values[0]) > maxHeader {
		return "", refuse("header %s occurs %d times, or is too long", name, len(values))
	}
	return values[0], nil
}

// parameters reads `scheme name="value",name="value"`. Nothing is escaped in it, and no space is allowed.
func parameters(header, scheme string) (map[string]string, error) {
	rest, ok := strings.CutPrefix(header, scheme+" ")
	if !ok {
		return nil, refuse("scheme is not %s", scheme)
	}
	params := map[string]string{}
	for more := true; more; {
		var name, value string
		if name, value, rest, ok = parameter(rest); !ok {
			return nil, refuse("%s parameter is malformed", scheme)
		}
		if _, twice := params[name]; twice {
			return nil, refuse("%s parameter occurs twice", scheme)
		}
		params[name] = value
		if rest, more = strings.CutPrefix(rest, ","); !more && rest != "" {
			return nil, refuse("%s parameters are not parted by commas", scheme)
		}
	}
	return params, nil
}

// parameter reads one, and answers what stands behind it.
func parameter(text string) (name, value, rest string, ok bool) {
	name, text, ok = strings.Cut(text, `="`)
	if !ok || !isLetters(name) {
		return "", "", "", false
	}
	value, rest, ok = strings.Cut(text, `"`)
	return name, value, rest, ok
}

func isLetters(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r < 'A' || 'z' < r || 'Z' < r && r < 'a' }) < 0
}

// invocation writes the Capability-Invocation header: a root by its id, a delegated capability whole.
func invocation(c *Capability, action string) (string, error) {
	if c.IsRoot() {
		return fmt.Sprintf(`zcap id="%s",action="%s"`, c.ID, action), nil
	}
	packed, err := pack(c)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(`zcap capability="%s",action="%s"`, packed, action), nil
}

// pack writes a capability as base64url of gzip of JSON, once for each capability.
func pack(c *Capability) (string, error) {
	if known := c.packed.Load(); known != nil {
		return *known, nil
	}
	packed, err := packAnew(c)
	if err == nil {
		c.packed.Store(&packed)
	}
	return packed, err
}

func packAnew(c *Capability) (string, error) {
	data, err := ld.JCS(c.object)
	if err != nil {
		return "", fmt.Errorf("encoding capability: %w", err)
	}
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		return "", fmt.Errorf("compressing capability: %w", err)
	}
	if err := w.Close(); err != nil {
		return "", fmt.Errorf("compressing capability: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b.Bytes()), nil
}

// unpack reads what pack wrote, and answers how many bytes it unfolds to. However far that would be, it takes no more than
// limits.Bytes of it.
func unpack(packed string) (*Capability, int, error) {
	zipped, err := base64.RawURLEncoding.DecodeString(packed)
	if err != nil {
		return nil, 0, refuse("capability is not base64url")
	}
	source := bytes.NewReader(zipped)
	r, err := gzip.NewReader(source)
	if err != nil {
		return nil, 0, refuse("capability is not compressed by gzip")
	}
	r.Multistream(false)
	data, err := io.ReadAll(io.LimitReader(r, int64(limits.Bytes)+1))
	if err != nil || len(data) > limits.Bytes || source.Len() > 0 {
		return nil, 0, refuse("capability is broken, longer than %d bytes, or not alone", limits.Bytes)
	}
	c, err := Parse(data)
	if err != nil || c.IsRoot() {
		return nil, 0, refuse("capability is not a delegated one")
	}
	return c, len(data), nil
}
