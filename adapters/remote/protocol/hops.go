package protocol

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Hops are the gateways that a request came by, the first one first. Gateways may stand in a row, each serving what it
// reads through the next; two that are configured to read through each other would ask in circles.
type Hops []string

// HopsHeader carries them, separated by commas.
const HopsHeader = "Fta-Hops"

// MaxHops is how many gateways a request comes by at most.
const MaxHops = 8

var hop = regexp.MustCompile(`^[A-Za-z0-9._:-]{1,64}$`)

// IsHop reports whether a text can name a gateway: 1 to 64 of letters, digits, ".", "_", ":" and "-".
func IsHop(name string) bool { return hop.MatchString(name) }

// AreHops reports whether texts can name the gateways of a row.
func AreHops(names []string) bool {
	return len(names) <= MaxHops && !slices.ContainsFunc(names, func(name string) bool { return !IsHop(name) })
}

// ParseHops reads the header's values.
func ParseHops(values []string) (Hops, error) {
	var hops Hops
	for _, value := range values {
		for name := range strings.SplitSeq(value, ",") {
			name = strings.TrimSpace(name)
			if !IsHop(name) {
				return nil, fmt.Errorf("%s: %.80q does not name a gateway", HopsHeader, name)
			}
			if hops = append(hops, name); len(hops) > MaxHops {
				return nil, fmt.Errorf("%s: more than %d gateways", HopsHeader, MaxHops)
			}
		}
	}
	return hops, nil
}

// String gives the header's value.
func (h Hops) String() string { return strings.Join(h, ", ") }

// Has reports whether a request came by a gateway.
func (h Hops) Has(gateway string) bool { return slices.Contains(h, gateway) }

type hopsKey struct{}

// WithHop gives a context whose calls come by one more gateway. A gateway does this to what begins with it and to what it
// passes on, so that the drivers of package remote send its name along.
func WithHop(ctx context.Context, gateway string) context.Context {
	before := HopsOf(ctx)
	if before.Has(gateway) {
		return ctx
	}
	return context.WithValue(ctx, hopsKey{}, append(slices.Clip(before), gateway))
}

// WithHops gives a context whose calls came by these gateways, whatever it held before.
func WithHops(ctx context.Context, h Hops) context.Context {
	return context.WithValue(ctx, hopsKey{}, h)
}

// HopsOf gives the gateways that a context's calls came by.
func HopsOf(ctx context.Context) Hops {
	h, _ := ctx.Value(hopsKey{}).(Hops)
	return h
}
