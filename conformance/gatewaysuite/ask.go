package gatewaysuite

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// request is one request to the gateway.
type request struct {
	method, path string // the path with its query
	body         []byte
	header       http.Header
	host         string // "": that of the gateway's URL
}

func get(path string) request { return request{method: http.MethodGet, path: path} }

// post sends bytes as they are, and anything else as JSON.
func post(path string, body any) request {
	text, ok := body.([]byte)
	if !ok {
		text, _ = json.Marshal(body) // values of the suite's own
	}
	return request{method: http.MethodPost, path: path, body: text, header: http.Header{"Content-Type": {"application/json"}}}
}

// with adds a header, or leaves one out.
func (q request) with(name, value string) request {
	q.header = q.header.Clone()
	if q.header == nil {
		q.header = http.Header{}
	}
	q.header.Del(name)
	if value != "" {
		q.header.Set(name, value)
	}
	return q
}

// escaped makes a parameter's value one that can stand in a query.
func escaped(value string) string { return url.QueryEscape(value) }

func (q request) String() string {
	text := q.method + " " + q.path
	for name := range q.header {
		text += fmt.Sprintf(", %s: %s", name, q.header.Get(name))
	}
	if len(q.body) > 0 {
		text += "\n" + string(q.body[:min(len(q.body), 4000)])
	}
	return text
}

// answer is what came.
type answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// String tells the answer in short: a report has its text beside that, under what was answered last.
func (a answer) String() string { return a.told(160) }

func (a answer) told(most int) string {
	return fmt.Sprintf("%d, %s: %s", a.Status, a.Header.Get("Content-Type"), bytes.TrimSpace(a.Body[:min(len(a.Body), most)]))
}

func mediaOf(a answer) string {
	media, _, err := mime.ParseMediaType(a.Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return media
}

// maxAnswer bounds what is read of an answer: a gateway that answers without end has failed.
const maxAnswer = 32 << 20

// tries bounds how often a request is made again where the gateway speaks of an outage that nobody staged: a machine may
// be busy, and that is no fault of the gateway's.
const tries = 6

// do makes a request and reads its whole answer. No redirect is followed: the interface has none.
func (c *check) do(q request) answer { return c.doAt(c.run.gateway, q) }

// doAt does the same at another gateway.
func (c *check) doAt(g *Gateway, q request) answer {
	for try := 1; ; try++ {
		a := c.once(g, q)
		if c.sick || try == tries || !speaksOfOutage(a) {
			return a
		}
		c.pause(time.Duration(25<<try) * time.Millisecond)
	}
}

func speaksOfOutage(a answer) bool {
	return a.Status >= http.StatusBadGateway || bytes.Contains(a.Body, []byte(`"state":"unavailable"`)) ||
		bytes.Contains(a.Body, []byte("could not be fetched"))
}

// browser makes every request on a connection of its own: a gateway that was ended answers on none.
var browser = &http.Client{
	Transport:     &http.Transport{DisableKeepAlives: true, DisableCompression: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func (c *check) once(g *Gateway, q request) answer {
	answered := c.Asked(q.String())
	a, err := exchange(c.ctx, g.URL, q)
	if err != nil {
		c.Fail(q.method+" "+q.path+" is answered", "%s", plainly(err))
	}
	answered(a.told(4000))
	return a
}

func exchange(ctx context.Context, base string, q request) (answer, error) {
	r, err := http.NewRequestWithContext(ctx, q.method, base+q.path, bytes.NewReader(q.body))
	if err != nil {
		return answer{}, err
	}
	// What ledgers show changes from one request to the next here, faster than any cache may learn of it.
	r.Header.Set("Cache-Control", "no-cache")
	for name, values := range q.header {
		r.Header[name] = values
	}
	if q.host != "" {
		r.Host = q.host
	}
	resp, err := browser.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	return answer{resp.StatusCode, resp.Header, body}, err
}

// plainly says why there was no answer, without the gateway's address, which is another one in every run.
func plainly(err error) string {
	var failed *url.Error
	if errors.As(err, &failed) {
		err = failed.Err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "nothing came in the time of the case"
	}
	text := err.Error()
	if at := strings.LastIndex(text, ": "); at >= 0 {
		text = text[at+2:]
	}
	return "the connection failed: " + text
}

// pause waits between two looks at whether something is so, no longer than the case lasts.
func (c *check) pause(d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-c.ctx.Done():
	}
}
