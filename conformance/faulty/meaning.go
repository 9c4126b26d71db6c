package faulty

import (
	"encoding/base64"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var meaningFaults = []Fault{{
	Name: "body-encoded-twice", Breaks: "Hands over bodies in an encoding of its own, which no mapping reads.",
	Caught: "read/entries-translate",
	bend: func(b *bent) {
		b.got(func(e *driver.Entry) { e.Body = []byte(base64.StdEncoding.EncodeToString(e.Body)) })
	},
}}
