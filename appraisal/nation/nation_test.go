package nation

import (
	"context"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/rulebook"
)

// perUnit is how many people a unit of the sample has.
const perUnit = 470

// dice is a number that follows from a person and a question, the same in Go
// and in SQL.
func dice(i, k int64) int64 { return ((i*7919 + k*104729 + i/perUnit*613) * (31 + k%7)) % 10007 }

const sqlDice = `((i * 7919 + %[1]d * 104729 + i / 470 * 613) * %[2]d) %% 10007`

func diceSQL(k int64) string { return fmt.Sprintf(sqlDice, k, 31+k%7) }

// The questions of the dice: two ratings, and the months from 0.
const (
	askResults, askConduct = 100, 101
	leastMonth, spanMonth  = 6000, 401
)

// rated turns a throw into a rating: of a hundred, 18 above and 8 below.
func rated(throw int64) appraisal.Rating {
	switch h := throw % 100; {
	case h < 18:
		return appraisal.Above
	case h < 92:
		return appraisal.Meets
	}
	return appraisal.Below
}

func sampleUnit(u int) Unit {
	all := appraisal.AllOrganisationPredicates()
	unit := Unit{ID: "u" + strconv.Itoa(1_000_000+u), Organisation: all[u%len(all)], People: make([]Person, perUnit)}
	for j := range unit.People {
		i := int64(u)*perUnit + int64(j)
		p := Person{ID: uint64(i), Results: rated(dice(i, askResults)), Conduct: rated(dice(i, askConduct))}
		for m := range p.Achieved {
			p.Achieved[m] = uint16(leastMonth + dice(i, int64(m))%spanMonth)
		}
		unit.People[j] = p
	}
	return unit
}

// storeSample stores so many units of the sample.
func storeSample(ctx context.Context, d *db.DB, units int) error {
	const batch = 500
	for from := 0; from < units; from += batch {
		var some []Unit
		for u := from; u < min(from+batch, units); u++ {
			some = append(some, sampleUnit(u))
		}
		if err := d.Tx(ctx, func(tx *db.Tx) error { return Store(ctx, tx, some) }); err != nil {
			return err
		}
	}
	return nil
}

func nationalRules(t testing.TB) Rules {
	t.Helper()
	library, err := rulebook.National()
	if err != nil {
		t.Fatal(err)
	}
	book, err := library.At("2026-12-31", "")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := NewRules(book)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// makeWide makes the same people as one wide row each, with the engine's own
// arithmetic.
func makeWide(ctx context.Context, d *db.DB, units int) error {
	rating := func(k int64) string {
		throw := diceSQL(k) + ` % 100`
		return `CASE WHEN ` + throw + ` < 18 THEN 1 WHEN ` + throw + ` < 92 THEN 2 ELSE 3 END`
	}
	var columns, values []string
	for m := range int64(Months) {
		columns = append(columns, fmt.Sprintf("m%02d bigint NOT NULL", m+1))
		values = append(values, fmt.Sprintf("%d + %s %% %d", leastMonth, diceSQL(m), spanMonth))
	}
	return d.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `CREATE TABLE nation_wide (unit text NOT NULL, person bigint NOT NULL, results bigint NOT NULL, conduct bigint NOT NULL, `+strings.Join(columns, ", ")+`)`); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `INSERT INTO nation_wide WITH RECURSIVE n (i) AS (SELECT CAST(0 AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $1)
			SELECT 'u' || CAST(1000000 + i / 470 AS text), i, `+rating(askResults)+`, `+rating(askConduct)+`, `+strings.Join(values, ", ")+` FROM n`, units*perUnit)
		return err
	})
}

// plainSQL does the same with one statement over the wide rows: predicate and
// place of everybody.
func plainSQL(ctx context.Context, d *db.DB, rules Rules) error {
	var cases, months []string
	for results := byte(1); results <= 3; results++ {
		for conduct := byte(1); conduct <= 3; conduct++ {
			cases = append(cases, fmt.Sprintf("WHEN %d THEN %d", results*10+conduct, rules.predicate[cell(results, conduct)]))
		}
	}
	for m := range Months {
		months = append(months, fmt.Sprintf("m%02d", m+1))
	}
	return d.Tx(ctx, func(tx *db.Tx) error {
		for _, statement := range []string{
			`DROP TABLE IF EXISTS nation_plain`,
			`CREATE TABLE nation_plain (unit text NOT NULL, person bigint NOT NULL, predicate bigint NOT NULL, place bigint NOT NULL)`,
			`INSERT INTO nation_plain SELECT unit, person, predicate, rank() OVER (PARTITION BY unit ORDER BY predicate, achieved DESC) FROM (
				SELECT unit, person, CASE results * 10 + conduct ` + strings.Join(cases, " ") + ` END AS predicate, ` + strings.Join(months, " + ") + ` AS achieved FROM nation_wide) rated`,
		} {
			if _, err := db.Exec(ctx, tx, statement); err != nil {
				return err
			}
		}
		return nil
	})
}

