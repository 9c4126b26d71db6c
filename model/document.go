package model

import "github.com/ftagateway/ftagateway/ld"

// DocumentLimits bound what is read as a document: an entry summary of 999 full lines, and room to spare.
var DocumentLimits = ld.Limits{Bytes: 4 << 20, Depth: 16, Members: 200_000}
