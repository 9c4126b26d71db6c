package config

import (
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// checkURL holds a ledger's URL to what every driver wants. What only one of them knows, serving.Check asks it. A ledger that
// has none may be one whose name is misspelt somewhere.
func (c *Config) checkURL(slug string, faults *Faults) {
	key, text := "ledgers."+slug+".url", c.Ledgers[slug].URL
	u, err := url.Parse(text)
	schemes := "must be a URL with a driver's scheme: " + strings.Join(driver.Schemes(), ", ")
	switch {
	case text == "":
		others := maps.Clone(c.Ledgers)
		delete(others, slug)
		faults.add(key, text, schemes+meant(nearestOf(slug, slices.Sorted(maps.Keys(others)))))
	case err != nil:
		faults.add(key, text, "must be a URL: "+reason(err))
	case !slices.Contains(driver.Schemes(), u.Scheme):
		faults.add(key, text, schemes+meant(nearestOf(u.Scheme, driver.Schemes())))
	case u.Port() != "" && !isPort(u.Port()):
		faults.add(key, text, "must have a port from 1 to 65535")
	}
}

// reason is what is wrong with a URL, without the URL.
func reason(err error) string {
	var fault *url.Error
	if errors.As(err, &fault) {
		err = fault.Err
	}
	return err.Error()
}

func isPort(text string) bool {
	n, err := strconv.ParseUint(text, 10, 16)
	return err == nil && n > 0
}

// nearestOf is the word that is no more than two changes of a letter away; empty if none is.
func nearestOf(word string, words []string) (near string) {
	least := 3
	for _, w := range words {
		if d := distance(word[:min(len(word), longest)], w); d < least {
			near, least = w, d
		}
	}
	return near
}
