package capability

import (
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// within reports whether a target is base or narrower, as the zcap library has it: base itself, a longer path, or a
// query where base has none; more of the query where it has one.
func within(target, base string) bool {
	if target == base {
		return true
	}
	if strings.Contains(base, "?") {
		return strings.HasPrefix(target, base+"&")
	}
	return strings.HasPrefix(target, base+"/") || strings.HasPrefix(target, base+"?")
}

// narrows reports whether actions allow no more than those of the parent. No list at all allows everything.
func narrows(actions, parent []string) bool {
	if parent == nil {
		return true
	}
	return actions != nil && !slices.ContainsFunc(actions, func(a string) bool { return !slices.Contains(parent, a) })
}

const maxTarget = 2048 // bytes

var (
	errTarget  = errors.New("must be an http or https URL of at most 2048 bytes without user, fragment or space")
	errSegment = errors.New("must have a path without . and .. segments, empty ones, backslashes, or escapes of . / and backslash")
)

// checkTarget refuses URLs that do not say plainly where they lead.
func checkTarget(target string) error {
	u, err := url.Parse(target)
	switch {
	case err != nil || len(target) > maxTarget || u.Host == "" || u.User != nil:
		return errTarget
	case u.Scheme != "http" && u.Scheme != "https", strings.ContainsAny(target, "# \t\r\n"):
		return errTarget
	}
	return checkPath(u.EscapedPath())
}

var escapedDelimiter = regexp.MustCompile(`(?i)%(2e|2f|5c)`)

// checkPath refuses a path that a server could read as another one. A prefix says nothing about what lies below it
// where /a/../b is the same as /b.
func checkPath(path string) error {
	if strings.Contains(path, `\`) || escapedDelimiter.MatchString(path) {
		return errSegment
	}
	segments := strings.Split(path, "/")
	for i, s := range segments {
		inner := i > 0 && i < len(segments)-1
		if s == "." || s == ".." || s == "" && inner {
			return errSegment
		}
	}
	return nil
}

var (
	uri   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:[\x21\x23-\x5b\x5d-\x7e]+$`)
	token = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9:._-]{0,63}$`)
)

// absolute reports whether s is an absolute URI that can stand in quotes in a header.
func absolute(s string) bool { return len(s) <= maxTarget && uri.MatchString(s) }

// isToken reports whether s can be an action.
func isToken(s string) bool { return token.MatchString(s) }
