-- Times that are kept while somebody fills in a booking page. They bind what is offered; the claim stays what decides.

create table page_hold (
  workspace_id uuid not null,
  id uuid not null,
  service_id uuid not null,
  staff_id uuid not null,
  -- Everybody and everything that is kept, the person included. Always read and written whole.
  host_ids jsonb not null,
  starts_at timestamptz(3) not null,
  busy_from timestamptz(3) not null,
  busy_until timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  extensions int not null check (extensions >= 0),
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  check (busy_until > busy_from),
  foreign key (workspace_id, service_id) references service (workspace_id, id),
  foreign key (workspace_id, staff_id) references staff (workspace_id, id)
);
call platform.guard_workspace_table('page_hold');
create index on page_hold (workspace_id, expires_at);
