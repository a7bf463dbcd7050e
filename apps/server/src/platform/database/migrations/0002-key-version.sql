-- Which keys this database works with, so that a machine with other ones stops at its start instead of writing what nobody else can read. A fingerprint is a hash of
-- something derived from the key: it tells a key, and opens nothing. The owner alone reads and writes it.
create table platform.key_version (
  purpose text not null,
  key_id text not null,
  fingerprint text not null,
  made_at timestamptz(3) not null,
  primary key (purpose, key_id)
);
