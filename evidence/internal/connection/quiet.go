//go:build linux || darwin

package connection

import (
	"net"
	"syscall"
)

// quiet reports whether nothing waits in the kernel to be read from a connection, nor that the other side has ended it.
func quiet(c net.Conn) bool {
	s, ok := c.(syscall.Conn)
	if !ok {
		return false
	}
	raw, err := s.SyscallConn()
	if err != nil {
		return false
	}
	var found error
	err = raw.Read(func(fd uintptr) bool {
		var b [1]byte
		_, _, found = syscall.Recvfrom(int(fd), b[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		return true
	})
	return err == nil && (found == syscall.EAGAIN || found == syscall.EWOULDBLOCK)
}
