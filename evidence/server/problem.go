package server

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// problem is an RFC 9457 answer. It has no detail: what a caller may know is in its type.
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
}

func newProblem(status int, name, title string) problem {
	return problem{"https://w3id.org/fta/problems/" + name, title, status}
}

// What a caller may be told. Only the refusal speaks about evidence and capabilities, and it is always the same.
var (
	refusal     = newProblem(http.StatusNotFound, "not-available", "There is nothing here for you")
	tooLarge    = newProblem(http.StatusRequestEntityTooLarge, "too-large", "The body is larger than this server takes")
	noLength    = newProblem(http.StatusLengthRequired, "length-required", "The request does not say how long its body is")
	slowBody    = newProblem(http.StatusRequestTimeout, "request-timeout", "The body did not arrive whole and in time")
	badMedia    = newProblem(http.StatusUnsupportedMediaType, "media-type", "A record cannot name evidence of this media type")
	busy        = newProblem(http.StatusTooManyRequests, "too-many-requests", "Too many requests of yours are under way")
	unavailable = newProblem(http.StatusServiceUnavailable, "unavailable", "The server cannot do this now")
	corrupt     = newProblem(http.StatusInternalServerError, "evidence-corrupt", "The server has lost this evidence")
)

// write sends the problem. Those that pass by themselves say when to come back.
func (p problem) write(w http.ResponseWriter) {
	if p.Status == http.StatusTooManyRequests || p.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "1")
	}
	body, err := json.Marshal(p)
	if err != nil { // strings and a number always encode
		panic(err)
	}
	answer(w, p.Status, "application/problem+json", body)
}

// answer sends a whole body. That the client went away meanwhile changes nothing.
func answer(w http.ResponseWriter, status int, mediaType string, body []byte) {
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
