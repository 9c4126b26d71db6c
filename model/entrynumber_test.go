package model_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/model"
)

// CBP's own example, and numbers from published rulings (HQ H005628 and others).
var entryNumbers = []string{
	"ABC12345676",
	"002-6110316-2", "002-6111115-7", "002-6111223-9", "002-6111109-0", "002-6111082-9",
	"SV9-7002227-0",
}

func TestCheckDigitOfRealEntryNumbers(t *testing.T) {
	for _, number := range entryNumbers {
		plain := strings.ReplaceAll(number, "-", "")
		if got := model.CheckDigit(plain[:10]); got != plain[10] {
			t.Errorf("%s: check digit %c", number, got)
		}
		if got, err := model.NormalizeEntryNumber(number); got != plain || err != nil {
			t.Errorf("%s: %q, %v", number, got, err)
		}
	}
}

func TestEntryNumbersArePutInOneSpelling(t *testing.T) {
	for _, s := range []string{"ABC-1234567-6", "abc12345676", " ABC 1234567 6 ", "AbC-12345676"} {
		if got, err := model.NormalizeEntryNumber(s); got != "ABC12345676" || err != nil {
			t.Errorf("%q: %q, %v", s, got, err)
		}
	}
}

func TestWrongEntryNumbersAreRefused(t *testing.T) {
	for _, s := range []string{
		"", "-", "ABC1234567", "ABC123456766", "ABC1234567X", "AB 12345676", "ABC12345677", "ACB12345676", "ABC12345766",
		"АBC12345676", "ABC1234567６", "ABC1234567\x006", strings.Repeat("1", 10_000), "ABCD2345676", "A\xffC12345676",
	} {
		got, err := model.NormalizeEntryNumber(s)
		if got != "" || err == nil {
			t.Errorf("%q: %q, %v", s, got, err)
		} else if len(s) > 5 && strings.Contains(err.Error(), s) {
			t.Errorf("%q: the error repeats the number: %v", s, err)
		}
	}
}

// A check digit is there to catch the commonest slip: one wrong digit.
func TestOneWrongDigitIsCaught(t *testing.T) {
	for _, number := range entryNumbers {
		plain := []byte(strings.ReplaceAll(number, "-", ""))
		for i := 3; i < len(plain); i++ {
			right := plain[i]
			for wrong := byte('0'); wrong <= '9'; wrong++ {
				plain[i] = wrong
				if _, err := model.NormalizeEntryNumber(string(plain)); (err == nil) != (wrong == right) {
					t.Errorf("%s: %v", plain, err)
				}
			}
			plain[i] = right
		}
	}
}

func TestCheckDigitOfWhatIsNoNumber(t *testing.T) {
	for _, s := range []string{"", "ABC123456", "ABC12345678", "abc1234567", "ABC-123456"} {
		if got := model.CheckDigit(s); got != 0 {
			t.Errorf("%q: %c", s, got)
		}
	}
}

func FuzzEntryNumber(f *testing.F) {
	for _, s := range entryNumbers {
		f.Add(s)
	}
	f.Add("ABC-1234567-7")
	f.Add("\xff\x00")
	f.Fuzz(func(t *testing.T, s string) {
		number, err := model.NormalizeEntryNumber(s)
		if err != nil {
			return
		}
		if len(number) != 11 || model.CheckDigit(number[:10]) != number[10] {
			t.Errorf("%q became %q", s, number)
		}
		if again, err := model.NormalizeEntryNumber(number); again != number || err != nil {
			t.Errorf("%q became %q, %v", number, again, err)
		}
	})
}

func ExampleNormalizeEntryNumber() {
	fmt.Println(model.NormalizeEntryNumber("abc-1234567-6"))
	_, err := model.NormalizeEntryNumber("abc-1234567-7")
	fmt.Println(err)
	// Output:
	// ABC12345676 <nil>
	// entry number: has a wrong check digit (CBP Form 7501 instructions, appendix 1)
}
