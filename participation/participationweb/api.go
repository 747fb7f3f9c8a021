package participationweb

import (
	"context"
	"strconv"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/api"
	"github.com/gurindam/gurindam/participation"
)

// publicService is one service as the world sees it. Index, grade and interval
// are those of the latest published result, null when there is none.
type publicService struct {
	Code     string      `json:"code"`
	Name     string      `json:"name"`
	Unit     string      `json:"unit"`
	Answers  int         `json:"answers" doc:"Answers stored so far, counted as they are stored"`
	Index    *float64    `json:"index" doc:"The latest published index, 25 to 100"`
	Grade    *string     `json:"grade" doc:"A to D"`
	Interval *[2]float64 `json:"interval" doc:"95 per cent interval of the index"`
	Counted  int         `json:"counted" doc:"Answers the published index stands on"`
	Period   string      `json:"period,omitempty"`
	Open     bool        `json:"open" doc:"Whether a survey runs today"`
}

type servicesOut struct{ Body []publicService }

// Operations adds the area's JSON operations.
func Operations(a *api.API, office *participation.Office) {
	op := api.Op{
		Method: "GET", Path: "/api/v1/public/services", ID: "list-public-services", Tag: "public", Action: account.ActPublic,
		Summary: "Services with the number of answers and the latest published satisfaction index",
	}
	api.Add(a, op, func(ctx context.Context, c api.Caller, _ *struct{}) (*servicesOut, error) {
		list, err := office.Listed(ctx)
		if err != nil {
			return nil, err
		}
		out := &servicesOut{Body: make([]publicService, len(list))}
		for i, l := range list {
			out.Body[i] = listedJSON(l)
		}
		return out, nil
	})
}

func listedJSON(l participation.Listed) publicService {
	s := publicService{Code: l.Code, Name: l.Name, Unit: l.Unit, Answers: l.Answers, Counted: l.Counted, Period: l.Period, Open: l.Open}
	if l.Index == "" {
		return s
	}
	index, grade := number(l.Index), l.Grade
	s.Index, s.Grade = &index, &grade
	if l.Lo != "" {
		s.Interval = &[2]float64{number(l.Lo), number(l.Hi)}
	}
	return s
}

// number reads a stored decimal; these were written by this program.
func number(s string) float64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0
	}
	return f
}
