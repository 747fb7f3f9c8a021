-- Ids of the portal a city had before, so that its addresses still lead here.
CREATE TABLE survey_old_address (
  kind text NOT NULL CHECK (kind IN ('service', 'survey')),
  old_id text NOT NULL,
  service_id text NOT NULL REFERENCES service(id),
  PRIMARY KEY (kind, old_id)
);
