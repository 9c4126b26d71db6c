// Package cache answers from memory what a chain was asked before, as long as a follower of the chain's changes vouches
// for it.
//
// Two things are kept: an entry by its version, which never changes once it is final, and for a key the newest version,
// or that there is none. The second is the dangerous one, and is bound to how far the chain was followed: F is the cursor
// up to which every change was applied, with its block.
//
//  1. What is kept as a key's newest is a pointer: a version, or an absence, with the epoch in which it was noted.
//  2. To fill one: note F and the epoch, ask the chain pinned to F's block (driver.Ref.AtLeast), and keep the answer only if
//     the epoch is the same and no change was applied meanwhile that touched the key. A version never goes down. Who
//     was answered from a block above F is given nothing of that key from before, kept or not.
//  3. A batch of changes is applied as one step: entries, pointers, then F.
//  4. A pointer is served only while the follower is live: its last word that there is nothing newer is younger than the
//     bound. What is served says F as the block that it speaks of, and never now.
//  5. A cursor that was lost, a gap, another chain id or a lost lease begins a new epoch: every pointer is void.
//  6. Replicas share one follower, which holds a lease with a fencing token; who served from a layer of his own checks
//     epoch and F first.
//  7. An absence is kept only as such a pointer, and never while the chain is NotReady. Where several nodes show one chain,
//     the pin of point 2 keeps one that lags behind from filling in what is old.
//
// Kept are final entries only, without a contradiction. A chain that tells no changes is not cached; one that cannot be
// pinned is filled by its changes alone.
package cache
