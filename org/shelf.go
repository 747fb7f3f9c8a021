package org

import "sync"

// shelf keeps the values used last. The zero value with a positive most is
// ready; it is safe for concurrent use.
type shelf[K comparable, V any] struct {
	most int

	mu    sync.Mutex
	items []item[K, V] // used last at the end
}

type item[K comparable, V any] struct {
	key   K
	value V
}

func (s *shelf[K, V]) get(key K) (value V, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, it := range s.items {
		if it.key == key {
			copy(s.items[i:], s.items[i+1:])
			s.items[len(s.items)-1] = it
			return it.value, true
		}
	}
	return value, false
}

func (s *shelf[K, V]) put(key K, value V) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.items) >= s.most {
		s.items = append(s.items[:0:0], s.items[1:]...)
	}
	s.items = append(s.items, item[K, V]{key, value})
}
