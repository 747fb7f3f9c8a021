package participationweb

import "github.com/gurindam/gurindam/internal/web/ui"

// required marks a field that must be filled in.
func required(f ui.Field) ui.Field {
	f.Required = true
	return f
}

// profileSelect is a question of the profile as an ordinary field.
func profileSelect(f profileField) ui.Field {
	field := ui.Field{Name: f.Name, Label: f.Label, Value: f.Chosen}
	for _, o := range f.Options {
		field.Options = append(field.Options, ui.Option{Value: o.Value, Text: o.Text})
	}
	return field
}
