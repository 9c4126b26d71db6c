//go:build !race

package conformancetest

// RaceDetector reports whether the tests run under the race detector, which takes memory and time of its own.
const RaceDetector = false
