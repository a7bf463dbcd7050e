-- Terms, instructions, what members confirmed, and who may do what.

-- Which version of the processing terms a business accepted. Append-only.
create table processing_terms_acceptance (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version text not null,
  sha256 text not null check (char_length(sha256) = 64),
  accepted_by text not null,
  at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, version, sha256)
);
call platform.guard_workspace_table('processing_terms_acceptance', true);

-- What the business told whoever runs the server. Append-only.
create table processing_instruction (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  text text not null check (char_length(text) between 1 and 5000),
  given_by text not null,
  at timestamptz(3) not null,
  primary key (workspace_id, id)
);
call platform.guard_workspace_table('processing_instruction', true);

-- How often members confirm the rules for personal data. One row a workspace, made by the first change.
create table training_setting (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  every_months integer not null check (every_months between 1 and 36),
  suspend_when_overdue boolean not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id)
);
call platform.guard_workspace_table('training_setting');

-- Who confirmed which words when. Append-only.
create table training_acknowledgement (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  member_id uuid not null,
  text_version text not null,
  at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('training_acknowledgement', true);
create index training_acknowledgement_by_member on training_acknowledgement (workspace_id, member_id, at desc);

-- Who could do what, since when. Append-only; the map itself is kept, so that an old version can be shown.
create table authorization_policy_version (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version text not null,
  map jsonb not null,
  since timestamptz(3) not null,
  primary key (workspace_id, id)
);
call platform.guard_workspace_table('authorization_policy_version', true);
create index authorization_policy_version_newest on authorization_policy_version (workspace_id, id desc);
