package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
)

// workbook is an opened XLSX file.
type workbook struct {
	parts  map[string]*zip.File // by lower-case path
	sheets []worksheet
	styles []cellStyle
	texts  *sharedTexts
	epoch  epoch
	limits Limits
}

// worksheet is one sheet of cells; sheets of charts and macros are left out.
type worksheet struct {
	name   string
	hidden bool
	part   *zip.File
}

func openWorkbook(r io.ReaderAt, size int64, limits Limits) (*workbook, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fault.Wrong("sheet.truncated").Because(err)
	}
	w := &workbook{parts: map[string]*zip.File{}, limits: limits}
	for _, f := range archive.File {
		name := partName(f.Name)
		if _, twice := w.parts[name]; !twice {
			w.parts[name] = f
		}
	}
	if err := w.refuseOther(); err != nil {
		return nil, err
	}
	if err := refuseBomb(archive.File, limits); err != nil {
		return nil, err
	}
	if err := w.readStructure(); err != nil {
		return nil, err
	}
	return w, nil
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// refuseOther names archives that are no XLSX workbook.
func (w *workbook) refuseOther() error {
	if w.parts["[content_types].xml"] != nil {
		if w.parts["xl/workbook.bin"] != nil {
			return fault.Wrong("sheet.xlsb")
		}
		if w.parts["word/document.xml"] != nil || w.parts["ppt/presentation.xml"] != nil {
			return fault.Wrong("sheet.document")
		}
		return nil
	}
	if f := w.parts["mimetype"]; f != nil && f.UncompressedSize64 < 200 {
		kind, err := w.readAll(f)
		if err == nil && strings.Contains(string(kind), "opendocument.spreadsheet") {
			return fault.Wrong("sheet.ods")
		}
		if err == nil && strings.Contains(string(kind), "opendocument") {
			return fault.Wrong("sheet.document")
		}
	}
	return fault.Wrong("sheet.zip")
}

// refuseBomb refuses an archive whose parts say they unpack to more than a
// workbook holds. What a part really unpacks to is bounded when it is read.
func refuseBomb(parts []*zip.File, limits Limits) error {
	var total uint64
	for _, f := range parts {
		size, packed := f.UncompressedSize64, f.CompressedSize64
		total += size
		if size > uint64(limits.PartBytes) || total > 2*uint64(limits.PartBytes) {
			return fault.Wrong("sheet.bomb")
		}
		if size > 8<<20 && size/max(packed, 1) > uint64(limits.Ratio) {
			return fault.Wrong("sheet.bomb")
		}
	}
	return nil
}

// structure is what is kept of xl/workbook.xml.
type structure struct {
	Properties struct {
		Date1904 string `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Sheets []struct {
		Name  string     `xml:"name,attr"`
		State string     `xml:"state,attr"`
		Attrs []xml.Attr `xml:",any,attr"`
	} `xml:"sheets>sheet"`
}

// readStructure follows the relations from the package to the workbook, its
// sheets, its styles and its shared texts.
func (w *workbook) readStructure() error {
	main := "xl/workbook.xml"
	if rels, err := w.relations(""); err == nil {
		main = rels.byKind("/officeDocument", main)
	}
	var s structure
	if err := w.decode(main, &s); err != nil {
		return err
	}
	rels, err := w.relations(main)
	if err != nil {
		return err
	}
	for _, sh := range s.Sheets {
		rel := rels[relationID(sh.Attrs)]
		part := w.parts[rel.target]
		if strings.HasSuffix(rel.kind, "/worksheet") && part != nil {
			w.sheets = append(w.sheets, worksheet{name: sh.Name, hidden: sh.State != "" && sh.State != "visible", part: part})
		}
	}
	if len(w.sheets) == 0 {
		return fault.Wrong("sheet.no_sheet")
	}
	if on := s.Properties.Date1904; on == "1" || on == "true" {
		w.epoch = epoch1904
	}
	if w.styles, err = w.readStyles(rels.byKind("/styles", "xl/styles.xml")); err != nil {
		return err
	}
	w.texts, err = w.readTexts(rels.byKind("/sharedStrings", "xl/sharedstrings.xml"))
	return err
}

func relationID(attrs []xml.Attr) string {
	for _, a := range attrs {
		if a.Name.Local == "id" {
			return a.Value
		}
	}
	return ""
}

type relation struct{ kind, target string }

type relations map[string]relation

// byKind returns the target of the first relation whose type ends so, or
// fallback.
func (r relations) byKind(suffix, fallback string) string {
	for _, rel := range r {
		if strings.HasSuffix(rel.kind, suffix) {
			return rel.target
		}
	}
	return fallback
}

// relations reads the relations of a part; targets are absolute part names.
func (w *workbook) relations(part string) (relations, error) {
	dir, file := path.Split(part)
	var list struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		}
	}
	if err := w.decode(dir+"_rels/"+file+".rels", &list); err != nil {
		return nil, err
	}
	out := relations{}
	for _, r := range list.Relationship {
		target := r.Target
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		out[r.ID] = relation{kind: r.Type, target: partName(target)}
	}
	return out, nil
}

// open returns a part's text, bounded by the limits.
func (w *workbook) open(f *zip.File) (*guard, io.Closer, error) {
	r, err := f.Open()
	if err != nil {
		return nil, nil, damaged(err)
	}
	return &guard{r: r, left: w.limits.PartBytes, stride: w.limits.RecordBytes, whole: fault.Wrong("sheet.bomb"), long: fault.Wrong("sheet.cell_too_long")}, r, nil
}

// structureBytes bounds the parts that are read whole.
const structureBytes = 32 << 20

func (w *workbook) readAll(f *zip.File) ([]byte, error) {
	g, c, err := w.open(f)
	if err != nil {
		return nil, err
	}
	defer func() { _ = c.Close() }()
	g.left, g.stride = structureBytes, structureBytes
	data, err := io.ReadAll(g)
	if err != nil {
		return nil, damaged(err)
	}
	return data, nil
}

// decode reads a small XML part whole.
func (w *workbook) decode(name string, into any) error {
	f := w.parts[name]
	if f == nil {
		return fault.Wrong("sheet.no_sheet")
	}
	data, err := w.readAll(f)
	if err != nil {
		return err
	}
	if err := xml.Unmarshal(data, into); err != nil {
		return damaged(err)
	}
	return nil
}

// damaged keeps a fault as it is and turns every other error of unpacking or
// parsing into the fault of a damaged workbook.
func damaged(err error) error {
	var f *fault.Error
	if errors.As(err, &f) {
		return err
	}
	return fault.Wrong("sheet.damaged").Because(err)
}
