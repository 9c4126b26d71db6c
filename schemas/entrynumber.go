package schemas

// IsEntryNumber reports whether s is an entry number as documents have it: a filer code of three letters and digits,
// seven digits and the check digit that belongs to them, in capitals without hyphens.
func IsEntryNumber(s string) bool {
	if len(s) != 11 {
		return false
	}
	for i := range len(s) {
		if !isDigit(s[i]) && (i >= 3 || !isCapital(s[i])) {
			return false
		}
	}
	return CheckDigit(s[:10]) == s[10]
}

// CheckDigit reckons the last character of an entry number from the ten before it (CBP Form 7501 instructions, appendix
// 1). From the left, every second value is doubled, and 1 is added to what passes 9; the ones of all values are summed,
// and the check digit makes the sum a multiple of ten. It gives 0, which is no digit, for what are not ten digits and
// capital letters.
func CheckDigit(ten string) byte {
	if len(ten) != 10 {
		return 0
	}
	sum := 0
	for i := range len(ten) {
		v, ok := checkValue(ten[i])
		if !ok {
			return 0
		}
		if i%2 == 1 {
			v *= 2
		}
		if v > 9 {
			v++
		}
		sum += v % 10
	}
	return '0' + byte((10-sum%10)%10)
}

// checkValue is the number that a character counts as: A to I are 1 to 9, J to R again, S to Z are 2 to 9.
func checkValue(c byte) (int, bool) {
	switch {
	case isDigit(c):
		return int(c - '0'), true
	case c >= 'S' && c <= 'Z':
		return int(c-'S') + 2, true
	case isCapital(c):
		return int(c-'A')%9 + 1, true
	}
	return 0, false
}

func isDigit(c byte) bool   { return c >= '0' && c <= '9' }
func isCapital(c byte) bool { return c >= 'A' && c <= 'Z' }
