-- Which files what was taken over of somebody came from.
CREATE TABLE pen_source (
    part_id  text NOT NULL,
    file_id  text NOT NULL REFERENCES pen_file (id),
    taken_at text NOT NULL,
    PRIMARY KEY (part_id, file_id)
);
