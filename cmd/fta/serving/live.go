package serving

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/ftagateway/ftagateway/cmd/fta/config"
)

// Live is a handler whose gateway can be replaced while requests go on: a request ends with the gateway with which it
// began, and a gateway that was replaced is closed when its last request has ended. Who waits for news through it is
// answered when it is replaced.
type Live struct {
	handle func(g *Gateway, ending context.Context) http.Handler
	log    *slog.Logger
	holds  prometheus.Gauge // whether the last configuration was taken
	taken  prometheus.Gauge // when one last was

	reloading sync.Mutex // one at a time
	mu        sync.Mutex
	now       *serving
	closing   sync.WaitGroup
}

// serving is one gateway with the requests that it has; all but the first two are guarded by Live.mu.
type serving struct {
	*Gateway
	http.Handler
	end      context.CancelFunc // answers who waits for news
	requests int
	replaced bool
}

// NewLive serves a gateway by what handle makes of it. The handler's waits must end with ending. Close closes the gateway,
// or the one that has its place then.
func NewLive(g *Gateway, handle func(g *Gateway, ending context.Context) http.Handler) *Live {
	l := &Live{
		handle: handle, log: g.log,
		holds: prometheus.NewGauge(prometheus.GaugeOpts{Name: "fta_config_reload_successful", Help: "Whether the last configuration that was read is the one in force."}),
		taken: prometheus.NewGauge(prometheus.GaugeOpts{Name: "fta_config_reload_timestamp_seconds", Help: "When a configuration was last taken over."}),
	}
	g.Metrics.MustRegister(l.holds, l.taken)
	l.now = l.serve(g)
	l.note(nil)
	return l
}

func (l *Live) serve(g *Gateway) *serving {
	ending, end := context.WithCancel(context.Background())
	return &serving{Gateway: g, Handler: l.handle(g, ending), end: end}
}

// ServeHTTP has the gateway answer that is in its place now.
func (l *Live) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s := l.enter()
	defer l.leave(s)
	s.ServeHTTP(w, r)
}

func (l *Live) enter() *serving {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.now.requests++
	return l.now
}

func (l *Live) leave(s *serving) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s.requests--
	l.closeIdle(s)
}

// closeIdle closes a gateway that was replaced and has no request any more. Not in the request's own time.
func (l *Live) closeIdle(s *serving) {
	if !s.replaced || s.requests > 0 {
		return
	}
	l.closing.Go(func() {
		if err := s.Close(); err != nil {
			l.log.Error("a gateway that was replaced did not end in order", "cause", err)
		}
	})
}

// Reload has a gateway of what load reads take the place of the one there is. If anything is wrong with the configuration,
// all goes on as before, and the error says what. The log and the metrics tell either.
func (l *Live) Reload(ctx context.Context, load func() (config.Config, error)) error {
	l.reloading.Lock()
	defer l.reloading.Unlock()
	next, err := l.next(ctx, load)
	l.note(err)
	if err != nil {
		l.log.Error("the configuration is refused, and the one before goes on", "cause", err)
		return err
	}
	l.replace(l.serve(next))
	l.log.Info("another configuration is in force", "ledgers", len(next.Members))
	return nil
}

func (l *Live) next(ctx context.Context, load func() (config.Config, error)) (*Gateway, error) {
	c, err := load()
	if err != nil {
		return nil, err
	}
	if err := Check(c, slog.New(slog.DiscardHandler)); err != nil {
		return nil, err
	}
	return l.now.Next(ctx, c) // only a reload writes now, and there is one at a time
}

func (l *Live) replace(next *serving) {
	l.mu.Lock()
	old := l.now
	l.now, old.replaced = next, true
	l.closeIdle(old)
	l.mu.Unlock()
	old.end()
	old.idle()
}

func (l *Live) note(err error) {
	l.holds.Set(0)
	if err == nil {
		l.holds.Set(1)
		l.taken.Set(float64(time.Now().Unix()))
	}
}

// End answers who waits for news, because the process is to end.
func (l *Live) End() {
	l.reloading.Lock()
	defer l.reloading.Unlock()
	l.now.end()
}

// Close closes the gateways that there are. No request may be under way.
func (l *Live) Close() error {
	l.End()
	l.closing.Wait()
	return l.now.Gateway.Close()
}
