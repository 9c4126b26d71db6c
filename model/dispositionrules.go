package model

import (
	"slices"

	"github.com/ftagateway/ftagateway/schemas"
)

// Check holds the disposition against the rules beyond its schema: who rejects says why in a code, and "other" is no
// reason without words; who ends an entry in another way gives a code or words.
func (d *EntryDisposition) Check() schemas.Faults {
	var fs schemas.Faults
	for i, code := range d.ReasonCodes {
		inList(&fs, schemas.Pointer("/reasonCodes", i), code, "rejectReasons")
	}
	if slices.Contains(d.ReasonCodes, ReasonOther) && d.Remarks == "" {
		fs.Add("/remarks", nil, "must be present with reason 998", sourceReject)
	}
	d.checkReasons(&fs)
	return fs
}

func (d *EntryDisposition) checkReasons(fs *schemas.Faults) {
	coded := len(d.ReasonCodes) > 0
	switch d.Action {
	case ActionReject:
		if !coded {
			fs.Add("/reasonCodes", nil, "must be present when an entry is rejected", sourceReject)
		}
	case ActionCancel, ActionInactivate, ActionLiquidate:
		if !coded && d.Remarks == "" {
			fs.Add("/reasonCodes", nil, "must be present, or remarks", sourceOurs)
		}
	case ActionAccept:
		if coded {
			fs.Add("/reasonCodes", nil, "must be absent when an entry is accepted", sourceOurs)
		}
	}
}
