-- Devices that stand in a service room. The key is in the device's link alone;
-- here is its hash.
CREATE TABLE survey_kiosk (
  id text PRIMARY KEY,
  service_id text NOT NULL REFERENCES service(id),
  hash bytea NOT NULL UNIQUE,
  name text NOT NULL,
  made_on text NOT NULL,
  ended_on text
);
CREATE INDEX survey_kiosk_service ON survey_kiosk(service_id);
