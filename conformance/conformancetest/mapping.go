package conformancetest

import (
	"encoding/base64"
	"errors"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/ld"
)

// Mapping is that of a chain whose entries are bytes of every value, as the suite draws them where nothing else is said:
// whatever comes in an encoding means nothing.
func Mapping() *conformance.Mapping {
	return &conformance.Mapping{
		MappingID: conformance.MappingID{Name: "bytes", Digest: ld.Sum([]byte("bytes"))},
		Translate: func(_ string, e *driver.Entry) error {
			if _, err := base64.StdEncoding.DecodeString(string(e.Body)); err == nil {
				return errors.New("the body: must be the chain's own bytes, and is base64 of something")
			}
			return nil
		},
	}
}
