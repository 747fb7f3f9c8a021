package db

import "sync"

// bell lets parts of one process wait for what another part has committed.
type bell struct {
	mu    sync.Mutex
	rings map[string][]chan struct{}
}

// Wake rings the topic's bell once the transaction is committed. Only this
// process hears it: whoever listens also looks by itself from time to time.
func (t *Tx) Wake(topic string) {
	t.AfterCommit(func() { t.db.bell.ring(topic) })
}

// Woken returns a channel that receives after each [Tx.Wake] of the topic;
// several wakes that nobody has received yet are one. stop ends it.
func (d *DB) Woken(topic string) (woken <-chan struct{}, stop func()) {
	ch := make(chan struct{}, 1)
	d.bell.mu.Lock()
	defer d.bell.mu.Unlock()
	if d.bell.rings == nil {
		d.bell.rings = map[string][]chan struct{}{}
	}
	d.bell.rings[topic] = append(d.bell.rings[topic], ch)
	return ch, func() { d.bell.remove(topic, ch) }
}

func (b *bell) ring(topic string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, ch := range b.rings[topic] {
		select {
		case ch <- struct{}{}:
		default:
		}
	}
}

func (b *bell) remove(topic string, gone chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var rest []chan struct{}
	for _, ch := range b.rings[topic] {
		if ch != gone {
			rest = append(rest, ch)
		}
	}
	b.rings[topic] = rest
}
