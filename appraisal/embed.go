package appraisal

import (
	"embed"

	"github.com/gurindam/gurindam/internal/db"
)

// Locale holds the sentences of this area's faults, tasks and documents.
//
//go:embed locale/*.toml
var Locale embed.FS

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the tables of the area.
func Migrations() db.Migrations { return db.Migrations{Area: "appraisal", FS: migrations} }
