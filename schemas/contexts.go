package schemas

import (
	"embed"
	"sort"
)

//go:embed contexts/*.jsonld
var contextFiles embed.FS

// Model is the context of the shared data model, and with that the model's version: what changes a term's meaning has
// another one.
const Model = "https://w3id.org/fta/v1"

// contextByURL is the whole set of JSON-LD contexts that this gateway knows. None is ever fetched: what a context says
// decides what a signature covers, so it is fixed when the program is built.
var contextByURL = map[string]string{
	"https://www.w3.org/ns/credentials/v2":             "credentials-v2.jsonld",
	"https://w3id.org/security/data-integrity/v2":      "data-integrity-v2.jsonld",
	"https://w3id.org/security/suites/ed25519-2020/v1": "ed25519-signature-2020-v1.jsonld",
	"https://w3id.org/zcap/v1":                         "zcap-v1.jsonld",
	"https://w3id.org/webledger/v1":                    "webledger-v1.jsonld",
	"https://w3id.org/json-ld-patch/v1":                "json-ld-patch-v1.jsonld",
	Model:                                              "fta-v1.jsonld",
}

// Context answers the embedded JSON-LD context that a URL names, as it is served; false for any other URL. The URL is
// compared as it is written: contexts are named, not found.
func Context(url string) ([]byte, bool) {
	name, ok := contextByURL[url]
	if !ok {
		return nil, false
	}
	data, err := contextFiles.ReadFile("contexts/" + name)
	return data, err == nil
}

// ContextURLs lists the URLs of the embedded contexts, sorted.
func ContextURLs() []string {
	urls := make([]string, 0, len(contextByURL))
	for url := range contextByURL {
		urls = append(urls, url)
	}
	sort.Strings(urls)
	return urls
}
