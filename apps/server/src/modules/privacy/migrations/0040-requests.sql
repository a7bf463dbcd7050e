-- Requests about somebody's rights, and complaints. One table for both: they share portal, verification, clocks, owners and receipts.

create table request (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  number integer not null check (number > 0), -- the case number she is told
  kind text not null check (kind in ('access', 'portability', 'rectification', 'erasure', 'anonymization', 'restriction', 'objection', 'withdrawal', 'opt_out', 'human_review', 'complaint')),
  state text not null check (state in ('received', 'acknowledged', 'verifying', 'in_progress', 'extended', 'answered', 'refused', 'escalated', 'appealed', 'resolved', 'closed')),
  received_by text not null check (received_by in ('portal', 'mail', 'member')),
  for_whom text not null check (for_whom in ('self', 'child')),
  contact_id uuid,
  point_id uuid, -- the address on file that she named
  requester_name text,
  requester_email text, -- as she typed it; compared, never written to
  details text,
  locale text not null,
  region text not null check (region in ('us_california', 'us', 'canada', 'europe', 'elsewhere')),
  owner_member_id uuid,
  regime text not null, -- of packages/deadlines
  calendar_version text not null,
  calendars jsonb not null,
  zone text not null, -- of the business when it was received
  received_at timestamptz(3) not null,
  respond_before timestamptz(3) not null,
  resolve_before timestamptz(3),
  extend_before timestamptz(3),
  extended_at timestamptz(3),
  extension_because text,
  pauses jsonb not null, -- a list of { reason, from, until }
  verified_at timestamptz(3),
  verified_how text check (verified_how in ('not_needed', 'link', 'in_person', 'details_matched', 'guardian')),
  evidence text, -- deleted 30 days after closing
  answer text,
  refusal_ground text check (refusal_ground in ('identity_not_proven', 'no_data', 'law_requires_keeping', 'rights_of_others', 'unfounded', 'repeated', 'outside_law')),
  answered_by text,
  appealed_at timestamptz(3),
  appeal_reason text,
  appeal_days integer,
  appeal_outcome text check (appeal_outcome in ('upheld', 'changed')),
  self_review_at timestamptz(3),
  self_review_grounds text,
  self_reviewed boolean not null,
  outcome text,
  closed_at timestamptz(3),
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, number),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete set null (contact_id),
  foreign key (workspace_id, owner_member_id) references member (workspace_id, id) on delete set null (owner_member_id),
  check ((verified_at is null) = (verified_how is null)),
  check (state not in ('closed', 'resolved') or closed_at is not null),
  check (kind = 'complaint' or state not in ('escalated', 'resolved')),
  check (refusal_ground is null or kind <> 'complaint')
);
call platform.guard_workspace_table('request');
create index request_open on request (workspace_id, respond_before, id) where closed_at is null;
create index request_by_contact on request (workspace_id, contact_id);

-- What happened to a case. A step is done once.
create table request_step (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  request_id uuid not null,
  step text not null,
  done_by text not null,
  at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, request_id, step),
  foreign key (workspace_id, request_id) references request (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('request_step', true);

create table request_note (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  request_id uuid not null,
  text text,
  written_by text not null,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, request_id) references request (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('request_note');
create index request_note_by_request on request_note (workspace_id, request_id, id);

-- Who looks after requests and complaints.
create table privacy_office (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  officer_member_id uuid,
  appeal_days integer not null check (appeal_days between 10 and 90),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id),
  foreign key (workspace_id, officer_member_id) references member (workspace_id, id) on delete set null (officer_member_id)
);
call platform.guard_workspace_table('privacy_office');
