-- What the lists of matrices and of agreements are read from: who evaluates
-- whom, who leads what, and which results somebody supports, each from the
-- index alone.
CREATE INDEX appraisal_part_under ON appraisal_part (period_id, evaluator_id, from_day, to_day, pen, id);
CREATE INDEX appraisal_part_head ON appraisal_part (period_id, head_of) WHERE head_of <> '';
DROP INDEX appraisal_result_supports;
CREATE INDEX appraisal_result_supports ON appraisal_result (supports_part, supports_result, part_id);
