-- Lists of people that were brought, and what each of their rows did, so that all of it can be taken back. The list itself stays in its encrypted file and nowhere else.

create table import (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  state text not null check (state in ('reading', 'draft', 'checking', 'checked', 'writing', 'paused', 'cancelled', 'finished', 'undoing', 'undone', 'failed')),
  problem text,
  name text not null,
  how text not null check (how in ('upload', 'paste')),
  size bigint not null,
  file_id uuid,
  error_file_id uuid,
  said jsonb not null, -- what a person says about how the file is written
  format jsonb, -- how it is written, by that and by what was found out
  columns jsonb not null, -- [{name, filled, target, confidence, asks, dateOrder, decimal, suggests}] in their order
  country text,
  date_order text check (date_order in ('ymd', 'dmy', 'mdy')),
  match_by text[] not null,
  rules jsonb not null,
  tags text[] not null,
  ground jsonb,
  remembered boolean not null,
  row_count bigint,
  done bigint not null, -- rows behind the running step: where it goes on after a crash
  forecast jsonb,
  counts jsonb not null,
  removed bigint not null,
  restored bigint not null,
  kept bigint not null,
  actor_kind text not null check (actor_kind in ('member', 'api_key', 'operator', 'system')),
  actor_id text, -- who brought it
  vouched_by text, -- who said how the business knows these people
  vouched_words text, -- the sentence that was agreed to
  vouched_at timestamptz(3),
  created_at timestamptz(3) not null,
  started_at timestamptz(3),
  finished_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, file_id) references file (workspace_id, id) on delete set null (file_id),
  foreign key (workspace_id, error_file_id) references file (workspace_id, id) on delete set null (error_file_id)
);
call platform.guard_workspace_table('import');

-- What one row of a list did. Values that it replaced stand here until it can no longer be taken back; what the row itself says does not.
create table import_row (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  import_id uuid not null,
  number bigint not null, -- its place in the list, from 1
  outcome text not null check (outcome in ('created', 'updated', 'unchanged', 'duplicate', 'invalid', 'erased', 'refused')),
  contact_id uuid,
  version bigint, -- the contact's after this row
  changed jsonb, -- {fields: {name: [before, after]}, points, shared, tags, note}
  made jsonb, -- {companies, tags}: what was new with this row
  reasons text[], -- codes, why it was not taken, or not wholly
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, import_id, number),
  foreign key (workspace_id, import_id) references import (workspace_id, id) on delete cascade,
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete set null (contact_id)
);
call platform.guard_workspace_table('import_row');
create index import_row_of_contact on import_row (workspace_id, contact_id) where contact_id is not null;
create index import_row_made on import_row (workspace_id, import_id) where made is not null;

-- What became of the columns of the last list with these names.
create table import_mapping (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  signature text not null, -- SHA-256 of the columns' names
  settled jsonb not null,
  used_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, signature)
);
call platform.guard_workspace_table('import_mapping');
