package did

import (
	"fmt"
	"strings"
)

// Method names a did:key's one verification method: the DID, "#", and the key once more.
func Method(did string) string {
	return did + "#" + strings.TrimPrefix(did, prefix)
}

// SplitMethod answers the DID of a verification method. The fragment must be the very key that the DID is, since
// otherwise one could read one key where another one is checked.
func SplitMethod(method string) (string, error) {
	did, fragment, ok := strings.Cut(method, "#")
	if !ok || !strings.HasPrefix(did, prefix) || did != prefix+fragment {
		return "", fmt.Errorf("verification method %.120q: must be a did:key, #, and that same key", method)
	}
	return did, nil
}
