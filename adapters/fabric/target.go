package fabric

import (
	"net/url"
	"regexp"
	"strconv"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// target is what a ledger's URL says: how the network is reached, which chaincode of which channel is meant, and as whom.
type target struct {
	profile   string // file of the connection profile
	channel   string
	chaincode string
	wallet    string // folder
	user      string // label of an identity in it
	testing   bool
}

const urlForm = "fabric:PROFILE?channel=NAME&chaincode=NAME&wallet=FOLDER&user=NAME"

func parseTarget(u *url.URL) (*target, error) {
	t := &target{profile: u.Opaque, chaincode: "fta"}
	if t.profile == "" {
		t.profile = u.Path
	}
	if t.profile == "" || u.Host != "" || u.User != nil || u.Fragment != "" {
		return nil, driver.Errorf(driver.Invalid, "Fabric URL: must be %s, with the file of a connection profile", urlForm)
	}
	if err := t.options(u.Query()); err != nil {
		return nil, err
	}
	for _, needed := range []struct{ name, value string }{{"channel", t.channel}, {"wallet", t.wallet}, {"user", t.user}} {
		if needed.value == "" {
			return nil, driver.Errorf(driver.Invalid, "Fabric URL: %s is missing; it must be %s", needed.name, urlForm)
		}
	}
	return t, nil
}

// The names that Fabric takes. A user is the name of a file as well.
var (
	channelName   = regexp.MustCompile(`^[a-z][a-z0-9.-]{0,248}$`)
	chaincodeName = regexp.MustCompile(`^[A-Za-z0-9]+([-_][A-Za-z0-9]+)*$`)
	userName      = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9@._-]{0,199}$`)
)

func (t *target) options(q url.Values) error {
	texts := map[string]struct {
		into *string
		form *regexp.Regexp
	}{"channel": {&t.channel, channelName}, "chaincode": {&t.chaincode, chaincodeName}, "wallet": {&t.wallet, nil}, "user": {&t.user, userName}}
	for name, values := range q {
		value := values[0]
		if text, ok := texts[name]; ok {
			if text.form != nil && !text.form.MatchString(value) {
				return driver.Errorf(driver.Invalid, "Fabric URL: %s %q must match %s", name, value, text.form)
			}
			*text.into = value
			continue
		}
		if name != "testing" {
			return driver.Errorf(driver.Invalid, "Fabric URL: option %q is not known, only channel, chaincode, wallet, user and testing", name)
		}
		yes, err := strconv.ParseBool(value)
		if err != nil {
			return driver.Errorf(driver.Invalid, "Fabric URL: testing %q must be 0 or 1", value)
		}
		t.testing = yes
	}
	return nil
}
