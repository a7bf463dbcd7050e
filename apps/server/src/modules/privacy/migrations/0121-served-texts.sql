-- What was shown of a document before any version of it was published: whoever accepted it is on record with the hash, and this has its words. Append-only.
create table served_text (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('privacy', 'cookies', 'california', 'terms', 'retention', 'dpa')),
  locale text not null check (locale in ('en', 'es', 'fr')),
  text text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'), -- of the text in UTF-8
  served_at timestamptz(3) not null, -- first
  primary key (workspace_id, id),
  unique (workspace_id, kind, sha256)
);
call platform.guard_workspace_table('served_text', true);
create index policy_text_by_hash on policy_text (workspace_id, sha256);
