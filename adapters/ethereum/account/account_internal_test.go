package account

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/asn1"
	"encoding/hex"
	"fmt"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	ethcrypto "github.com/ethereum/go-ethereum/crypto"
	"github.com/google/uuid"
)

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ethcrypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// high is a signer as a hardware module may be: it gives the higher of the two values of s that verify.
type high struct{ crypto.Signer }

func (h high) Sign(r io.Reader, digest []byte, o crypto.SignerOpts) ([]byte, error) {
	der, err := h.Signer.Sign(r, digest, o)
	if err != nil {
		return nil, err
	}
	var rs struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(der, &rs); err != nil {
		return nil, err
	}
	rs.S.Sub(ethcrypto.S256().Params().N, rs.S)
	return asn1.Marshal(rs)
}

// TestAnySignersTransactionIsTheAccounts: the sender that a chain recovers is the account, whichever s the signer gave.
func TestAnySignersTransactionIsTheAccounts(t *testing.T) {
	to := common.Address{1}
	for range 32 {
		key := newKey(t)
		want := ethcrypto.PubkeyToAddress(key.PublicKey)
		for name, signer := range map[string]crypto.Signer{"low": Local(key), "high": high{Local(key)}} {
			a, err := New(signer)
			if err != nil || a.Address != want {
				t.Fatalf("%+v, %v", a, err)
			}
			for _, tx := range []*types.Transaction{
				types.NewTx(&types.DynamicFeeTx{ChainID: big.NewInt(5), Nonce: 3, To: &to, Gas: 21000, GasFeeCap: big.NewInt(2), GasTipCap: big.NewInt(1)}),
				types.NewTx(&types.LegacyTx{Nonce: 3, To: &to, Gas: 21000, GasPrice: big.NewInt(2)}),
			} {
				signed, err := a.Sign(tx, big.NewInt(5))
				if err != nil {
					t.Fatal(err)
				}
				from, err := types.Sender(types.LatestSignerForChainID(big.NewInt(5)), signed)
				if err != nil || from != want {
					t.Errorf("%s: sent by %s, %v; want %s", name, from, err, want)
				}
			}
		}
	}
}

// wrong is a signer that gives what it is told to.
type wrong struct {
	crypto.Signer
	gives []byte
	err   error
}

func (w wrong) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) { return w.gives, w.err }

// TestASignerThatIsWrong never makes a transaction.
func TestASignerThatIsWrong(t *testing.T) {
	other, err := Local(newKey(t)).Sign(nil, make([]byte, 32), nil)
	if err != nil {
		t.Fatal(err)
	}
	order := ethcrypto.S256().Params().N
	for name, gives := range map[string][]byte{
		"nothing": nil, "garbage": []byte("garbage"), "another key's": other, "more": append(other, 0),
		"zeros": der(t, new(big.Int), new(big.Int)), "too large": der(t, order, order), "negative": der(t, big.NewInt(-1), big.NewInt(1)),
		"null": {0x30, 0},
	} {
		a, err := New(wrong{Signer: Local(newKey(t)), gives: gives})
		if err != nil {
			t.Fatal(err)
		}
		if tx, err := a.Sign(types.NewTx(&types.DynamicFeeTx{ChainID: big.NewInt(5)}), big.NewInt(5)); err == nil {
			t.Errorf("%s: %v", name, tx)
		}
	}
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New(p256); err == nil {
		t.Error("a key of another curve was taken")
	}
}

func der(t *testing.T, r, s *big.Int) []byte {
	t.Helper()
	b, err := asn1.Marshal(struct{ R, S *big.Int }{r, s})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestKeysAreShownNowhere: not in what a signer prints, nor in the errors of a key or password that is wrong.
func TestKeysAreShownNowhere(t *testing.T) {
	key := newKey(t)
	bytes := ethcrypto.FromECDSA(key)
	secret, decimal := hex.EncodeToString(bytes), new(big.Int).SetBytes(bytes).String()
	hide := func(what, text string) {
		t.Helper()
		if strings.Contains(strings.ToLower(text), secret[:12]) || strings.Contains(text, decimal[:12]) {
			t.Errorf("%s shows the key: %s", what, text)
		}
	}
	signer := Local(key)
	a, err := New(signer)
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d", "%x", "%q"} {
		hide(verb, fmt.Sprintf(verb, signer))
		hide(verb, fmt.Sprintf(verb, a))
		hide(verb, fmt.Sprintf(verb, []any{signer, *a}))
	}
	for _, value := range []string{secret + "00", secret[:62], "x" + secret, secret[:60] + "zzzz", " "} {
		t.Setenv("ACCOUNT_KEY", value)
		_, err := FromEnvironment("ACCOUNT_KEY")
		if err == nil || !strings.Contains(err.Error(), "ACCOUNT_KEY") {
			t.Errorf("%v, want an error that names the variable", err)
			continue
		}
		hide("an error", err.Error())
	}
}

// TestAKeyOfTheEnvironment, with or without 0x and a line's end.
func TestAKeyOfTheEnvironment(t *testing.T) {
	key := newKey(t)
	for _, form := range []string{"%s", "0x%s", "%s\n", "  0x%s\r\n"} {
		t.Setenv("ACCOUNT_KEY", fmt.Sprintf(form, hex.EncodeToString(ethcrypto.FromECDSA(key))))
		signer, err := FromEnvironment("ACCOUNT_KEY")
		if err != nil || !key.PublicKey.Equal(signer.Public()) {
			t.Errorf("%q: %v", form, err)
		}
	}
	if _, err := FromEnvironment("NO_SUCH_KEY"); err == nil || !strings.Contains(err.Error(), "NO_SUCH_KEY") {
		t.Errorf("%v", err)
	}
}

// TestAKeystoreFile, as geth writes it, and what may be wrong with it: errors name the file or the variable, and show
// neither password nor key.
func TestAKeystoreFile(t *testing.T) {
	const password = "correct horse battery"
	key, dir := newKey(t), t.TempDir()
	text, err := keystore.EncryptKey(&keystore.Key{Id: uuid.New(), Address: ethcrypto.PubkeyToAddress(key.PublicKey), PrivateKey: key},
		password, keystore.LightScryptN, keystore.LightScryptP)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"good": text, "cut": text[:len(text)/2], "garbage": []byte("\x00"), "large": make([]byte, 65<<10), "empty": nil}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("KEYSTORE_PASSWORD", password)
	t.Setenv("WRONG_PASSWORD", password+"!")
	signer, err := FromKeystore(filepath.Join(dir, "good"), "KEYSTORE_PASSWORD")
	if err != nil || !key.PublicKey.Equal(signer.Public()) {
		t.Fatalf("%v", err)
	}
	for _, test := range [][2]string{
		{"good", "WRONG_PASSWORD"}, {"good", "NO_PASSWORD"}, {"cut", "KEYSTORE_PASSWORD"}, {"garbage", "KEYSTORE_PASSWORD"},
		{"large", "KEYSTORE_PASSWORD"}, {"empty", "KEYSTORE_PASSWORD"}, {"absent", "KEYSTORE_PASSWORD"}, {".", "KEYSTORE_PASSWORD"},
	} {
		_, err := FromKeystore(filepath.Join(dir, test[0]), test[1])
		switch {
		case err == nil:
			t.Errorf("%v: no error", test)
		case !strings.Contains(err.Error(), "signer."), strings.Contains(err.Error(), password):
			t.Errorf("%v: %v", test, err)
		}
	}
}