// Both engines come to the same bytes, and plain SQL over one row a person
// comes to the same predicates and places.
func TestBothEnginesAndPlainSQLAgree(t *testing.T) {
	const units = 12
	digests := map[string]bool{}
	rules := nationalRules(t)
	repotest.EachDB(t, []db.Migrations{Migrations()}, func(t *testing.T, d *db.DB) {
		check(t, storeSample(t.Context(), d, units))
		check(t, makeWide(t.Context(), d, units))
		check(t, plainSQL(t.Context(), d, rules))
		s, err := Evaluate(t.Context(), d, rules)
		check(t, err)
		if s.Units != units || s.People != units*perUnit || s.Counts[0] == 0 || s.Fitting == units {
			t.Errorf("%+v", s)
		}
		digests[s.Digest] = true
		again, err := Evaluate(t.Context(), d, rules)
		check(t, err)
		if again != s {
			t.Errorf("evaluated twice gives %+v, then %+v", s, again)
		}
		compare(t, d)
	})
	if len(digests) != 1 {
		t.Errorf("the engines came to %d results", len(digests))
	}
}

// compare holds every stored place against the plain one.
func compare(t *testing.T, d *db.DB) {
	t.Helper()
	plain := map[uint64]Placed{}
	check(t, db.Each(t.Context(), d, `SELECT person, predicate, place FROM nation_plain`, func(r db.Row) error {
		var person, predicate, place int64
		err := r.Scan(&person, &predicate, &place)
		plain[uint64(person)] = Placed{uint64(person), appraisal.AllPredicates()[predicate], uint32(place)}
		return err
	}))
	seen := 0
	check(t, db.Each(t.Context(), d, `SELECT u.block, r.block FROM nation_unit u JOIN nation_result r ON r.unit = u.unit`, func(r db.Row) error {
		var people, result []byte
		if err := r.Scan(&people, &result); err != nil {
			return err
		}
		placed, err := Read(people, result)
		for _, p := range placed {
			seen++
			if p != plain[p.ID] {
				t.Errorf("%+v, plain SQL has %+v", p, plain[p.ID])
			}
		}
		return err
	}))
	if seen != len(plain) || seen == 0 {
		t.Errorf("%d people are placed, plain SQL has %d", seen, len(plain))
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestPlacesAreShared(t *testing.T) {
	person := func(id uint64, results appraisal.Rating, achieved uint16) Person {
		return Person{ID: id, Results: results, Conduct: appraisal.Meets, Achieved: [Months]uint16{achieved}}
	}
	block, err := Pack([]Person{person(1, appraisal.Meets, 90), person(2, appraisal.Above, 10), person(3, appraisal.Meets, 90), person(4, appraisal.Meets, 80), person(5, appraisal.Below, 65535)})
	check(t, err)
	var d desk
	res, err := d.evaluate(nationalRules(t), "u", appraisal.OrganisationGood, block)
	check(t, err)
	placed, err := Read(block, res.Block)
	check(t, err)
	var places []uint32
	for _, p := range placed {
		places = append(places, p.Place)
	}
	// Above and meets make "baik" as meets and meets do: the sum decides among them.
	if want := []uint32{1, 4, 1, 3, 5}; !reflect.DeepEqual(places, want) {
		t.Errorf("places %v, want %v", places, want)
	}
}

func TestPackedPeopleComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ratings := rapid.SampledFrom(appraisal.AllRatings())
		people := rapid.SliceOf(rapid.Custom(func(t *rapid.T) Person {
			p := Person{ID: rapid.Uint64().Draw(t, "id"), Results: ratings.Draw(t, "results"), Conduct: ratings.Draw(t, "conduct")}
			for m := range p.Achieved {
				p.Achieved[m] = rapid.Uint16().Draw(t, "achieved")
			}
			return p
		})).Draw(t, "people")
		block, err := Pack(people)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Unpack(block)
		if err != nil || len(back) != len(people) || len(people) > 0 && !reflect.DeepEqual(back, people) {
			t.Fatalf("%v came back as %v: %v", people, back, err)
		}
	})
}

func TestABrokenBlockIsRefused(t *testing.T) {
	good, err := Pack([]Person{{Results: appraisal.Above, Conduct: appraisal.Below}})
	check(t, err)
	unrated := append([]byte{}, good...)
	unrated[1+ratingsAt] = 0
	for name, block := range map[string][]byte{"empty": {}, "another version": {9}, "cut short": good[:len(good)-1], "no rating": unrated} {
		if _, err := Unpack(block); err == nil {
			t.Errorf("%s: read as if it were whole", name)
		}
		var d desk
		if _, err := d.evaluate(nationalRules(t), "u", appraisal.OrganisationGood, block); err == nil {
			t.Errorf("%s: evaluated", name)
		}
	}
	if _, err := Pack([]Person{{Results: "istimewa", Conduct: appraisal.Meets}}); err == nil {
		t.Error("a rating that is none was packed")
	}
}
