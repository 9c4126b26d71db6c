//go:build linux

package compose_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// container is what a container engine would be told of a service: a root file system with nothing in it but what is
// listed here, and one command.
type container struct {
	Root    string            // an empty folder
	Mounts  []mount           // in their order
	Tmpfs   []string          // folders in memory
	Links   map[string]string // of merged file systems: /bin to usr/bin
	Command []string
	Env     []string
	UID     int // 0: as whoever runs the checks
}

type mount struct {
	From, To string
	Write    bool
}

// contain makes this process the service. The caller has given it a mount namespace of its own.
func contain(spec string) error {
	var c container
	if err := json.Unmarshal([]byte(spec), &c); err != nil {
		return err
	}
	if err := c.build(); err != nil {
		return fmt.Errorf("container: %w", err)
	}
	if err := errors.Join(syscall.Chroot(c.Root), syscall.Chdir("/"), c.drop()); err != nil {
		return fmt.Errorf("container: %w", err)
	}
	return fmt.Errorf("container: %s: %w", c.Command[0], syscall.Exec(c.Command[0], c.Command, c.Env))
}

// build lays out the root file system, and makes it read-only.
func (c *container) build() error {
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return err
	}
	if err := syscall.Mount("tmpfs", c.Root, "tmpfs", 0, "mode=755"); err != nil {
		return err
	}
	for name, to := range c.Links {
		if err := os.Symlink(to, filepath.Join(c.Root, name)); err != nil {
			return err
		}
	}
	for _, m := range c.Mounts {
		if err := c.bind(m); err != nil {
			return fmt.Errorf("%s: %w", m.To, err)
		}
	}
	for _, dir := range c.Tmpfs {
		if err := c.memory(dir); err != nil {
			return fmt.Errorf("%s: %w", dir, err)
		}
	}
	return syscall.Mount("", c.Root, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, "")
}

func (c *container) memory(dir string) error {
	at := filepath.Join(c.Root, dir)
	return errors.Join(os.MkdirAll(at, 0o755), syscall.Mount("tmpfs", at, "tmpfs", 0, "mode=1777"))
}

// bind shows a file or folder of this machine in the container.
func (c *container) bind(m mount) error {
	at := filepath.Join(c.Root, m.To)
	info, err := os.Stat(m.From)
	if err != nil {
		return err
	}
	if info.IsDir() {
		err = os.MkdirAll(at, 0o755)
	} else if err = os.MkdirAll(filepath.Dir(at), 0o755); err == nil {
		err = os.WriteFile(at, nil, 0o644)
	}
	if err != nil {
		return err
	}
	if err := syscall.Mount(m.From, at, "", syscall.MS_BIND|syscall.MS_REC, ""); err != nil || m.Write {
		return err
	}
	return syscall.Mount("", at, "", syscall.MS_REMOUNT|syscall.MS_BIND|syscall.MS_RDONLY, "")
}

// drop becomes the service's user.
func (c *container) drop() error {
	if c.UID == 0 {
		return nil
	}
	return errors.Join(syscall.Setgroups(nil), syscall.Setgid(c.UID), syscall.Setuid(c.UID))
}
