-- A unit's calibration in a window, one at a time.
CREATE TABLE calibration_session (
    id        text PRIMARY KEY,
    unit_id   text NOT NULL,
    unit      text NOT NULL,
    win       text NOT NULL,
    opened_at text NOT NULL,
    opened_by text NOT NULL,
    opener    text NOT NULL,
    closed_at text,
    closer    text NOT NULL
);
CREATE UNIQUE INDEX calibration_session_open ON calibration_session (unit_id, win) WHERE closed_at IS NULL;

-- Who was asked to it: the unit's superiors, its head and the level above.
CREATE TABLE calibration_member (
    session_id text NOT NULL REFERENCES calibration_session (id),
    person_id  text NOT NULL,
    PRIMARY KEY (session_id, person_id)
);
CREATE INDEX calibration_member_person ON calibration_member (person_id);

-- Who has shown the names, and when.
CREATE TABLE calibration_shown (
    session_id text NOT NULL REFERENCES calibration_session (id),
    person_id  text NOT NULL,
    name       text NOT NULL,
    at         text NOT NULL,
    PRIMARY KEY (session_id, person_id)
);

-- Other ratings proposed for somebody.
CREATE TABLE calibration_change (
    id           text PRIMARY KEY,
    session_id   text NOT NULL REFERENCES calibration_session (id),
    part_id      text NOT NULL,
    evaluator_id text NOT NULL,
    version      bigint NOT NULL,
    from_results text NOT NULL,
    from_conduct text NOT NULL,
    to_results   text NOT NULL,
    to_conduct   text NOT NULL,
    direction    text NOT NULL CHECK (direction IN ('naik', 'turun', 'tetap')),
    reason       text NOT NULL,
    state        text NOT NULL CHECK (state IN ('diusulkan', 'diterapkan', 'ditolak')),
    proposed_at  text NOT NULL,
    proposer_id  text NOT NULL,
    proposer     text NOT NULL,
    settled_at   text
);
CREATE INDEX calibration_change_session ON calibration_change (session_id, proposed_at);

CREATE TABLE calibration_consent (
    change_id text NOT NULL REFERENCES calibration_change (id),
    person_id text NOT NULL,
    name      text NOT NULL,
    agrees    boolean NOT NULL,
    at        text NOT NULL,
    PRIMARY KEY (change_id, person_id)
);
