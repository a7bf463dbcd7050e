-- Retention: how long a workspace keeps what, what a preview showed, what each night took, and what must not go for now.

-- One row a workspace, made by the first change or confirmation. Without a confirmation nothing is purged.
create table retention_setting (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  days jsonb not null, -- rule to days, where it differs from the default
  confirmed_at timestamptz(3),
  confirmed_by text,
  preview_id uuid, -- the preview that was confirmed
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id),
  check ((confirmed_at is null) = (confirmed_by is null)),
  check ((confirmed_at is null) = (preview_id is null))
);
call platform.guard_workspace_table('retention_setting');

-- What would go in the coming night, as it was shown. Counts only; the samples are shown and not kept.
create table retention_preview (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  days jsonb not null,
  as_of timestamptz(3) not null, -- the night it looked at
  rules jsonb not null, -- rule to the number of rows that would go, and that a hold keeps
  made_by text not null,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id)
);
call platform.guard_workspace_table('retention_preview');

-- One night's work. Its counts grow in the transaction of each batch, so that a crash loses none and counts none twice.
create table retention_run (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  night date not null, -- on the business's wall calendar
  as_of timestamptz(3) not null, -- ages are counted to this moment, also after a restart
  days jsonb not null,
  state text not null check (state in ('running', 'done')),
  counts jsonb not null, -- rule to what went, table by table, and files
  started_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (workspace_id, id),
  unique (workspace_id, night),
  check ((state = 'done') = (finished_at is not null))
);
call platform.guard_workspace_table('retention_run');

-- What must not go for now: all of one contact, or all that one rule would take.
create table legal_hold (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  contact_id uuid,
  rule text,
  why text not null check (char_length(why) between 1 and 500),
  until date, -- the first day on which it no longer counts; null: until it is released
  placed_by text not null,
  created_at timestamptz(3) not null,
  released_at timestamptz(3),
  released_by text,
  release_why text check (char_length(release_why) between 1 and 500),
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade,
  check (num_nonnulls(contact_id, rule) = 1),
  check (num_nonnulls(released_at, released_by, release_why) in (0, 3))
);
call platform.guard_workspace_table('legal_hold');
create index legal_hold_live on legal_hold (workspace_id, id desc) where released_at is null;
create index legal_hold_of_contact on legal_hold (workspace_id, contact_id) where contact_id is not null;
