package participation

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/sheet"
)

// ImportReport says what became of every row of a file.
type ImportReport struct {
	Rows      int              `json:"rows"`
	Created   int              `json:"created"`
	Updated   int              `json:"updated"`
	Unchanged int              `json:"unchanged"`
	Rejected  []ImportRejected `json:"rejected"`
	Warnings  []ImportWarning  `json:"warnings"`
	Waves     []Wave           `json:"waves"` // the periods the rows went to
}

// ImportRejected is one row that was left out and why; Key is a translation.
type ImportRejected struct {
	Row    int    `json:"row"`
	Column string `json:"column"`
	Value  string `json:"value"`
	Key    string `json:"reason"`
}

// ImportWarning is something in loaded rows that was not understood.
type ImportWarning struct {
	Column string `json:"column"`
	Rows   int    `json:"rows"`
}

// Import is a file of answers to load.
type Import struct {
	File    io.ReaderAt
	Size    int64
	Service Service
	Wave    *Wave   // where all rows go; nil: by the file's own periods, waves are made as needed
	Stratum Stratum // Imported, Paper or Assisted
	DryRun  bool
}

// maxImport bounds one file.
const maxImport = 500_000

// ImportAnswers loads a file of answers: the valid rows in one transaction,
// each other row reported. Loading the same file again changes nothing. A file
// that cannot be read, or has no element for a column, is a fault and changes
// nothing at all.
func (o *Office) ImportAnswers(ctx context.Context, actor account.Actor, in Import) (ImportReport, error) {
	if err := o.access.Can(ctx, actor, account.ActSurveyManage, in.Service.thing()); err != nil {
		return ImportReport{}, err
	}
	if in.Stratum != Imported && in.Stratum != Paper && in.Stratum != Assisted {
		return ImportReport{}, fault.WrongField("stratum", "form.choose")
	}
	own, err := o.Elements(ctx)
	if err != nil {
		return ImportReport{}, err
	}
	r := &importer{in: in, own: own, rows: map[span][]Answer{}, doubtful: map[string]int{}}
	if err := r.read(); err != nil {
		return ImportReport{}, err
	}
	err = o.db.Tx(ctx, func(tx *db.Tx) error { return o.loadImport(ctx, tx, actor, r) })
	if errors.Is(err, errDryRun) {
		err = nil
	}
	o.open.forget()
	return r.report, err
}

var errDryRun = errors.New("dry run")

// importer reads one file.
type importer struct {
	in       Import
	own      map[string]Element
	table    *sheet.Table
	elements []string
	column   map[string]int
	rows     map[span][]Answer
	spans    []span
	doubtful map[string]int
	report   ImportReport
}

func (r *importer) read() error {
	fields := slices.Concat(elementFields(), importFields())
	for key := range r.own {
		fields = append(fields, sheet.Field{Name: key})
	}
	table, err := sheet.OpenReader(r.in.File, r.in.Size, sheet.Options{Fields: fields})
	if err != nil {
		return err
	}
	defer table.Close()
	r.table, r.column = table, map[string]int{}
	for _, f := range fields {
		at := table.Index(f.Name)
		if at < 0 {
			continue
		}
		r.column[f.Name] = at
		if _, own := r.own[f.Name]; own || slices.Contains(Standard(), f.Name) {
			r.elements = append(r.elements, f.Name)
		}
	}
	if err := r.fits(); err != nil {
		return err
	}
	if err := table.Rows(r.row); err != nil {
		return err
	}
	for _, column := range slices.Sorted(keysOf(r.doubtful)) {
		r.report.Warnings = append(r.report.Warnings, ImportWarning{column, r.doubtful[column]})
	}
	return nil
}

// fits checks that the file has the elements of the wave it is to fill.
func (r *importer) fits() error {
	if len(r.elements) == 0 {
		return fault.WrongField("file", "survey.import.no_elements")
	}
	if r.in.Wave == nil {
		return nil
	}
	for _, key := range r.in.Wave.Elements {
		if !slices.Contains(r.elements, key) {
			return fault.WrongField("file", "survey.import.missing_element", key)
		}
	}
	r.elements = r.in.Wave.Elements
	return nil
}

