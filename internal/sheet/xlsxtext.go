package sheet

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"os"

	"github.com/gurindam/gurindam/internal/fault"
)

// textsInMemory is how much of the shared texts stays in memory; the rest goes
// to a temporary file.
const textsInMemory = 16 << 20

// sharedTexts holds the distinct texts of a workbook, to which cells point by
// number. A roster of 100,000 people has nearly two million: they lie end to
// end and cost four bytes each beside their letters.
type sharedTexts struct {
	ends   []uint32 // where each text ends; PartBytes keeps it below 4 GiB
	memory []byte
	file   *os.File // what did not fit into memory, or nil
	spill  *bufio.Writer
}

// readTexts reads the part of shared texts; a workbook may have none.
func (w *workbook) readTexts(name string) (*sharedTexts, error) {
	s := &sharedTexts{}
	part := w.parts[name]
	if part == nil {
		return s, nil
	}
	s.memory = make([]byte, 0, min(part.UncompressedSize64, textsInMemory))
	g, c, err := w.open(part)
	if err != nil {
		return nil, err
	}
	defer func() { _ = c.Close() }()
	if err := s.read(xml.NewDecoder(bufio.NewReaderSize(g, readAhead)), g); err != nil {
		s.close()
		return nil, damaged(err)
	}
	return s, nil
}

// read collects each <si>: its <t> and those of its runs, without the phonetic
// readings in <rPh>.
func (s *sharedTexts) read(dec *xml.Decoder, g *guard) error {
	var text []byte
	var inText, inReading bool
	for {
		token, err := dec.RawToken()
		if errors.Is(err, io.EOF) {
			return s.flush()
		}
		if err != nil {
			return err
		}
		g.step()
		switch t := token.(type) {
		case xml.StartElement:
			inReading = inReading || t.Name.Local == "rPh"
			inText = t.Name.Local == "t" && !inReading
		case xml.CharData:
			if inText {
				text = append(text, t...)
			}
		case xml.EndElement:
			inText = false
			switch t.Name.Local {
			case "rPh":
				inReading = false
			case "si":
				if err := s.add(text); err != nil {
					return err
				}
				text = text[:0]
			}
		}
	}
}

func (s *sharedTexts) add(text []byte) error {
	end := uint32(len(text))
	if n := len(s.ends); n > 0 {
		end += s.ends[n-1]
	}
	s.ends = append(s.ends, end)
	if s.file == nil && len(s.memory)+len(text) <= textsInMemory {
		s.memory = append(s.memory, text...)
		return nil
	}
	if s.file == nil {
		if err := s.startSpill(); err != nil {
			return err
		}
	}
	if _, err := s.spill.Write(text); err != nil {
		return noSpace(err)
	}
	return nil
}

// noSpace is the fault of a machine that cannot take the temporary file.
func noSpace(err error) error { return fault.New(fault.Unavailable, "sheet.no_space").Because(err) }

// startSpill opens the temporary file and removes its name at once, so that no
// accident leaves personal data behind; where that is not possible close does.
func (s *sharedTexts) startSpill() error {
	f, err := os.CreateTemp("", "gurindam-sheet-")
	if err != nil {
		return noSpace(err)
	}
	_ = os.Remove(f.Name())
	s.file, s.spill = f, bufio.NewWriterSize(f, readAhead)
	return nil
}

func (s *sharedTexts) flush() error {
	if s.spill == nil {
		return nil
	}
	if err := s.spill.Flush(); err != nil {
		return noSpace(err)
	}
	return nil
}

// get returns the text of that number, or false when there is none.
func (s *sharedTexts) get(i int) (string, bool) {
	if i < 0 || i >= len(s.ends) {
		return "", false
	}
	var from uint32
	if i > 0 {
		from = s.ends[i-1]
	}
	to := s.ends[i]
	if int(to) <= len(s.memory) {
		return string(s.memory[from:to]), true
	}
	text := make([]byte, to-from)
	if _, err := s.file.ReadAt(text, int64(from)-int64(len(s.memory))); err != nil {
		return "", false
	}
	return string(text), true
}

func (s *sharedTexts) close() {
	if s != nil && s.file != nil {
		_ = s.file.Close()
		_ = os.Remove(s.file.Name())
		s.file = nil
	}
}
