package main

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/cmd/bench/measure"
)

// part is some rows of the table.
type part struct {
	name string
	rows func(*bench, context.Context) error
}

// all lists the parts in the order of the table. Writing comes last, so that no other part meets what it leaves behind.
var all = []part{
	{"reads", (*bench).reads},
	{"contract", (*bench).contracts},
	{"firsts", (*bench).firsts},
	{"fetches", (*bench).fetches},
	{"entry", (*bench).entryFiles},
	{"cached", (*bench).cached},
	{"sick", (*bench).sick},
	{"large", (*bench).large},
	{"memory", (*bench).memory},
	{"writes", (*bench).writes},
	{"fabric", (*bench).fabric},
}

func names() string {
	var names []string
	for _, p := range all {
		names = append(names, p.name)
	}
	return strings.Join(names, ", ")
}

func (b *bench) parts(ctx context.Context) error {
	wanted := regexp.MustCompile(b.Only)
	for _, p := range all {
		if !wanted.MatchString(p.name) {
			continue
		}
		fmt.Fprintln(b.say, p.name, "...")
		if err := p.rows(b, ctx); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return nil
}

func (b *bench) records() int {
	if b.Quick {
		return 64
	}
	return 512
}

// plan is how works are compared that many do at once.
func (b *bench) plan(atOnce int) measure.Plan {
	p := measure.Plan{Rounds: b.Rounds, Slice: 400 * time.Millisecond, AtOnce: atOnce}
	if b.Quick {
		p.Slice /= 4
	}
	return p
}

// long is a plan for works that wait for a disk: fewer rounds, of more time each.
func (b *bench) long(atOnce int) measure.Plan {
	p := b.plan(atOnce)
	p.Rounds, p.Slice = (p.Rounds+2)/3, 5*p.Slice
	return p
}
