package driver

import (
	"context"
	"time"
)

// WithSince says for the calls of ctx that what the chain said since a moment is new enough: who makes one answer of many
// calls names the moment, by time.Now, at which he began. A driver that asks how far its chain has come before it answers
// from what it has MAY then rely on what it asked after that moment, and asks once for all those calls. It need not know
// of this. Without a moment a call wants what stands when it is made.
func WithSince(ctx context.Context, moment time.Time) context.Context {
	return context.WithValue(ctx, sinceKey{}, moment)
}

// Since answers the moment of ctx. It is false where there is none.
func Since(ctx context.Context) (moment time.Time, ok bool) {
	moment, ok = ctx.Value(sinceKey{}).(time.Time)
	return moment, ok
}

type sinceKey struct{}
