-- Somebody from outside who answers the four questions about one request, for a while: the second person of a business that has none.
create table legal_reviewer (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  legal_request_id uuid not null,
  name text not null,
  email text not null,
  locale text not null,
  invited_by text not null,
  invited_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  decided_at timestamptz(3),
  revoked_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, legal_request_id) references legal_request (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('legal_reviewer');
create index legal_reviewer_by_request on legal_reviewer (workspace_id, legal_request_id, id);
