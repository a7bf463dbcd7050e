-- Where the business asks for consent.

create table consent_kit (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  booking_page jsonb not null, -- keys of the wordings shown there
  counter jsonb not null,
  keyword text not null,
  counter_code uuid not null, -- in the signed address of the counter page; a new one ends the old address
  updated_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id)
);
call platform.guard_workspace_table('consent_kit');
