package gatewaysuite

import "github.com/ftagateway/ftagateway/conformance"

// Suite is the suite that Run plays, for whoever lists its cases or holds a report against them.
func Suite() conformance.Suite {
	s := conformance.Suite{SuiteID: conformance.SuiteID{Name: "gateway", Version: SuiteVersion}, Protocol: Interface, Levels: Levels()}
	for _, cs := range Cases() {
		s.Cases = append(s.Cases, cs.Case)
	}
	return s
}
