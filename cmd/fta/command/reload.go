package command

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
)

// reloading calls reload at every SIGHUP, one after another, until ctx ends or end is called, which waits for the last.
func reloading(ctx context.Context, reload func()) (end func()) {
	ctx, cancel := context.WithCancel(ctx)
	hangups := make(chan os.Signal, 1) // more than one that waits would read the same file
	signal.Notify(hangups, syscall.SIGHUP)
	var work sync.WaitGroup
	work.Go(func() {
		defer signal.Stop(hangups)
		for {
			select {
			case <-ctx.Done():
				return
			case <-hangups:
				reload()
			}
		}
	})
	return func() {
		cancel()
		work.Wait()
	}
}
