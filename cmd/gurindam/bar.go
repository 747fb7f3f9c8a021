package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/gurindam/gurindam/org/orgimport"
)

// bar shows how far long work is, on a terminal only.
type bar struct {
	env   *Env
	on    bool
	shown time.Time
	width int
}

func newBar(env *Env) *bar {
	f, isFile := env.Err.(*os.File)
	return &bar{env: env, on: isFile && term.IsTerminal(int(f.Fd()))}
}

// barPause is the shortest time between two pictures of the bar.
const barPause = 100 * time.Millisecond

// show draws the bar, and words alone while the whole is not known.
func (b *bar) show(stage orgimport.Stage, done, total int64) {
	now := time.Now()
	if !b.on || now.Sub(b.shown) < barPause && done < total {
		return
	}
	b.shown = now
	text := b.env.P.T("import.progress.reading", done)
	if stage == orgimport.Loading {
		const cells = 30
		filled := int(cells * done / max(total, 1))
		text = "[" + strings.Repeat("=", filled) + strings.Repeat(" ", cells-filled) + "] " + b.env.P.T("import.progress.loading", done, total)
	}
	fmt.Fprintf(b.env.Err, "\r%-*s", b.width, text)
	b.width = len(text)
}

// end clears the bar's line.
func (b *bar) end() {
	if b.on && b.width > 0 {
		fmt.Fprintf(b.env.Err, "\r%*s\r", b.width, "")
	}
}
