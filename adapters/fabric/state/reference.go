package state

// Reference says where the entries of the reference chaincode are.
func Reference() *Entries {
	e := &Entries{State: Form{Composite: true, parts: []string{"version", "{key}", "{version}"}}}
	e.Body = &Body{At: "body", Encoding: "base64"}
	return e
}
