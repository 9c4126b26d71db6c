package redis

import (
	_ "embed"

	goredis "github.com/redis/go-redis/v9"
)

// The scripts, each one step in Redis. All name what they touch as keys of one hash slot. They know nothing of what they
// store: a place, a pointer and an entry are sealed.
//
// The place is a hash: f the sealed place, i the id of its table, t the table, e the era, c the cursor, g how often a key was
// forgotten; k the token of the lease, u until when, b whether it was given back. One that loses one of them loses all.
// A pointer is a hash as well: b sealed, and e, q, v, its era, count and version, by which an older one does not take its
// place; or g, by which one that was forgotten does not come back.
var (
	//go:embed look.lua
	lookText string
	//go:embed fill.lua
	fillText string
	//go:embed forget.lua
	forgetText string
	//go:embed lead.lua
	leadText string
	//go:embed point.lua
	pointText string
	//go:embed advance.lua
	advanceText string

	lookScript    = goredis.NewScript(lookText)
	fillScript    = goredis.NewScript(fillText)
	forgetScript  = goredis.NewScript(forgetText)
	leadScript    = goredis.NewScript(leadText)
	pointScript   = goredis.NewScript(pointText)
	advanceScript = goredis.NewScript(advanceText)
)
