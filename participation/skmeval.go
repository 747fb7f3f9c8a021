package participation

import (
	"slices"
	"strings"

	"github.com/gurindam/gurindam/rulebook"
)

// maxElementKey is the length of an element's key.
const maxElementKey = 40

// evalSKM reads either the answers of every respondent or the elements' means.
func evalSKM(r SKMRule, in *rulebook.Input) (any, rulebook.Because, error) {
	method := r.Method
	if in.Has("method") {
		method = in.Word("method", r.MethodCodes())
	}
	elements := r.readElements(in)
	if in.Has("means") {
		return r.evalMeans(in, method, elements)
	}
	rows := in.List("answers")
	sums := make([]ElementSum, len(elements))
	for i, key := range elements {
		sums[i].Key = key
	}
	for i, row := range rows {
		r.addRow(in, sums, i, row)
	}
	if err := in.Done(); err != nil {
		return nil, nil, err
	}
	return scored(r.Score(method, sums, int64(len(rows))))
}

func (r SKMRule) evalMeans(in *rulebook.Input, method string, elements []string) (any, rulebook.Because, error) {
	list := in.List("means")
	if len(list) != len(elements) {
		in.Wrong("means", "rulebook.fault.skm.means_length", len(list), len(elements))
	}
	var means []ElementMean
	least, most := rulebook.Int(r.Scale.Least), rulebook.Int(r.Scale.Most)
	for i, v := range list[:min(len(list), len(elements))] {
		if v.Kind != rulebook.NumKind || v.Num.Less(least) || most.Less(v.Num) {
			in.Wrong("means", "rulebook.fault.skm.mean", i+1, elements[i], r.Scale.Least, r.Scale.Most)
		}
		means = append(means, ElementMean{Key: elements[i], Mean: v.Num})
	}
	if err := in.Done(); err != nil {
		return nil, nil, err
	}
	return scored(r.ScoreMeans(method, means))
}

func scored(result SKMResult, because rulebook.Because, err error) (any, rulebook.Because, error) {
	return result, because, err
}

// readElements reads the keys of the questionnaire; today's when left out.
func (r SKMRule) readElements(in *rulebook.Input) []string {
	if !in.Has("elements") {
		return r.Elements
	}
	var keys []string
	for i, v := range in.List("elements") {
		if v.Kind != rulebook.TextKind || !elementKey(v.Text) || slices.Contains(keys, v.Text) {
			in.Wrong("elements", "rulebook.fault.skm.element", i+1)
		}
		keys = append(keys, v.Text)
	}
	return keys
}

// elementKey reports whether key is a key: small letters, digits, underscores.
func elementKey(key string) bool {
	return key != "" && len(key) <= maxElementKey && strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}

// addRow adds one respondent's answers to the sums, or notes what is wrong
// with them.
func (r SKMRule) addRow(in *rulebook.Input, sums []ElementSum, row int, v *rulebook.Value) {
	if v.Kind != rulebook.ListKind {
		in.Wrong("answers", "rulebook.fault.skm.row_list", row+1)
		return
	}
	if len(v.List) != len(sums) {
		in.Wrong("answers", "rulebook.fault.skm.row_length", row+1, len(v.List), len(sums))
		return
	}
	for i, cell := range v.List {
		if cell.Kind == rulebook.NullKind {
			continue
		}
		answer, whole := cell.Num.Int64()
		if cell.Kind != rulebook.NumKind || !whole || answer < r.Scale.Least || answer > r.Scale.Most {
			in.Wrong("answers", "rulebook.fault.skm.answer", row+1, i+1, sums[i].Key, r.Scale.Least, r.Scale.Most)
			continue
		}
		sums[i].Sum += answer
		sums[i].Answers++
	}
}
