package task

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/job"
	"github.com/gurindam/gurindam/internal/mail"
	"github.com/gurindam/gurindam/rulebook"
)

// NoticeRule says when people are told of what waits for them.
type NoticeRule struct {
	rulebook.Head `json:"-"`
	Ahead         int   `json:"ahead_days"` // first notice so many days before the date
	Again         []int `json:"again_days"` // and again, fewer and fewer
	Most          int   `json:"most"`       // links in one letter
}

// RuleID names the rule.
func (NoticeRule) RuleID() string { return "notice" }

// Check refuses days that come after one another.
func (r NoticeRule) Check() error {
	all := append([]int{r.Ahead}, r.Again...)
	falling := slices.IsSortedFunc(all, func(a, b int) int { return b - a })
	if !falling || all[len(all)-1] < 0 || r.Most < 1 {
		return fault.WrongField("again_days", "rulebook.value.broken", "again_days")
	}
	return nil
}

// late is the step of a task whose date has passed.
const late = -1

// step says which notice a task is due for on a day: the number of days of the
// last one reached, late, or ok false while its date is far. A task without a
// date is told of once, at the first step.
func (r NoticeRule) step(t Task, today string) (step int, ok bool) {
	if t.Due == "" {
		return r.Ahead, true
	}
	due, err := time.Parse(time.DateOnly, t.Due)
	day, err2 := time.Parse(time.DateOnly, today)
	if err != nil || err2 != nil {
		return 0, false
	}
	left := int(due.Sub(day).Hours() / 24)
	if left < 0 {
		return late, true
	}
	for _, days := range append([]int{r.Ahead}, r.Again...) {
		if left <= days {
			step, ok = days, true
		}
	}
	return step, ok
}

// Group is the part of a kind by which notices are switched: its first two
// words, "appraisal.plan".
func Group(kind string) string {
	parts := strings.SplitN(kind, ".", 3)
	return strings.Join(parts[:min(2, len(parts))], ".")
}

// Reader is somebody with an account letters can be sent to. Grants are the
// roles held today: letters tell of what waits for these too.
type Reader struct {
	Account, Person, Address string
	Lang                     i18n.Lang
	Grants                   []account.Grant
}

// Readers knows who reads letters.
type Readers interface {
	// Readers returns the active accounts with their address, empty when none
	// is known, and the roles they hold.
	Readers(ctx context.Context) ([]Reader, error)
}

// Notices tells people by mail of what waits, one letter a day at most, and
// keeps which kinds each wants to hear of. It is safe for concurrent use.
type Notices struct{ c NoticeConfig }

// NoticeConfig is what Notices need.
type NoticeConfig struct {
	DB    *db.DB
	Books interface {
		At(ctx context.Context, day string) (*rulebook.Book, error)
	}
	Readers Readers
	Tree    account.Tree // to find who holds a role for a unit; nil: roles for the whole agency only
	Mail    *mail.Post   // nil: nothing is sent
	Words   func(i18n.Lang) *i18n.Printer
	Site    string // address of the site without a slash at the end
	Agency  string
	Now     func() time.Time
	Zone    *time.Location
}

// NewNotices returns the notices of a database.
func NewNotices(c NoticeConfig) *Notices { return &Notices{c} }

// Handle registers the daily letter.
func (n *Notices) Handle(r *job.Runner) {
	r.Handle("task.notice", func(ctx context.Context, _ *job.Run) error { return n.Digest(ctx) })
	r.Daily("task.notice", 6, 0)
}

func (n *Notices) today() string { return n.c.Now().In(n.c.Zone).Format(time.DateOnly) }

// Rule returns the rule of notices in force today.
func (n *Notices) Rule(ctx context.Context) (NoticeRule, error) {
	book, err := n.c.Books.At(ctx, n.today())
	if err != nil {
		return NoticeRule{}, err
	}
	return rulebook.Load[NoticeRule](book)
}

// Mailing reports whether letters are sent at all.
func (n *Notices) Mailing() bool { return n.c.Mail.On() }

// Ahead returns those of the tasks that a notice is due for today and whose
// kind the actor has not switched off, as the page shows them.
func (n *Notices) Ahead(ctx context.Context, actor account.Actor, tasks []Task) ([]Task, error) {
	rule, err := n.Rule(ctx)
	if err != nil {
		return nil, err
	}
	quiet, err := n.Quiet(ctx, actor)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(tasks), func(t Task) bool {
		_, due := rule.step(t, n.today())
		return !due || quiet[Group(t.Kind)]
	}), nil
}

// Quiet returns the groups of kinds the actor has switched off; the group ""
// is all letters.
func (n *Notices) Quiet(ctx context.Context, actor account.Actor) (map[string]bool, error) {
	off, err := db.All(ctx, n.c.DB, `SELECT kind FROM task_quiet WHERE account_id = $1`, db.Value[string], actor.ID)
	quiet := map[string]bool{}
	for _, k := range off {
		quiet[k] = true
	}
	return quiet, err
}

// Groups returns the groups of kinds that have ever been filed, with the key
// of one of their buttons.
func (n *Notices) Groups(ctx context.Context) ([]Count, error) {
	all, err := db.All(ctx, n.c.DB, `SELECT kind, max(button_key) FROM task GROUP BY kind ORDER BY kind`, func(r db.Row) (Count, error) {
		var c Count
		err := r.Scan(&c.Kind, &c.Button)
		return c, err
	})
	var out []Count
	for _, c := range all {
		if g := Group(c.Kind); len(out) == 0 || out[len(out)-1].Kind != g {
			out = append(out, Count{Kind: g, Button: c.Button})
		}
	}
	return out, err
}

// SetQuiet keeps which groups the actor has switched off.
func (n *Notices) SetQuiet(ctx context.Context, actor account.Actor, groups []string) error {
	if !actor.SignedIn() {
		return fault.New(fault.Unauthenticated, "account.sign_in_first")
	}
	slices.Sort(groups)
	var rows [][]any
	for _, g := range slices.Compact(groups) {
		if len(g) <= 100 {
			rows = append(rows, []any{actor.ID, g})
		}
	}
	return n.c.DB.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `DELETE FROM task_quiet WHERE account_id = $1`, actor.ID); err != nil {
			return err
		}
		return db.Insert(ctx, tx, "task_quiet", []string{"account_id", "kind"}, rows)
	})
}
