package participation

import (
	"embed"

	"github.com/gurindam/gurindam/internal/db"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this area. They refer to the unit table of org.
func Migrations() db.Migrations { return db.Migrations{Area: "participation", FS: migrations} }
