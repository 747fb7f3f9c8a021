package participation

import (
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
)

// Profile is what a respondent tells about himself or herself; every part may
// be left out, and there is no name. The code words are stored; pages show the
// translation "survey.profile.<field>.<code>".
type Profile struct {
	Sex, Age, Education, Work, Disability string
}

// Fields lists the profile's fields in the order of the form, each with its
// code words: the list of PermenPANRB 14/2017's form with the disability fields
// and occupations of the newer report template.
func Fields() []Field {
	return []Field{
		{"sex", []string{"f", "m"}},
		{"age", []string{"u18", "18-29", "30-44", "45-59", "60+"}},
		{"education", []string{"sd", "smp", "sma", "d", "s1", "s2"}},
		{"work", []string{"asn", "tni_polri", "private", "business", "farmer_fisher", "daily", "student", "home", "retired", "other"}},
		{"disability", []string{"none", "physical", "intellectual", "mental", "sensory"}},
	}
}

// String writes the profile as stored: its code words in the order of Fields,
// comma between; nothing at all when nothing was told.
func (p Profile) String() string {
	if p == (Profile{}) {
		return ""
	}
	return strings.Join([]string{p.Sex, p.Age, p.Education, p.Work, p.Disability}, ",")
}

func parseProfile(s string) (p Profile) {
	for i, code := range strings.Split(s, ",") {
		if i < len(profileParts) {
			*profileParts[i](&p) = code
		}
	}
	return p
}

// profileParts leads to the parts in the order of Fields.
var profileParts = [...]func(*Profile) *string{
	func(p *Profile) *string { return &p.Sex },
	func(p *Profile) *string { return &p.Age },
	func(p *Profile) *string { return &p.Education },
	func(p *Profile) *string { return &p.Work },
	func(p *Profile) *string { return &p.Disability },
}

// Field is one question of the profile.
type Field struct {
	Name  string
	Codes []string
}

// Get returns the field's value of a profile.
func (f Field) Get(p Profile) string { return *p.at(f.Name) }

func (p *Profile) at(field string) *string {
	for i, f := range Fields() {
		if f.Name == field {
			return profileParts[i](p)
		}
	}
	return new(string)
}

// ReadProfile reads a profile; a code word that is none is a fault at its field.
func ReadProfile(value func(field string) string) (Profile, error) {
	var p Profile
	var wrong fault.Fields
	for _, f := range Fields() {
		v := value(f.Name)
		if v != "" && !slices.Contains(f.Codes, v) {
			wrong.Add(f.Name, "survey.profile_unknown")
			continue
		}
		*p.at(f.Name) = v
	}
	return p, wrong.Err()
}
