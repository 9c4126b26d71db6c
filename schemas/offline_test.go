package schemas

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// The engine fetches a $ref that it does not know, from wherever it says. Ours must not, whatever a schema says.
func TestForeignReferencesAreNeverFetched(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		_, _ = w.Write([]byte(`{"type": "object"}`))
	}))
	defer server.Close()
	file := filepath.Join(t.TempDir(), "schema.json")
	if err := os.WriteFile(file, []byte(`{"type": "object"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, ref := range []string{server.URL + "/schema.json", "file://" + file, "https://w3id.org/fta/schemas/Other"} {
		for _, schema := range []string{
			`{"$ref": "` + ref + `"}`,
			`{"properties": {"a": {"items": {"$ref": "` + ref + `#/definitions/x"}}}}`,
			`{"$id": "` + ref + `", "allOf": [{"$ref": "other.json"}]}`,
		} {
			_, err := compile([]byte(schema))
			if err == nil || !strings.Contains(err.Error(), errOffline.Error()) {
				t.Errorf("%s: error %v, want %v", schema, err, errOffline)
			}
		}
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("the network was asked %d times", n)
	}
}

func TestRefusedLoaderAnswersNothing(t *testing.T) {
	v, err := (refusing{}).New("https://schemas.example/a").LoadJSON()
	if v != nil || !errors.Is(err, errOffline) {
		t.Errorf("%v, %v", v, err)
	}
}
