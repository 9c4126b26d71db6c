package config

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Size is a number of bytes. It is written with its unit, as 512KiB, 64MiB or 1GiB.
type Size int64

// The units of a size.
const (
	KiB Size = 1 << 10
	MiB Size = 1 << 20
	GiB Size = 1 << 30
)

// units lists them from the largest.
var units = []struct {
	size Size
	name string
}{{GiB, "GiB"}, {MiB, "MiB"}, {KiB, "KiB"}}

var errSize = errors.New("must be a whole number with its unit KiB, MiB or GiB, for example 256MiB")

// UnmarshalText reads a size. A number without a unit is refused: nobody would know whether bytes were meant.
func (s *Size) UnmarshalText(text []byte) error {
	for _, u := range units {
		number, ok := strings.CutSuffix(string(text), u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseUint(number, 10, 63)
		if err != nil || n > uint64(math.MaxInt64/u.size) {
			return errSize
		}
		*s = Size(n) * u.size
		return nil
	}
	return errSize
}

// String writes a size in the largest unit in which it is whole.
func (s Size) String() string {
	for _, u := range units {
		if s != 0 && s%u.size == 0 {
			return fmt.Sprintf("%d%s", s/u.size, u.name)
		}
	}
	return fmt.Sprintf("%d", int64(s))
}
