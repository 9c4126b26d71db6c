package play

import (
	"bytes"
	"fmt"
	"math/rand/v2"

	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/translate"
)

// sampled draws bodies for a ledger that has no records of ours: its mapping's examples, each spelt as nobody spelt it
// before, and saying the key that it is written under where the mapping tells where that stands. Its keys are its own, and
// drawn as for any chain.
type sampled struct{ samples []translate.Sample }

func samplesOf(m *translate.Mapping) (sampled, error) {
	samples, err := m.Samples()
	if err != nil {
		return sampled{}, err
	}
	for _, s := range samples {
		if !bytes.HasPrefix(s.Under(""), []byte("{")) {
			return sampled{}, fmt.Errorf("mapping %s: its examples must be JSON objects, for bodies are drawn from them", m.Name())
		}
	}
	if len(samples) == 0 {
		return sampled{}, fmt.Errorf("mapping %s has no examples, from which bodies could be drawn", m.Name())
	}
	return sampled{samples}, nil
}

// body makes one of the examples another body, by space that means nothing in JSON.
func (s sampled) body(r *rand.Rand, b conformance.Body) []byte {
	sample := s.samples[r.IntN(len(s.samples))].Under(b.Key)
	space := make([]byte, 64)
	for i := range space {
		space[i] = " \t"[r.IntN(2)]
	}
	return padded(bytes.Join([][]byte{sample[:1], space, sample[1:]}, nil), b.Size)
}
