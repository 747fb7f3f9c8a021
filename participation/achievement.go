package participation

import (
	"context"
	"strings"

	"github.com/gurindam/gurindam/internal/db"
)

// Achievement is what a published survey result can say about an indicator of
// the unit that keeps the service. It belongs to the unit and its posts; a
// person's share in it is for the superior to judge, who confirms every figure
// before it counts. Nothing here changes an appraisal by itself.
type Achievement struct {
	Result  string // id of the published result
	UnitID  string
	Service string // name
	Code    string
	Period  string
	From    string // first day of the period
	To      string // last day of the period
	Index   string // exact decimal
	Grade   string
	Lo, Hi  string
	Answers int
	Target  int  // answers the sample wanted
	Counts  bool // enough answers and a narrow enough interval (rule skm-minimum)
	Why     string
}

// ResponseRate is the answers in hundredths of the answers wanted, at most 100:
// the other figure an indicator can be about.
func (a Achievement) ResponseRate() int {
	if a.Target == 0 {
		return 0
	}
	return min(100, a.Answers*100/a.Target)
}

// Reasons why a result is shown and does not count; translation keys.
const (
	WhyFew  = "survey.achievement.few"
	WhyWide = "survey.achievement.wide"
	WhyNone = "survey.achievement.none"
)

// Achievements returns the published results of the units' services whose
// period ends within from..to, the latest first. It is what appraisal asks for
// an indicator of the perspective "Penerima Layanan".
func (o *Office) Achievements(ctx context.Context, units []string, from, to string) ([]Achievement, error) {
	if len(units) == 0 {
		return nil, nil
	}
	args := []any{from, to}
	for _, u := range units {
		args = append(args, u)
	}
	type row struct {
		p                Published
		unit, name, code string
	}
	rows, err := db.All(ctx, o.db, `SELECT r.id, r.published_on, r.superseded_by, r.note, r.body, s.unit_id, s.name, s.code FROM survey_result r
		JOIN survey_wave w ON w.id = r.wave_id JOIN service s ON s.id = r.service_id
		WHERE r.superseded_by IS NULL AND w.ends_on >= $1 AND w.ends_on <= $2 AND s.unit_id IN (`+db.In(3, len(units))+`)
		ORDER BY w.ends_on DESC, s.sort_key`, func(r db.Row) (row, error) {
		var x row
		var err error
		x.p, err = scanPublished(more{r, []any{&x.unit, &x.name, &x.code}})
		return x, err
	}, args...)
	if err != nil {
		return nil, err
	}
	minimum, err := o.Minimum(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Achievement, len(rows))
	for i, x := range rows {
		r := x.p.Result
		out[i] = Achievement{
			Result: x.p.ID, UnitID: x.unit, Service: x.name, Code: x.code, Period: r.Name, From: r.From, To: r.To,
			Index: r.Index, Grade: r.Grade, Lo: r.Lo, Hi: r.Hi, Answers: r.Answers, Target: r.Target,
		}
		out[i].Why = minimum.why(r)
		out[i].Counts = out[i].Why == ""
	}
	return out, nil
}

// more scans further columns behind those a scanner knows.
type more struct {
	row  db.Row
	also []any
}

// Scan implements db.Row.
func (m more) Scan(dest ...any) error { return m.row.Scan(append(dest, m.also...)...) }

// why says why a result does not count in an appraisal, empty when it does.
func (m Minimum) why(r Result) string {
	switch {
	case strings.TrimSpace(r.Index) == "":
		return WhyNone
	case r.Answers < m.Appraisal:
		return WhyFew
	case r.Lo == "" || (float(mustNum(r.Hi))-float(mustNum(r.Lo)))/2 > float(m.AppraisalHalf):
		return WhyWide
	}
	return ""
}
