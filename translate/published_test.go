package translate_test

import (
	"testing"

	"github.com/ftagateway/ftagateway/translate"
)

func TestPublishedShapesHoldTheLawsBothWays(t *testing.T) {
	for _, name := range translate.PublishedNames() {
		m, err := translate.Published(name, translate.Options{})
		if err != nil {
			t.Error(err)
			continue
		}
		if r := translate.Test(m); !r.OK() {
			t.Error(r)
		}
	}
}
