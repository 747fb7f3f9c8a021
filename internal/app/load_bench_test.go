package app_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gurindam/gurindam/participation"
)

// target is a server under load.
type target struct {
	address      string
	requests     [][]byte // whole requests, sent one after the other
	acknowledged int      // the status that says stored
	stored       func() int
	page         string // address of the service's public page, may be empty
	process      int    // of the server
}

// load is what came of driving a target.
type load struct {
	took []time.Duration // of every acknowledged answer, ascending
	over time.Duration
	work float64 // processor time of the server for an answer, in microseconds
	page float64 // p99 of the service's public page afterwards, in milliseconds
}

const citizens = 64

// drive sends answers on 64 connections, each sending the next once the last
// was acknowledged. The client is as plain as can be, because it runs on the
// same processors.
func drive(b *testing.B, t target) load {
	b.Helper()
	seconds := 6.0
	if s := os.Getenv("GURINDAM_BENCH_SECONDS"); s != "" {
		var err error
		if seconds, err = strconv.ParseFloat(s, 64); err != nil {
			b.Fatal(err)
		}
	}
	busy := processorTime(t.process)
	warm := time.Now().Add(time.Second)
	end := warm.Add(time.Duration(seconds * float64(time.Second)))
	each := make([]sent, citizens)
	var wg sync.WaitGroup
	for i := range each {
		wg.Go(func() { each[i].err = each[i].run(t, i, warm, end) })
	}
	wg.Wait()
	l := load{over: time.Duration(seconds * float64(time.Second))}
	total := 0
	for _, s := range each {
		if s.err != nil {
			b.Fatal(s.err)
		}
		total += s.all
		l.took = append(l.took, s.took...)
	}
	l.work = (processorTime(t.process) - busy) * 1e6 / float64(max(total, 1))
	if t.stored != nil {
		if n := t.stored(); n != total {
			b.Errorf("%d answers acknowledged, %d stored", total, n)
		}
	}
	slices.Sort(l.took)
	if t.page != "" {
		l.page = pageTime(b, t.page)
	}
	return l
}

// pageTime asks for a page 500 times at 200 a second and returns the 99th
// percentile in milliseconds, reckoned from when each was due.
func pageTime(b *testing.B, url string) float64 {
	b.Helper()
	l := load{took: make([]time.Duration, 500)}
	var wg sync.WaitGroup
	start := time.Now()
	for i := range l.took {
		due := start.Add(time.Duration(i) * time.Second / rate)
		time.Sleep(time.Until(due))
		wg.Go(func() {
			ask(b, http.DefaultClient, url, "")
			l.took[i] = time.Since(due)
		})
	}
	wg.Wait()
	slices.Sort(l.took)
	return l.at(99)
}

// processorTime is what a process has used so far, in seconds; 0 where the
// system does not tell.
func processorTime(process int) float64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", process))
	if err != nil {
		return 0
	}
	_, after, _ := bytes.Cut(raw, []byte(") "))
	fields := bytes.Fields(after)
	if len(fields) < 13 {
		return 0
	}
	var ticks float64
	for _, f := range fields[11:13] { // user and system, in hundredths of a second
		n, err := strconv.ParseFloat(string(f), 64)
		if err != nil {
			return 0
		}
		ticks += n
	}
	return ticks / 100
}

// sent is what one connection did.
type sent struct {
	all  int // acknowledged in all
	took []time.Duration
	err  error
}

func (s *sent) run(t target, first int, warm, end time.Time) error {
	conn, err := net.Dial("tcp", t.address)
	if err != nil {
		return err
	}
	defer conn.Close()
	in := bufio.NewReaderSize(conn, 16<<10)
	s.took = make([]time.Duration, 0, 1<<16)
	for i := first; ; i++ {
		began := time.Now()
		if began.After(end) {
			return nil
		}
		if _, err := conn.Write(t.requests[i%len(t.requests)]); err != nil {
			return err
		}
		status, err := readAnswer(in)
		if err != nil {
			return err
		}
		if status != t.acknowledged {
			return fmt.Errorf("%s answered %d", t.address, status)
		}
		s.all++
		if began.After(warm) {
			s.took = append(s.took, time.Since(began))
		}
	}
}

