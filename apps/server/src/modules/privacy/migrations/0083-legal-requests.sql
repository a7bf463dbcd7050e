-- Requests by authorities and courts: checked by two people, answered with as little as they ask for.

create table legal_request (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  number integer not null check (number > 0),
  kind text not null check (kind in ('subpoena', 'court_order', 'warrant', 'authority_request', 'civil_claim', 'own_claim', 'safety')),
  reason text not null check (reason in ('law_requires', 'court_proceedings', 'enforce_terms', 'protect_rights', 'protect_safety', 'crime_reported')),
  state text not null check (state in ('received', 'checking', 'valid', 'disclosed', 'refused', 'closed')),
  authority text not null,
  jurisdiction text not null,
  reference text,
  asked text not null,
  received_at timestamptz(3) not null,
  due_on date,
  complaint_id uuid, -- the complaint it comes from
  gag_until date, -- the first day on which the people may be told
  gag_source text,
  round integer not null check (round > 0), -- a changed scope is checked anew
  tables jsonb not null,
  from_at timestamptz(3),
  until_at timestamptz(3),
  self_review_at timestamptz(3),
  self_review_by text,
  self_review_grounds text,
  refusal text check (refusal in ('not_valid', 'no_jurisdiction', 'too_wide', 'no_data', 'withdrawn')),
  outcome text,
  extract text not null check (extract in ('none', 'making', 'ready')),
  file_id uuid,
  disclosed_at timestamptz(3),
  accounted_at timestamptz(3), -- since when the hand-over is part of what the people receive
  closed_at timestamptz(3),
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, number),
  foreign key (workspace_id, complaint_id) references request (workspace_id, id) on delete set null (complaint_id),
  foreign key (workspace_id, file_id) references file (workspace_id, id) on delete set null (file_id),
  check (state <> 'disclosed' or disclosed_at is not null),
  check (num_nonnulls(self_review_at, self_review_by, self_review_grounds) in (0, 3))
);
call platform.guard_workspace_table('legal_request');
create index legal_request_unaccounted on legal_request (workspace_id, gag_until) where disclosed_at is not null and accounted_at is null;

-- Whose data it asks for.
create table legal_request_subject (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  legal_request_id uuid not null,
  contact_id uuid,
  notice text not null check (notice in ('none', 'waiting', 'sent', 'unreachable', 'withheld')),
  told_at timestamptz(3),
  primary key (workspace_id, id),
  unique (workspace_id, legal_request_id, contact_id),
  foreign key (workspace_id, legal_request_id) references legal_request (workspace_id, id) on delete cascade,
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete set null (contact_id)
);
call platform.guard_workspace_table('legal_request_subject');
create index legal_request_subject_by_contact on legal_request_subject (workspace_id, contact_id);

-- Who answered the four questions, and how. Each person once a round, a self-review apart. Append-only.
create table legal_request_check (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  legal_request_id uuid not null,
  round integer not null,
  checked_by text not null,
  authority boolean not null,
  jurisdiction boolean not null,
  signature boolean not null,
  scope boolean not null,
  note text not null,
  self boolean not null,
  at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, legal_request_id, round, checked_by, self),
  foreign key (workspace_id, legal_request_id) references legal_request (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('legal_request_check', true);

-- What was done. Append-only.
create table legal_request_step (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  legal_request_id uuid not null,
  step text not null,
  note text,
  done_by text not null,
  at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, legal_request_id) references legal_request (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('legal_request_step', true);
create index legal_request_step_of on legal_request_step (workspace_id, legal_request_id, id);
