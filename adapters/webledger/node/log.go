package node

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"

	"github.com/cometbft/cometbft/libs/log"
)

// cometLog hands CometBFT's words to slog, one level down: what it calls information is for who looks for a fault.
type cometLog struct {
	to    *slog.Logger
	heard *heard
}

// heard is what the node and CometBFT's log tell each other.
type heard struct {
	failed   atomic.Bool // consensus has stopped for good
	stopping atomic.Bool // the node ends it: what it then complains of is no fault
}

func (l cometLog) Debug(msg string, keyvals ...any) { l.write(slog.LevelDebug-4, msg, keyvals) }
func (l cometLog) Info(msg string, keyvals ...any)  { l.write(slog.LevelDebug, msg, keyvals) }

// Error also notices the one word by which CometBFT tells that it stopped: it has no call for that.
func (l cometLog) Error(msg string, keyvals ...any) {
	switch {
	case l.heard.stopping.Load():
		l.write(slog.LevelDebug, msg, keyvals)
	case strings.HasPrefix(msg, "CONSENSUS FAILURE"):
		l.heard.failed.Store(true)
		l.write(slog.LevelError, msg, keyvals)
	default:
		l.write(slog.LevelWarn, msg, keyvals)
	}
}

func (l cometLog) With(keyvals ...any) log.Logger {
	return cometLog{l.to.With(printable(keyvals)...), l.heard}
}

func (l cometLog) write(level slog.Level, msg string, keyvals []any) {
	if l.to.Enabled(context.Background(), level) {
		l.to.Log(context.Background(), level, msg, printable(keyvals)...)
	}
}

// printable keeps what can name contents out of the log: transactions and whole blocks.
func printable(keyvals []any) []any {
	var out []any
	for i := 0; i+1 < len(keyvals); i += 2 {
		switch keyvals[i] {
		case "tx", "txs", "block", "proposal", "res", "msg":
			continue
		}
		out = append(out, fmt.Sprint(keyvals[i]), keyvals[i+1])
	}
	return out
}
