// Command pocketbase serves PocketBase with one open collection of the nine
// elements of a survey, as fully synchronised as Gurindam's own database. The
// survey's load benchmark runs beside it. It is a module of its own, so that
// PocketBase's dependencies never become ours.
package main

import (
	"fmt"
	"log"
	"os"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/core"
)

// elements are the nine of the satisfaction survey, in the order of the list.
var elements = []string{"requirements", "procedure", "time", "cost", "product", "competence", "behaviour", "complaints", "facilities"}

// pragmas are PocketBase's own with one changed: synchronous is FULL instead of
// NORMAL, so that an answer that was acknowledged is on disk.
const pragmas = "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=journal_size_limit(200000000)" +
	"&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32000)"

func main() {
	app := pocketbase.NewWithConfig(pocketbase.Config{
		DefaultDataDir: "pb_data", HideStartBanner: true,
		DBConnect: func(path string) (*dbx.DB, error) { return dbx.Open("sqlite", path+pragmas) },
	})
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		if err := collection(e.App); err != nil {
			return fmt.Errorf("make the collection: %w", err)
		}
		return e.Next()
	})
	if err := app.Start(); err != nil {
		log.Print(err)
		os.Exit(1)
	}
}

// collection makes the collection "answers" that anybody may add to, unless it
// is there.
func collection(app core.App) error {
	if _, err := app.FindCollectionByNameOrId("answers"); err == nil {
		return nil
	}
	anybody := ""
	c := core.NewBaseCollection("answers")
	c.CreateRule, c.ListRule = &anybody, &anybody
	low, high := 1.0, 4.0
	for _, key := range elements {
		c.Fields.Add(&core.NumberField{Name: key, Required: true, OnlyInt: true, Min: &low, Max: &high})
	}
	return app.Save(c)
}
