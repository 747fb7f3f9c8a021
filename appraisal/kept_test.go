package appraisal

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var k Kept[int64]
		var counted atomic.Int64
		ask := func(writes uint64) int64 {
			n, err := k.Of("key", writes, time.Now(), func() (int64, error) {
				time.Sleep(100 * time.Millisecond)
				return counted.Add(1), nil
			})
			if err != nil {
				t.Error(err)
			}
			return n
		}
		want := func(what string, got, want int64) {
			t.Helper()
			if got != want {
				t.Errorf("%s: %d, not %d", what, got, want)
			}
		}
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() { want("eight who ask at once", ask(0), 1) })
		}
		all.Wait()
		want("at once again", ask(0), 1)
		want("after a write", ask(1), 2)
		time.Sleep(3 * time.Second)
		want("old, but known", ask(1), 2)
		want("while it is counted again", ask(1), 2)
		time.Sleep(time.Second)
		want("counted beside", ask(1), 3)
		time.Sleep(11 * time.Second)
		want("too old for anybody", ask(1), 4)
	})
}

func TestKeptForgetsWhatFailed(t *testing.T) {
	var k Kept[int]
	now := time.Now()
	broken := errors.New("broken")
	if _, err := k.Of("key", 0, now, func() (int, error) { return 0, broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
	if n, err := k.Of("key", 0, now, func() (int, error) { return 7, nil }); n != 7 || err != nil {
		t.Error(n, err)
	}
}
