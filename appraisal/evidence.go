package appraisal

import (
	"context"
	"io"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/file"
)

// Attach keeps a file the person has chosen as evidence and returns it for an
// entry's Evidence: it counts once SaveProgress has stored the entry.
func (s *Service) Attach(ctx context.Context, actor account.Actor, part, name string, r io.Reader) (Evidence, error) {
	if _, _, err := s.write(ctx, actor, part, account.ActAppraisalOwn); err != nil {
		return Evidence{}, err
	}
	if s.files == nil {
		return Evidence{}, fault.New(fault.Unavailable, "file.away")
	}
	f, err := s.files.Put(ctx, actor.ID, name, r)
	return evidenceOf(f), err
}

func evidenceOf(f file.File) Evidence {
	return Evidence{Label: f.Name, File: f.ID, Size: f.Size, Type: f.Media}
}

// EvidenceFile returns the file of a piece of evidence for whoever may read
// the part it belongs to, to be served with file.Store.Serve. NotFound when it
// is evidence of nothing.
func (s *Service) EvidenceFile(ctx context.Context, actor account.Actor, id string) (file.File, error) {
	parts, err := db.All(ctx, s.db, `SELECT DISTINCT p.part_id FROM appraisal_evidence e JOIN appraisal_progress p ON p.id = e.progress_id
		WHERE e.file_id = $1 AND e.file_id <> '' ORDER BY p.part_id`, db.Value[string], id)
	if err != nil {
		return file.File{}, err
	}
	if len(parts) == 0 || s.files == nil {
		return file.File{}, fault.Missing("appraisal.evidence.absent")
	}
	for _, part := range parts { // one file is evidence in very few parts
		if _, _, err = s.view(ctx, actor, part); err == nil {
			return s.files.Get(ctx, id)
		}
	}
	return file.File{}, err
}

// checkFiles makes sure that the files of an entry are the actor's own uploads
// or stand in the entry already, and fills what is known of them: nobody gets
// at somebody else's file by naming it.
func (s *Service) checkFiles(ctx context.Context, actor account.Actor, e *Progress) error {
	var had []string
	var err error
	if e.ID != "" {
		had, err = db.All(ctx, s.db, `SELECT e.file_id FROM appraisal_evidence e JOIN appraisal_progress p ON p.id = e.progress_id
			WHERE e.progress_id = $1 AND p.part_id = $2 AND e.file_id <> ''`, db.Value[string], e.ID, e.PartID)
		if err != nil {
			return err
		}
	}
	for i := range e.Evidence { // at most mostEvidence
		v := &e.Evidence[i]
		if v.File == "" {
			v.Size, v.Type = 0, ""
			continue
		}
		if s.files == nil {
			return fault.WrongField("evidence", "appraisal.evidence.absent")
		}
		f, err := s.files.Get(ctx, v.File)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if err != nil || f.Owner != actor.ID && !slices.Contains(had, v.File) {
			return fault.WrongField("evidence", "appraisal.evidence.absent")
		}
		label := v.Label
		*v = evidenceOf(f)
		if label != "" {
			v.Label = label
		}
	}
	return nil
}
