package did

import "encoding/hex"

// smallOrders are the points of Curve25519 in Edwards form whose order divides 8, in all their encodings, without the
// sign bit: 0, 1, the two points of order 8, p-1, and the encodings p and p+1 of 0 and 1 that are not canonical. The
// list is that of libsodium.
var smallOrders = func() map[[keySize]byte]bool {
	all := map[[keySize]byte]bool{}
	for _, s := range []string{
		"0000000000000000000000000000000000000000000000000000000000000000",
		"0100000000000000000000000000000000000000000000000000000000000000",
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
		"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	} {
		point, err := hex.DecodeString(s)
		if err != nil {
			panic(err)
		}
		all[[keySize]byte(point)] = true
	}
	return all
}()

func smallOrder(pub []byte) bool {
	point := [keySize]byte(pub)
	point[keySize-1] &= 0x7f
	return smallOrders[point]
}
