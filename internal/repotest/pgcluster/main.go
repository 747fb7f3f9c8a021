// Command pgcluster starts the throw-away PostgreSQL cluster of the tests, or
// joins the one that runs, prints its URL and holds it until its standard input
// ends or it is interrupted:
//
//	go run ./internal/repotest/pgcluster
//
// With arguments it runs them as a command with the URL in
// GURINDAM_TEST_POSTGRES and ends with its exit status:
//
//	go run ./internal/repotest/pgcluster go test ./...
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"

	"github.com/gurindam/gurindam/internal/repotest"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			os.Exit(exit.ExitCode())
		}
		fmt.Fprintln(os.Stderr, "pgcluster:", err)
		os.Exit(1)
	}
}

func run(command []string) error {
	cluster, err := repotest.JoinCluster()
	if err != nil {
		return err
	}
	defer cluster.Leave()
	if len(command) == 0 {
		fmt.Println(cluster.URL)
		_, err := io.Copy(io.Discard, os.Stdin)
		return err
	}
	c := exec.Command(command[0], command[1:]...)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	c.Env = append(os.Environ(), "GURINDAM_TEST_POSTGRES="+cluster.URL)
	return c.Run()
}
