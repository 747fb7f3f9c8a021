-- The last day for the decision on an objection, fixed when it is filed.
ALTER TABLE appraisal_objection ADD COLUMN decide_by text NOT NULL DEFAULT '';
