package monthclose

import "github.com/gurindam/gurindam/appraisal/listed"

// who is how a row of a list calls somebody.
type who struct {
	NIP  string `json:"nip,omitempty"`
	Name string `json:"name,omitempty"`
	Post string `json:"post,omitempty"`
	Unit string `json:"unit,omitempty"`
	Told string `json:"told,omitempty"` // the number as the file has it, where it is none
}

// listed is how the row calls somebody, for who looks for that person.
func (w who) listed() listed.Who { return listed.Who{NIP: w.NIP, Name: w.Name, Unit: w.Unit} }

// rollOf lists the people a row may mean.
func rollOf(people []staff) *listed.Roll {
	all := make([]listed.Person, len(people))
	for i, p := range people {
		all[i] = listed.Person{ID: p.ID, NIP: p.NIP, Name: p.Name, Unit: p.Unit}
	}
	return listed.NewRoll(all)
}
