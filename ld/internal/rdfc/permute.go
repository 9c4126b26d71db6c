package rdfc

import "slices"

// permutations calls yield with each order of list once, in lexical order, until it answers an error. The slice is valid
// only during the call.
func permutations(list []string, yield func([]string) error) error {
	p := slices.Clone(list)
	slices.Sort(p)
	for {
		if err := yield(p); err != nil {
			return err
		}
		if !nextPermutation(p) {
			return nil
		}
	}
}

func nextPermutation(p []string) bool {
	i := len(p) - 2
	for i >= 0 && p[i] >= p[i+1] {
		i--
	}
	if i < 0 {
		return false
	}
	j := len(p) - 1
	for p[j] <= p[i] {
		j--
	}
	p[i], p[j] = p[j], p[i]
	slices.Reverse(p[i+1:])
	return true
}
