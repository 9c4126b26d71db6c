package client

// ReadKept is for a fuzz target.
var ReadKept = readKept
