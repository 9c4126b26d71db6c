package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
)

// machine says where the figures come from.
type machine struct {
	CPU, Memory, System, Load string
	Cores                     int
	Versions                  []string
}

// reported are the modules whose versions bear on the figures.
var reported = []string{"github.com/cometbft/cometbft", "github.com/cockroachdb/pebble", "github.com/maypok86/otter/v2", "github.com/go-chi/chi/v5",
	"github.com/hyperledger/fabric-sdk-go"}

func thisMachine() machine {
	return machine{
		CPU: field("/proc/cpuinfo", "model name"), Memory: field("/proc/meminfo", "MemTotal"), Load: load(),
		System: strings.TrimSpace(runtime.GOOS + "/" + runtime.GOARCH + " " + read("/proc/sys/kernel/osrelease")),
		Cores:  runtime.GOMAXPROCS(0), Versions: versions(),
	}
}

func versions() []string {
	all := []string{runtime.Version()}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return all
	}
	for _, path := range reported {
		for _, m := range info.Deps {
			if m.Path == path {
				all = append(all, fmt.Sprintf("%s %s", m.Path, m.Version))
			}
		}
	}
	return all
}

// field takes the value of the first "name : value" in one of the kernel's files; "unknown" where there is none.
func field(file, name string) string {
	for line := range strings.Lines(read(file)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}

// load is how busy the machine was over the last minute: figures of a machine that others use vary more.
func load() string {
	if all := strings.Fields(read("/proc/loadavg")); len(all) > 0 {
		return all[0]
	}
	return "unknown"
}

func read(file string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	return string(text)
}
