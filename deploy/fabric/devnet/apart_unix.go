//go:build unix

package devnet

import (
	"os/exec"
	"syscall"
)

// apart runs a program in a process group of its own: who presses Ctrl-C ends this program, and this program then ends
// the network in its order.
func apart(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGINT) }
}
