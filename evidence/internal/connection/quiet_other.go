//go:build !linux && !darwin

package connection

import "net"

// quiet never says yes where nobody has shown how to look without waiting: every request then opens a connection.
func quiet(net.Conn) bool { return false }
