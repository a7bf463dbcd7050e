-- Files: the rows. The bytes lie encrypted in the file store, the keys in the key store; neither is in the database.

create table file (
  workspace_id uuid not null,
  id uuid not null,
  address text not null check (address ~ '^[0-9a-f]{64}$'),
  purpose text not null check (purpose in ('attachment', 'picture', 'raw_mail', 'recording', 'import', 'export')),
  name text check (char_length(name) <= 200),
  media_type text not null,
  size bigint not null check (size >= 0),
  created_at timestamptz(3) not null,
  expires_at timestamptz(3),
  primary key (workspace_id, id),
  -- Files about many people live 30 days at most.
  check (purpose not in ('import', 'export') or (expires_at is not null and expires_at <= created_at + interval '720 hours'))
);
call platform.guard_workspace_table('file');
create index on file (workspace_id, expires_at) where expires_at is not null;

create table file_subject (
  workspace_id uuid not null,
  id uuid not null,
  file_id uuid not null,
  contact_id uuid,
  member_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, file_id) references file (workspace_id, id) on delete cascade,
  check (num_nonnulls(contact_id, member_id) = 1)
);
call platform.guard_workspace_table('file_subject');
create unique index on file_subject (workspace_id, file_id, contact_id) where contact_id is not null;
create unique index on file_subject (workspace_id, file_id, member_id) where member_id is not null;
create index on file_subject (workspace_id, contact_id) where contact_id is not null;
create index on file_subject (workspace_id, member_id) where member_id is not null;
