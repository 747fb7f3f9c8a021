package rulebook

import (
	"fmt"
	"strings"
	"testing"
)

func TestARuleIsShownAsTables(t *testing.T) {
	b, err := speedLibrary(t).At("2023-01-01", "")
	if err != nil {
		t.Fatal(err)
	}
	views := b.Rules("en")
	if len(views) != 1 || views[0].ID != "speed" || views[0].Words.EN != "The speed limit." {
		t.Fatalf("got %+v", views)
	}
	var shown []string
	for _, table := range views[0].Tables {
		for _, row := range table.Rows {
			shown = append(shown, fmt.Sprintf("%s|%s|%s|%v", strings.Join(table.Path, "."), strings.Join(table.Columns, ","), row.Name, row.Cells))
		}
	}
	want := "values||limit|[[50]] town||harbour|[[30.5]] bands|from|fast|[[80]] bands|from|slow|[[0]]"
	if got := strings.Join(shown, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestNestedValuesBecomeTablesOfTheirOwn(t *testing.T) {
	v, err := ParseJSON([]byte(`{"a":{"x":{"weight":1,"list":["p","q"]},"y":{"weight":2,"parts":[{"n":5},{"n":{"id":"enam","en":"six"},"m":7}]}}}`))
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	for _, table := range tables(v.in("en").Map["a"], []string{"a"}) {
		shown = append(shown, fmt.Sprintf("%s %v %v", strings.Join(table.Path, "."), table.Columns, table.Rows))
	}
	want := `a [weight list] [{x [[1] [p q]]} {y [[2] []]}]; a.y.parts [n m] [{ [[5] []]} { [[six] [7]]}]`
	if got := strings.Join(shown, "; "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// plain tells keys as they are.
type plain struct{}

func (plain) Has(key string) bool { return strings.HasSuffix(key, ".known") }
func (plain) T(key string, args ...any) string {
	return strings.TrimRight(key+" "+fmt.Sprintln(args...), " \n")
}
func (plain) Num(x any, _ ...int) string { return "#" + fmt.Sprint(x) }
func (plain) Date(iso string) string     { return "@" + iso }

func TestStepsAreToldInOneLanguage(t *testing.T) {
	b := Because{{
		Key: "k", Args: []any{Word("known"), Word("odd"), Ratio(1, 3), Day("2026-01-01"), 12, WordsOf("known", "odd"), true, "text"},
		Value: Int(7).Figure(2), Source: "UU 1", Parts: Because{{Key: "part", Value: Word("known")}},
	}}
	lines := b.Lines(plain{})
	want := "k rulebook.word.known odd #1/3 @2026-01-01 #12 rulebook.word.known, odd rulebook.word.true text"
	if lines[0].Label != want || lines[0].Source != "UU 1" || lines[0].Parts[0].Label != "part" {
		t.Errorf("got %+v", lines)
	}
	if got := Show(plain{}, lines[0].Value); got != "#7.00" {
		t.Errorf("a figure keeps its places, got %s", got)
	}
	if got := Show(plain{}, nil); got != "–" {
		t.Errorf("nothing is shown as a dash, got %s", got)
	}
}
