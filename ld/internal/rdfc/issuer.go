package rdfc

import (
	"maps"
	"slices"
	"strconv"
)

// issuer gives blank nodes new labels, in the order in which they ask (RDFC-1.0 §4.5).
type issuer struct {
	prefix string
	labels map[string]string
	order  []string // the old labels
}

func newIssuer(prefix string) *issuer {
	return &issuer{prefix: prefix, labels: map[string]string{}}
}

func (i *issuer) issue(old string) string {
	if label, ok := i.labels[old]; ok {
		return label
	}
	label := i.prefix + strconv.Itoa(len(i.order))
	i.labels[old] = label
	i.order = append(i.order, old)
	return label
}

func (i *issuer) has(old string) bool {
	_, ok := i.labels[old]
	return ok
}

func (i *issuer) clone() *issuer {
	return &issuer{prefix: i.prefix, labels: maps.Clone(i.labels), order: slices.Clone(i.order)}
}
