package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// decode holds decoded JSON against a schema and decodes it into a typed value, which is filled as far as the faults
// allow: the rules beyond the schema can then be held against the rest. It gives the JCS bytes, which are obj's own where
// there are no faults.
func decode(obj ld.Object, schema string, into any) ([]byte, schemas.Faults) {
	faults := schemas.Validate(schema, obj)
	sound := obj
	if len(faults) > 0 {
		sound = without(obj, faults)
	}
	canonical, err := ld.JCS(sound)
	if err == nil {
		err = json.Unmarshal(canonical, into)
	}
	if err != nil && len(faults) == 0 {
		faults.Add("", nil, "must be readable as "+schema+": "+err.Error(), "")
	}
	return canonical, faults
}

// asFaults gives the faults that an error is, or one of the whole document.
func asFaults(err error) schemas.Faults {
	var fs schemas.Faults
	if errors.As(err, &fs) {
		return fs
	}
	return schemas.Faults{schemas.NewFault("", nil, err.Error(), "")}
}

// without copies obj and leaves out every value that has a fault. Items of an array become null instead, so that
// pointers to the others stay right.
func without(obj ld.Object, faults schemas.Faults) ld.Object {
	bad := make(map[string]bool, len(faults))
	for _, f := range faults {
		bad[f.Pointer] = true
	}
	sound, _ := soundPart(obj, "", bad).(ld.Object)
	return sound
}

func soundPart(v any, at string, bad map[string]bool) any {
	if bad[at] {
		return nil
	}
	switch v := v.(type) {
	case map[string]any:
		return soundMembers(v, at, bad)
	case []any:
		items := make([]any, len(v))
		for i, item := range v {
			items[i] = soundPart(item, schemas.Pointer(at, i), bad)
		}
		return items
	}
	return v
}

func soundMembers(obj ld.Object, at string, bad map[string]bool) ld.Object {
	members := make(ld.Object, len(obj))
	for name, item := range obj {
		if sound := soundPart(item, schemas.Pointer(at, name), bad); sound != nil {
			members[name] = sound
		}
	}
	return members
}

// proofKey checks that a proof was made by the issuer's own key: a did:key proof method names the key itself.
func proofKey(issuer string, proof ld.Object) schemas.Faults {
	method, _ := proof["verificationMethod"].(string)
	did, _, _ := strings.Cut(method, "#")
	var fs schemas.Faults
	if issuer != "" && method != "" && did != issuer {
		fs.Add("/proof/verificationMethod", method, fmt.Sprintf("must be the issuer's key, %s", issuer), "W3C VC Data Model 2.0 section 4.12")
	}
	return fs
}