// row reads one respondent.
func (r *importer) row(row int, cells []string) error {
	r.report.Rows++
	if r.report.Rows > maxImport {
		return fault.WrongField("file", "survey.import.too_many", maxImport)
	}
	cell := func(column string) string {
		if at, ok := r.column[column]; ok {
			return cells[at]
		}
		return ""
	}
	reject := func(column, value, key string) error {
		name := column
		if at, ok := r.column[column]; ok {
			name = r.table.Columns[at]
		}
		r.report.Rejected = append(r.report.Rejected, ImportRejected{row, name, short(value), key})
		return nil
	}
	a := Answer{Stratum: r.in.Stratum, Marks: make(Marks, len(r.elements)), Words: cell("words")}
	for i, key := range r.elements {
		v := cell(key)
		if v == "" {
			continue
		}
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 || n > 4 {
			return reject(key, v, "survey.one_to_four")
		}
		a.Marks[i] = uint8(n)
	}
	if a.Marks.some() != nil {
		return reject(r.elements[0], "", "survey.nothing_answered")
	}
	if len([]rune(a.Words)) > MaxWords {
		return reject("words", a.Words, "survey.import.long")
	}
	at, column := r.place(&a, cell)
	if column != "" {
		return reject(column, cell(column), "survey.import.period")
	}
	var doubtful []string
	a.Profile, doubtful = readImported(cell)
	for _, c := range doubtful {
		r.doubtful[c]++
	}
	if r.rows[at] == nil {
		r.spans = append(r.spans, at)
	}
	r.rows[at] = append(r.rows[at], a)
	return nil
}

// place finds the period of a row and sets its day; column names what is wrong.
func (r *importer) place(a *Answer, cell func(string) string) (at span, column string) {
	if w := r.in.Wave; w != nil {
		a.Day = w.EndsOn
		if day, err := sheet.Date(cell("date"), sheet.DayFirst); err == nil && day >= w.OpensOn && day <= w.EndsOn {
			a.Day = day
		}
		return span{w.OpensOn, w.EndsOn}, ""
	}
	at, a.Day, column = readSpan(cell)
	return at, column
}

// loadImport writes what was read.
func (o *Office) loadImport(ctx context.Context, tx *db.Tx, actor account.Actor, r *importer) error {
	r.report.Created, r.report.Unchanged, r.report.Waves = 0, 0, nil
	slices.SortFunc(r.spans, func(a, b span) int { return cmpText(a.from+a.to, b.from+b.to) })
	for _, at := range r.spans {
		w, err := o.importWave(ctx, tx, actor, r, at)
		if err != nil {
			return err
		}
		if err := o.fillWave(ctx, tx, actor, r, &w, r.rows[at]); err != nil {
			return err
		}
		r.report.Waves = append(r.report.Waves, w)
	}
	if r.in.DryRun {
		return errDryRun
	}
	return nil
}

// importWave finds the wave of a period, or makes it.
func (o *Office) importWave(ctx context.Context, tx *db.Tx, actor account.Actor, r *importer, at span) (Wave, error) {
	if r.in.Wave != nil {
		return db.One(ctx, tx, selectWave+`WHERE w.id = $1`, scanWave, r.in.Wave.ID)
	}
	w, err := db.One(ctx, tx, selectWave+`WHERE w.service_id = $1 AND w.opens_on = $2 AND w.ends_on = $3`, scanWave, r.in.Service.ID, at.from, at.to)
	if errors.Is(err, db.ErrNone) {
		w = Wave{
			ServiceID: r.in.Service.ID, Name: PeriodName(at.from, at.to), OpensOn: at.from, EndsOn: at.to,
			Elements: r.elements, Basis: Basis{r.in.Stratum}, TargetBy: "own", Target: len(r.rows[at]),
		}
		return w, o.insertWave(ctx, tx, actor, &w)
	}
	if err == nil && !slices.Equal(w.Elements, r.elements) {
		err = fault.WrongField("file", "survey.import.other_elements", w.Name)
	}
	return w, err
}

// fillWave stores the answers of one period that are not there yet.
func (o *Office) fillWave(ctx context.Context, tx *db.Tx, actor account.Actor, r *importer, w *Wave, list []Answer) error {
	have, err := db.All(ctx, tx, `SELECT id FROM survey_answer WHERE wave_id = $1`, db.Value[string], w.ID)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, id := range have {
		known[id] = true
	}
	seen := map[string]int{}
	var fresh []Submission
	for _, a := range list {
		first := importID(w.ID, a, 0)
		a.ID = importID(w.ID, a, seen[first])
		seen[first]++
		if known[a.ID] {
			r.report.Unchanged++
			continue
		}
		fresh = append(fresh, Submission{Wave: *w, Answer: a})
	}
	r.report.Created += len(fresh)
	if len(fresh) == 0 {
		return nil
	}
	if err := storeAnswers(ctx, tx, fresh); err != nil {
		return err
	}
	w.Answers += len(fresh)
	if err := o.record(ctx, tx, actor, "imported", "wave:"+w.ID, map[string]any{"answers": len(fresh), "stratum": string(r.in.Stratum)}); err != nil {
		return err
	}
	return o.keepPublic(ctx, tx, actor, w.ID, "+"+strconv.Itoa(len(fresh)))
}

func cmpText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