// readAnswer reads one answer with a Content-Length and returns its status.
func readAnswer(in *bufio.Reader) (status int, err error) {
	length := 0
	for line := 0; ; line++ {
		text, err := in.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		switch {
		case line == 0:
			if status, err = strconv.Atoi(string(text[9:12])); err != nil {
				return 0, err
			}
		case len(text) <= 2:
			_, err := in.Discard(length)
			return status, err
		case bytes.HasPrefix(text, []byte("Content-Length: ")):
			if length, err = strconv.Atoi(string(bytes.TrimSpace(text[16:]))); err != nil {
				return 0, err
			}
		}
	}
}

func (l load) rate() float64 { return float64(len(l.took)) / l.over.Seconds() }

// at returns a percentile in milliseconds.
func (l load) at(share int) float64 {
	if len(l.took) == 0 {
		return 0
	}
	return float64(l.took[(len(l.took)-1)*share/100].Microseconds()) / 1000
}

func (l load) report(b *testing.B) {
	b.Helper()
	b.ReportMetric(l.rate(), "answers/s")
	b.ReportMetric(l.at(50), "p50-ms")
	b.ReportMetric(l.at(99), "p99-ms")
	b.ReportMetric(l.work, "cpu-µs/answer")
	b.ReportMetric(0, "ns/op")
}

// beside reports the shares the goals are about.
func (l load) beside(b *testing.B, empty, rival load) {
	b.Helper()
	if empty.rate() > 0 {
		b.ReportMetric(l.rate()/empty.rate(), "of-discarded")
	}
	if rival.rate() > 0 {
		b.ReportMetric(l.rate()/rival.rate(), "x-pocketbase")
		b.ReportMetric(rival.at(99)/l.at(99), "p99-below-x")
	}
}

// marks draws nine answers.
func marks(rng *rand.Rand, each func(key string, mark int)) {
	for _, key := range participation.Nine() {
		each(key, 1+rng.IntN(4))
	}
}

// surveyPosts are filled-in forms as a browser sends them.
func surveyPosts(address string) [][]byte {
	return posts("/s/"+surveyed, address, "application/x-www-form-urlencoded", func(rng *rand.Rand) string {
		var body strings.Builder
		marks(rng, func(key string, mark int) { fmt.Fprintf(&body, "%s=%d&", key, mark) })
		return body.String() + "words=&sex=f&age=30-44&education=sma&work=private&disability=none&token="
	})
}

// pocketPosts are the same nine fields for PocketBase.
func pocketPosts(address string) [][]byte {
	return posts("/api/collections/answers/records", address, "application/json", func(rng *rand.Rand) string {
		fields := map[string]int{}
		marks(rng, func(key string, mark int) { fields[key] = mark })
		raw, err := json.Marshal(fields)
		if err != nil {
			return err.Error()
		}
		return string(raw)
	})
}

func posts(path, address, kind string, body func(*rand.Rand) string) [][]byte {
	rng := rand.New(rand.NewPCG(4, 64))
	list := make([][]byte, 1009)
	for i := range list {
		text := body(rng)
		list[i] = fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", path, address, kind, len(text), text)
	}
	return list
}

// stored asks the public interface how many answers the service has.
func stored(b *testing.B, address string) int {
	b.Helper()
	var list []struct {
		Code    string `json:"code"`
		Answers int    `json:"answers"`
	}
	getJSON(b, "http://"+address+"/api/v1/public/services", &list)
	for _, s := range list {
		if s.Code == surveyed {
			return s.Answers
		}
	}
	b.Fatal("the service is not listed")
	return 0
}

func pocketStored(b *testing.B, address string) int {
	b.Helper()
	var page struct {
		TotalItems int `json:"totalItems"`
	}
	getJSON(b, "http://"+address+"/api/collections/answers/records?perPage=1", &page)
	return page.TotalItems
}

func getJSON(b *testing.B, url string, into any) {
	b.Helper()
	answer, err := http.Get(url)
	if err != nil {
		b.Fatal(err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err == nil {
		err = json.Unmarshal(raw, into)
	}
	if err != nil {
		b.Fatalf("%s: %v: %.200s", url, err, raw)
	}
}
