-- The register of incidents (GDPR Art. 33(5); PIPEDA s. 10.3). Nothing deletes an entry but the end of its workspace.

create table breach (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  number integer not null check (number > 0),
  state text not null check (state in ('open', 'closed')),
  reported_by text not null check (reported_by in ('member', 'operator')),
  what text not null,
  began_at timestamptz(3) not null,
  ended_at timestamptz(3), -- null: it goes on, or nobody knows
  detected_at timestamptz(3) not null,
  extent text not null check (extent in ('all_there', 'written')),
  tables jsonb not null,
  laws jsonb not null, -- whose clocks run
  risk text check (risk in ('none', 'low', 'real', 'high')),
  risk_grounds text,
  measures text,
  search text not null check (search in ('running', 'done')),
  telling text not null check (telling in ('none', 'running', 'done')),
  erased integer not null check (erased >= 0), -- who was erased since it began, before anybody looked
  notices jsonb, -- language to subject and text, where somebody changed the draft
  authorities jsonb not null, -- law to the moment its authority was told
  told_at timestamptz(3),
  closed_at timestamptz(3),
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, number),
  check (began_at <= ended_at),
  check ((risk is null) = (risk_grounds is null)),
  check ((state = 'closed') = (closed_at is not null))
);
call platform.guard_workspace_table('breach');
create index breach_open on breach (workspace_id, id) where state = 'open';

-- Who is affected, and whether she was told. Once each.
create table breach_person (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  breach_id uuid not null,
  contact_id uuid, -- null once she is erased: she is counted, and cannot be told any more
  notice text not null check (notice in ('waiting', 'sent', 'unreachable')),
  reason text,
  mail_id uuid,
  told_at timestamptz(3),
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, breach_id, contact_id),
  foreign key (workspace_id, breach_id) references breach (workspace_id, id) on delete cascade,
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete set null (contact_id)
);
call platform.guard_workspace_table('breach_person');
create index breach_person_by_contact on breach_person (workspace_id, contact_id);
create index breach_person_waiting on breach_person (workspace_id, breach_id, id) where notice = 'waiting';

-- What was decided and done. Append-only.
create table breach_step (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  breach_id uuid not null,
  step text not null,
  note text,
  once text, -- a reminder that is kept once
  done_by text not null,
  at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, breach_id, once),
  foreign key (workspace_id, breach_id) references breach (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('breach_step', true);
