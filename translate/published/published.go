// Package published holds mappings for shapes that others have published, with their examples: what they give is a
// document's content, and never a signed one, for their signatures are over another shape.
package published

import "embed"

// Files are the mappings (*.yaml) and their examples.
//
//go:embed *.yaml examples/*.json
var Files embed.FS
