// Package server is the Trade Evidence Server: a partner's own server for documents and files, which gives nothing and
// takes nothing without a capability.
//
//	POST /evidence/{collection}         keeps a file: 201, its id, digest and media type
//	GET  /evidence/{collection}/{uuid}  gives it
//	POST /zcaps/revocations/{id}        takes back a capability, which is the body
//	GET  /healthz                       for whoever runs the server
//
// One root capability stands above everything, with the target <base>/evidence; its controller is in the
// configuration, and every other key has what was delegated to it.
//
// Who may not see a thing and who asks for one that is absent get the same answer, byte for byte, after the same checks
// and the same reads of the stores. The server gives out what its disk has, and says loudly in its log when that is no
// longer what was uploaded; it does not vouch for it, since a reader who believed it would need no digest.
package server
