package connection

import (
	"context"
	"net/http"
	"time"
)

// exchange sends a request on a connection and reads the header of its answer. Where it fails the connection is closed.
func (t *Transport) exchange(c *conn, req *http.Request, s *server) (*http.Response, error) {
	c.heard = false
	if err := c.SetDeadline(time.Time{}); err != nil {
		c.close()
		return nil, err
	}
	// When the caller's time ends, so does every read and write under way.
	stop := context.AfterFunc(req.Context(), func() { _ = c.SetDeadline(time.Unix(1, 0)) })
	resp, err := t.send(c, req)
	if err != nil {
		stop()
		c.close()
		if ended := req.Context().Err(); ended != nil {
			return nil, ended
		}
		return nil, err
	}
	resp.Body = &body{ReadCloser: resp.Body, end: func(whole bool) {
		untouched := stop()
		if whole && untouched && !resp.Close && c.in.Buffered() == 0 {
			t.keep(s, c)
		} else {
			c.close()
		}
		t.leave(s)
	}}
	return resp, nil
}

func (t *Transport) send(c *conn, req *http.Request) (*http.Response, error) {
	c.out.Reset(c.Conn)
	if err := req.Write(c.out); err != nil {
		return nil, err
	}
	if err := c.out.Flush(); err != nil {
		return nil, err
	}
	return c.answer(req, t.cfg.MaxHeader)
}
