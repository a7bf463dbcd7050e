-- What cases do, how much proof they ask for, who else may look at one, and where the office is.

alter table request drop constraint request_kind_check;
alter table request add constraint request_kind_check check (kind in ('access', 'portability', 'rectification', 'erasure', 'anonymization', 'restriction', 'objection', 'objection_use', 'withdrawal', 'opt_out', 'human_review', 'complaint'));
alter table request drop constraint request_received_by_check;
alter table request add constraint request_received_by_check check (received_by in ('portal', 'mail', 'phone', 'letter', 'in_person', 'member'));
alter table request drop constraint request_for_whom_check;
alter table request add constraint request_for_whom_check check (for_whom in ('self', 'child', 'agent'));
alter table request drop constraint request_refusal_ground_check;
alter table request add constraint request_refusal_ground_check check (refusal_ground in ('identity_not_proven', 'no_data', 'law_requires_keeping', 'rights_of_others', 'compelling_grounds', 'unfounded', 'repeated', 'outside_law'));
alter table request
  add column proof_level text not null default 'ordinary' check (proof_level in ('ordinary', 'none', 'strict')),
  add column proof_because text,
  add column matched jsonb not null default '[]', -- a list of what matched
  add column declared_at timestamptz(3),
  add column declared_as text, -- the name she signed the declaration with
  add column agent_name text,
  add column agent_email text,
  add column agent_authority text; -- deleted 30 days after closing, as the evidence is
update request set proof_level = 'none' where kind in ('objection', 'withdrawal', 'opt_out', 'complaint');
create index request_by_owner on request (workspace_id, owner_member_id) where closed_at is null;

-- What a case did to the data.
create table request_work (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  request_id uuid not null,
  kind text not null check (kind in ('copy', 'erasure', 'rectification', 'restriction', 'restriction_lifted', 'opt_out', 'review', 'hand_over')),
  state text not null check (state in ('planned', 'running', 'done', 'failed')),
  ref_id uuid, -- of the copy or the erasure
  wish jsonb, -- of an erasure: how, and after which mail; of a hand-over: when she confirmed, and how often it was tried
  details text,
  outcome text,
  done_by text not null,
  at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, request_id) references request (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('request_work');
create index request_work_by_request on request_work (workspace_id, request_id, id);

-- What was sent with a request.
create table request_file (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  request_id uuid not null,
  file_id uuid not null,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, request_id) references request (workspace_id, id) on delete cascade,
  foreign key (workspace_id, file_id) references file (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('request_file');
create index request_file_by_request on request_file (workspace_id, request_id, id);
create index request_file_by_file on request_file (workspace_id, file_id);

-- Somebody from outside who looks at one case again, for a while.
create table request_reviewer (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  request_id uuid not null,
  name text,
  email text,
  locale text not null,
  invited_by text not null,
  invited_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  decided_at timestamptz(3),
  revoked_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, request_id) references request (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('request_reviewer');
create index request_reviewer_by_request on request_reviewer (workspace_id, request_id, id);

alter table privacy_office
  add column published_email text,
  add column published_address text,
  add column pgp_key text,
  add column region text;
