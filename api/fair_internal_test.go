package api

import (
	"errors"
	"io"
	"strings"
	"testing"

	"golang.org/x/sync/semaphore"
)

func TestBodiesTakeTheRoomThatThereIs(t *testing.T) {
	room := semaphore.NewWeighted(10)
	body := func(text string) *metered {
		return &metered{ReadCloser: io.NopCloser(strings.NewReader(text)), room: room}
	}
	first, second := body("seven.."), body("four")
	if _, err := io.ReadAll(first); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(second); !errors.Is(err, errNoRoom) {
		t.Fatalf("%v, want that there is no room", err)
	}
	second.release()
	first.release()
	third := body("ten chars.")
	if _, err := io.ReadAll(third); err != nil {
		t.Errorf("%v, and everybody has gone", err)
	}
}
