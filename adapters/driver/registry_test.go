package driver_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// none is a ledger of which only the type matters.
type none struct{ driver.Ledger }

func openNone(context.Context, *url.URL, driver.Env) (driver.Ledger, error) { return none{}, nil }

func TestOpenGoesByTheScheme(t *testing.T) {
	driver.Register("test+opens", openNone)
	if l, err := driver.Open(t.Context(), "test+opens://host", driver.Env{}); err != nil || l != (none{}) {
		t.Errorf("%v, %v", l, err)
	}
	if !slices.Contains(driver.Schemes(), "test+opens") || !slices.IsSorted(driver.Schemes()) {
		t.Errorf("schemes %v", driver.Schemes())
	}
}

func TestOpenNamesTheSchemesThatThereAre(t *testing.T) {
	driver.Register("test+named", openNone)
	_, err := driver.Open(t.Context(), "corda://host", driver.Env{})
	if driver.CodeOf(err) != driver.Invalid || !strings.Contains(err.Error(), "test+named") {
		t.Errorf("%v", err)
	}
	if _, err := driver.Open(t.Context(), "://", driver.Env{}); driver.CodeOf(err) != driver.Invalid {
		t.Errorf("%v, want %s", err, driver.Invalid)
	}
}

func TestNothingIsRegisteredTwice(t *testing.T) {
	verify := func(*driver.Entry, *driver.Proof, driver.Anchors) driver.Result { return driver.Result{} }
	for name, register := range map[string]func(){
		"scheme":     func() { driver.Register("test+twice", openNone) },
		"proof type": func() { driver.RegisterVerifier("test/twice", verify) },
	} {
		t.Run(name, func(t *testing.T) {
			register()
			defer func() {
				if recover() == nil {
					t.Error("the second one was taken in silence")
				}
			}()
			register()
		})
	}
}

func TestAProofOfAnUnknownTypeIsUndetermined(t *testing.T) {
	result := driver.Verify(&driver.Entry{}, &driver.Proof{Type: "test/unknown"}, nil)
	if result.Outcome != driver.Undetermined || result.Reason == "" {
		t.Errorf("%+v: what nobody can check is not refuted", result)
	}
}

func TestAbilitiesAreOnlyWhatIsDescribed(t *testing.T) {
	d := driver.Description{Abilities: []driver.Ability{driver.AbilityRead}}
	if !d.Can(driver.AbilityRead) || d.Can(driver.AbilityFind) {
		t.Errorf("%v", d.Abilities)
	}
}
