package app

import "github.com/gurindam/gurindam/internal/db"

// Migrations lists the migrations of every package with tables. They are
// applied in the order of their file names over all packages.
func Migrations() []db.Migrations {
	return []db.Migrations{}
}
