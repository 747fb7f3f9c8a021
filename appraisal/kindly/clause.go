package kindly

// sight is how many words back a clause is read.
const sight = 40

// match returns the longest phrase of a role that begins at i within its
// sentence. Of equally long ones the first of the list counts.
func (x *lexicon) match(all []token, i int, r role) (phrase, bool) {
	for _, p := range x.phrases[all[i].word] {
		if p.role == r && follows(all, i, p.words) {
			return p, true
		}
	}
	return phrase{}, false
}

func follows(all []token, i int, words []string) bool {
	if i+len(words) > len(all) {
		return false
	}
	for k, w := range words {
		if all[i+k].word != w || all[i+k].sentence != all[i].sentence {
			return false
		}
	}
	return true
}

// is returns how many words a phrase of the role has that begins at i, or 0.
func (x *lexicon) is(all []token, i int, r role) int {
	p, found := x.match(all, i, r)
	if !found {
		return 0
	}
	return len(p.words)
}

// endsAt reports whether a phrase of the role ends with the word at i.
func (x *lexicon) endsAt(all []token, i int, r role) bool {
	for from := i; from >= max(0, i-2) && all[from].clause == all[i].clause; from-- {
		if n := x.is(all, from, r); n == i-from+1 {
			return true
		}
	}
	return false
}

// denied reports whether the words from i on are taken back: "bukan pemalas",
// "not lazy", "bukan berarti Anda tidak mampu". "Not only" takes nothing back.
func (x *lexicon) denied(all []token, i int) bool {
	for j := i - 1; j >= max(0, i-sight) && all[j].clause == all[i].clause; j-- {
		switch {
		case x.is(all, j, roleNotDeny) > 0:
			return false
		case x.is(all, j, roleDeny) > 0:
			return true
		case x.is(all, j, roleSkip) == 0 && x.is(all, j, rolePerson) == 0:
			return false
		}
	}
	return false
}

// subject is what a clause speaks of.
type subject uint8

const (
	nobody subject = iota
	person
	self
	thing
)

// ofPerson reports whether n words from i on are said of a person.
func (x *lexicon) ofPerson(all []token, i, n int, bare bool) bool {
	for _, t := range all[i : i+n] {
		if t.yours {
			return true
		}
	}
	if x.within(all, i, n, rolePerson) {
		return true
	}
	switch x.before(all, i) {
	case person:
		return true
	case self, thing:
		return false
	default:
		return bare && !x.thingBehind(all, i, n)
	}
}

func (x *lexicon) within(all []token, i, n int, r role) bool {
	for j := i; j < i+n; j++ {
		if x.is(all, j, r) > 0 {
			return true
		}
	}
	return false
}

// before returns the nearest subject in front of i: in its clause, or else in
// an earlier one of the sentence. "Laporan Anda" and "sistem yang Anda pakai"
// are things.
func (x *lexicon) before(all []token, i int) subject {
	for j := i - 1; j >= max(0, i-sight) && all[j].sentence == all[i].sentence; j-- {
		switch {
		case all[j].quoted:
			continue
		case x.endsAt(all, j, rolePerson):
			if x.owned(all, j) {
				return thing
			}
			return person
		case x.endsAt(all, j, roleThing):
			if all[j].clause == all[i].clause {
				return thing
			}
			// A thing of an earlier clause is not carried on: "laporannya
			// terlambat, malas sekali".
		case x.endsAt(all, j, roleSelf) && all[j].clause == all[i].clause:
			if j > 0 && all[j-1].word == "menurut" {
				continue
			}
			return self
		}
	}
	return nobody
}

// owned reports whether the person that ends at j only tells whose thing it is.
func (x *lexicon) owned(all []token, j int) bool {
	k := j - 1
	if k >= 0 && all[k].word == "yang" {
		k--
	}
	return k >= 0 && all[k].clause == all[j].clause && x.endsAt(all, k, roleThing)
}

// thingBehind reports whether the next word that says something is a thing:
// "lambat sekali aplikasinya", "stupid questions".
func (x *lexicon) thingBehind(all []token, i, n int) bool {
	for j := i + n; j < len(all) && all[j].clause == all[i].clause; j++ {
		if x.is(all, j, roleThing) > 0 {
			return true
		}
		if x.is(all, j, roleSkip) == 0 {
			return false
		}
	}
	return false
}
