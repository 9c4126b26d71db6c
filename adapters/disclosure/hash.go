package disclosure

import (
	"crypto/md5" // what others hash by, and not what is trusted here
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"strings"

	gethkeccak "github.com/ethereum/go-ethereum/crypto/keccak"
)

// fingerprint is the first 16 bytes of a hash, without the six bits that a uuid made of it has of its own.
type fingerprint [16]byte

func fingerprintOf(hash []byte) fingerprint {
	f := fingerprint(hash[:16])
	f[6] &= 0x0f
	f[8] &= 0x3f
	return f
}

// maxHashed is the length of a value whose hash is looked for: what is longer is not guessed.
const maxHashed = 64

// hash keeps the hashes of a value that anybody could make: of each usual spelling, by each usual function.
func (s *secrets) hash(v, field, name string) {
	if len(v) > maxHashed {
		return
	}
	for spelling := range spellingsOf(v, name) {
		for _, sum := range sums([]byte(spelling)) {
			f := fingerprintOf(sum)
			s.hashes[f] = with(s.hashes[f], field)
		}
	}
}

func spellingsOf(v, name string) map[string]bool {
	all := map[string]bool{v: true, strings.ToUpper(v): true, strings.ToLower(v): true, bare(v): true, strings.ToLower(bare(v)): true}
	if b := bare(v); name == "entryNumber" && len(b) == 11 {
		all[b[:3]+"-"+b[3:10]+"-"+b[10:]] = true
		all[b[:3]+" "+b[3:10]+" "+b[10:]] = true
	}
	return all
}

func sums(b []byte) [][]byte {
	s1, s5 := sha1.Sum(b), md5.Sum(b)
	s256, s384, s512 := sha256.Sum256(b), sha512.Sum384(b), sha512.Sum512(b)
	short, s3 := sha512.Sum512_256(b), sha3.Sum256(b)
	twice := sha256.Sum256(s256[:])
	return [][]byte{s1[:], s5[:], s256[:], s384[:], s512[:], short[:], s3[:], twice[:], keccak(b)}
}

// hashed says of which of the document's values bytes are a hash, cut or not.
func (s *secrets) hashed(b []byte, rules *compiled) string {
	if s == nil {
		return ""
	}
	for _, header := range [][]byte{nil, {0x12, 0x20}, {0x1b, 0x20}, {0x16, 0x20}, {0x11, 0x14}, {0x13, 0x40}} {
		cut, ok := strings.CutPrefix(string(b), string(header))
		if !ok || len(cut) < len(fingerprint{}) {
			continue
		}
		if fields := s.hashes[fingerprintOf([]byte(cut))]; fields != nil && !rules.allowsAny(fields) {
			return "a hash of the document's " + fields[0] + " without a key, which is found by trying all"
		}
	}
	return ""
}

func keccak(b []byte) []byte {
	h := gethkeccak.NewLegacyKeccak256()
	h.Write(b)
	return h.Sum(nil)
}
