-- How a workspace settles what the law leaves to it. Append-only: each change is a new version, so that what a page or a decision rested on can be looked up.
create table privacy_settings (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 1), -- 1 is everything at its default
  values jsonb not null, -- key to value, where it differs from the default
  changed_by text not null,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, version)
);
call platform.guard_workspace_table('privacy_settings', true);
