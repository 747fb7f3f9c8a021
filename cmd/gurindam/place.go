package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/internal/assign"
	"github.com/gurindam/gurindam/internal/fault"
)

// PlaceCmd finds the best joint placement of candidates on positions.
type PlaceCmd struct {
	File string `arg:"" help:"JSON file with positions, candidates, score and forbidden; - for standard input." type:"path"`
	JSON bool   `name:"json" help:"Print one JSON document."`
}

type placeInput struct {
	Positions  []placeID        `json:"positions"`
	Candidates []placeID        `json:"candidates"`
	Score      [][]*json.Number `json:"score"`
	Forbidden  [][2]string      `json:"forbidden"`
}

type placeID struct {
	ID string `json:"id"`
}

type placePair struct {
	Candidate string      `json:"candidate"`
	Position  string      `json:"position"`
	Score     json.Number `json:"score"`
}

type placeResult struct {
	Total    json.Number  `json:"total"`
	Pairs    []placePair  `json:"pairs"`
	Unfilled []string     `json:"unfilled"`
	RunnerUp *json.Number `json:"runner_up_total"`
}

// Run reads the problem, solves it and prints the plan.
func (c *PlaceCmd) Run(env *Env) error {
	raw, err := readInput(env.In, c.File)
	if err != nil {
		return err
	}
	in, err := readPlacement(raw)
	if err != nil {
		return err
	}
	out, err := in.place()
	if err != nil {
		return err
	}
	if c.JSON {
		return env.JSON(out)
	}
	for _, p := range out.Pairs {
		fmt.Fprintf(env.Out, "%s\t%s\t%s\n", p.Position, p.Candidate, p.Score)
	}
	for _, p := range out.Unfilled {
		fmt.Fprintf(env.Out, "%s\t–\t–\n", p)
	}
	env.Say("cmd.place_total", string(out.Total))
	return nil
}

func readInput(in io.Reader, file string) ([]byte, error) {
	const most = 64 << 20
	if strings.HasSuffix(file, "/-") || file == "-" {
		return io.ReadAll(io.LimitReader(in, most))
	}
	raw, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fault.Wrong("cmd.no_file", file)
	}
	return raw, err
}

func readPlacement(raw []byte) (placeInput, error) {
	var in placeInput
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	d.UseNumber()
	if err := d.Decode(&in); err != nil {
		return in, fault.Wrong("cmd.place_json", err.Error())
	}
	var wrong fault.Fields
	unique := func(field string, ids []placeID) {
		seen := map[string]bool{}
		for i, p := range ids {
			name := field + "." + strconv.Itoa(i)
			wrong.Check(p.ID != "", name, "form.required")
			wrong.Check(!seen[p.ID], name, "cmd.place_twice", p.ID)
			seen[p.ID] = true
		}
	}
	unique("positions", in.Positions)
	unique("candidates", in.Candidates)
	wrong.Check(len(in.Score) == len(in.Candidates), "score", "cmd.place_rows", len(in.Candidates))
	for i, row := range in.Score {
		wrong.Check(len(row) == len(in.Positions), "score."+strconv.Itoa(i), "cmd.place_columns", len(in.Positions))
	}
	return in, wrong.Err()
}

// scorePlaces is how many decimals a score may have.
const scorePlaces = 6

func (in placeInput) place() (placeResult, error) {
	score, err := in.scaled()
	if err != nil {
		return placeResult{}, err
	}
	best, second, err := assign.Best(score, len(in.Positions))
	if err != nil {
		return placeResult{}, fault.Wrong("cmd.place_size", assign.Most).Because(err)
	}
	out := placeResult{Total: unscale(best.Total), Pairs: []placePair{}, Unfilled: []string{}}
	filled := make([]bool, len(in.Positions))
	for c, p := range best.Of {
		if p >= 0 {
			filled[p] = true
			out.Pairs = append(out.Pairs, placePair{in.Candidates[c].ID, in.Positions[p].ID, unscale(score[c][p])})
		}
	}
	slices.SortFunc(out.Pairs, func(a, b placePair) int { return strings.Compare(a.Position, b.Position) })
	for p, taken := range filled {
		if !taken {
			out.Unfilled = append(out.Unfilled, in.Positions[p].ID)
		}
	}
	if second != nil {
		total := unscale(second.Total)
		out.RunnerUp = &total
	}
	return out, nil
}

// scaled turns the scores into integers and takes out what is not possible.
func (in placeInput) scaled() ([][]int64, error) {
	candidates, positions := index(in.Candidates), index(in.Positions)
	out := make([][]int64, len(in.Score))
	var wrong fault.Fields
	for c, row := range in.Score {
		out[c] = make([]int64, len(row))
		for p, n := range row {
			if n == nil {
				out[c][p] = assign.None
				continue
			}
			v, ok := scale(n.String())
			wrong.Check(ok, fmt.Sprintf("score.%d.%d", c, p), "cmd.place_score", n.String())
			out[c][p] = v
		}
	}
	for i, f := range in.Forbidden {
		c, knownC := candidates[f[0]]
		p, knownP := positions[f[1]]
		wrong.Check(knownC, fmt.Sprintf("forbidden.%d", i), "cmd.place_unknown", f[0])
		wrong.Check(knownP, fmt.Sprintf("forbidden.%d", i), "cmd.place_unknown", f[1])
		if knownC && knownP {
			out[c][p] = assign.None
		}
	}
	return out, wrong.Err()
}

func index(ids []placeID) map[string]int {
	m := map[string]int{}
	for i, p := range ids {
		m[p.ID] = i
	}
	return m
}

// scale reads a plain decimal of at most six places as millionths.
func scale(s string) (int64, bool) {
	whole, frac, _ := strings.Cut(s, ".")
	if len(frac) > scorePlaces || len(strings.TrimLeft(whole, "-")) > 6 {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+frac+strings.Repeat("0", scorePlaces-len(frac)), 10, 64)
	return n, err == nil
}

// unscale writes millionths as the shortest decimal.
func unscale(n int64) json.Number {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	s := fmt.Sprintf("%07d", n)
	frac := strings.TrimRight(s[len(s)-scorePlaces:], "0")
	whole := s[:len(s)-scorePlaces]
	if frac == "" {
		return json.Number(sign + whole)
	}
	return json.Number(sign + whole + "." + frac)
}
