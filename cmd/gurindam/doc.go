// Command gurindam is the whole program: the server, the sample city, the
// importers, the rules on the command line, and what an administrator scripts.
//
// One file holds one command. A command is a struct that kong fills from flags
// and environment and that runs with an Env; it writes results to Env.Out and
// messages to Env.Err. The program exits 0 on success, 1 on a failure and 2 on
// wrong use.
package main
