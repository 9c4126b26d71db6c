//go:build !unix

package devnet

import "os/exec"

// apart does nothing where there are no process groups: the scripts do not run there either.
func apart(*exec.Cmd) {}
