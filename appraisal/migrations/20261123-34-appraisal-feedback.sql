-- What somebody has said about others, for the page of one's own feedback.
CREATE INDEX appraisal_feedback_author ON appraisal_feedback (author_id, created_at);
