// Package client asks evidence servers: for a gateway it fetches a document and holds it against the digest that the
// record has, for a partner it uploads and revokes.
//
// The servers belong to strangers. A request goes only where a capability leads that the record's own issuer delegated,
// and only to a public address by https, unless the operator allows others; redirects are not followed, nothing is
// decompressed, and bytes, headers and time are bounded.
//
// A fetch has three outcomes. The bytes match. The server answered bytes that do not match, a *Mismatch: the evidence
// is invalid. Or it could not be asked, a *Failure with a Reason: nothing is known, since an outage is never a verdict,
// and a refusal says no more than one.
package client
