package node

import (
	"context"
	"errors"
	"testing"
)

func wait(t *testing.T, w *waiters, name string) (<-chan outcome, func()) {
	t.Helper()
	ch, leave, err := w.wait(name)
	if err != nil {
		t.Fatal(err)
	}
	return ch, leave
}

func TestWhoWaitsIsToldOnce(t *testing.T) {
	w := newWaiters()
	first, leaveFirst := wait(t, w, "a")
	second, leaveSecond := wait(t, w, "a")
	other, leaveOther := wait(t, w, "b")
	leaveSecond()
	w.tell("a", outcome{code: codeDuplicate})
	w.tell("a", outcome{code: codeRefused})
	if o := <-first; o.code != codeDuplicate {
		t.Error(o)
	}
	if len(first)+len(second)+len(other) != 0 {
		t.Error("told somebody who did not wait for it")
	}
	leaveFirst()
	leaveOther()
	if w.count != 0 || len(w.byName) != 0 {
		t.Errorf("%d wait for %v", w.count, w.byName)
	}
}

func TestWaitersAreBounded(t *testing.T) {
	w := newWaiters()
	for range maxWaiters {
		wait(t, w, "c")
	}
	if _, _, err := w.wait("c"); !errors.Is(err, errBusy) {
		t.Error(err)
	}
}

func TestMessagesAreABoundedShortcut(t *testing.T) {
	ms, p := newMessages(), play(t)
	for i := range maxMessages + 1 {
		ms.put(&message{tx: []byte{tagOperation, byte(i), byte(i >> 8)}})
	}
	if len(ms.byKey) != maxMessages {
		t.Errorf("%d are kept", len(ms.byKey))
	}
	tx := p.create("urn:uuid:1", 1)
	ms.put(&message{tx: tx})
	if m, o := ms.get(tx); m == nil || m.operation.RecordID() != "urn:uuid:1" {
		t.Errorf("what is not kept: %+v %v", m, o)
	}
	for i := range maxMessages {
		ms.drop([]byte{tagOperation, byte(i), byte(i >> 8)})
	}
	if len(ms.byKey) != 0 || ms.bytes != 0 {
		t.Errorf("%d of %d bytes stay", len(ms.byKey), ms.bytes)
	}
}

func TestRoomForLargeMessagesIsGivenBack(t *testing.T) {
	b, ctx := newBodies(), context.Background()
	for range 2 {
		var all []func()
		for range maxBodies / (1 << 20) {
			release, f := b.takeRoom(ctx, 1<<20)
			if f != nil {
				t.Fatal(f.Message)
			}
			all = append(all, release)
		}
		ended, cancel := context.WithCancel(ctx)
		cancel()
		if _, f := b.takeRoom(ended, -1); f == nil || f.status != 503 {
			t.Errorf("%+v for one too many", f)
		}
		if _, f := b.takeRoom(ended, smallBody); f != nil {
			t.Error("a small message is kept out")
		}
		for _, release := range all {
			release()
		}
	}
}
