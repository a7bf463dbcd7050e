-- Workspaces, who works in them, their keys and their hours.

create table workspace (
  id uuid primary key,
  name text not null,
  slug text not null,
  zone text not null,
  locale text not null,
  currency text not null,
  country text,
  industry text,
  brand_colour text not null,
  logo_file_id uuid,
  phone text,
  email text,
  website text,
  age_policy text not null check (age_policy in ('none', 'confirm_18')),
  test_of uuid references workspace (id) on delete cascade, -- set on the workspace that test keys work in
  test_workspace_id uuid references workspace (id) on delete set null, -- and on the live one, where to find it
  closes_at timestamptz(3),
  created_at timestamptz(3) not null,
  version bigint not null
);
create unique index on workspace (test_of) where test_of is not null;
call platform.guard_workspace_table('workspace', false, 'id');
call platform.open_to_search('workspace');

-- Every public address a workspace ever had; an earlier one keeps leading to it and is given to nobody else.
create table workspace_slug (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  slug text not null unique,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, slug)
);
alter table workspace add constraint slug_is_its_own foreign key (id, slug) references workspace_slug (workspace_id, slug) deferrable initially deferred;
call platform.guard_workspace_table('workspace_slug');
call platform.open_to_search('workspace_slug');

create table member (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  user_id uuid, -- auth.user; null once the account is deleted
  name text not null,
  email text not null,
  role text not null check (role in ('owner', 'admin', 'manager', 'member', 'representative', 'billing', 'support', 'auditor', 'read_only', 'privacy_officer')),
  invited_by uuid,
  age_confirmed_at timestamptz(3),
  joined_at timestamptz(3) not null,
  expires_at timestamptz(3),
  removed_at timestamptz(3),
  last_seen_at timestamptz(3),
  created_at timestamptz(3) not null,
  version bigint not null,
  primary key (workspace_id, id),
  unique (workspace_id, user_id),
  foreign key (workspace_id, invited_by) references member (workspace_id, id),
  check (role <> 'owner' or expires_at is null),
  check (user_id is not null or removed_at is not null)
);
create index on member (user_id);
call platform.guard_workspace_table('member');
call platform.open_to_search('member');

-- At least one owner in each workspace, checked when a transaction commits. The lock lets two owners who step down at once do so one after the other,
-- so that the second is refused. Runs as frontdesk_search, because at commit the transaction may be bound to another workspace.
create function platform.keep_an_owner() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  -- Through jsonb, because the two tables name their workspace differently and PL/pgSQL resolves every field it sees.
  place uuid := case when tg_table_name = 'workspace' then to_jsonb(new) ->> 'id' when tg_op = 'DELETE' then to_jsonb(old) ->> 'workspace_id' else to_jsonb(new) ->> 'workspace_id' end;
begin
  perform pg_advisory_xact_lock(hashtextextended(place::text, 11));
  if exists (select from workspace where id = place) and not exists (select from member where workspace_id = place and role = 'owner' and removed_at is null) then
    raise exception using errcode = 'check_violation', constraint = 'at_least_one_owner', table = 'member', message = 'a workspace needs at least one owner';
  end if;
  return null;
end $$;
alter function platform.keep_an_owner() owner to frontdesk_search;
revoke all on function platform.keep_an_owner() from public;

create constraint trigger at_least_one_owner after insert on workspace deferrable initially deferred
  for each row execute function platform.keep_an_owner();
create constraint trigger at_least_one_owner after update or delete on member deferrable initially deferred
  for each row when (old.role = 'owner') execute function platform.keep_an_owner();

create table invitation (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  email text,
  role text not null,
  member_until timestamptz(3),
  invited_by uuid,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null, -- the link carries it too: a renewed invitation ends the old link
  mailed_at timestamptz(3),
  accepted_at timestamptz(3),
  accepted_by uuid,
  revoked_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, invited_by) references member (workspace_id, id),
  foreign key (workspace_id, accepted_by) references member (workspace_id, id)
);
call platform.guard_workspace_table('invitation');

create table api_key (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  name text not null,
  key_hash text not null unique,
  start text not null,
  test boolean not null,
  scopes text[] not null,
  created_by uuid,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3),
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, created_by) references member (workspace_id, id)
);
call platform.guard_workspace_table('api_key');
call platform.open_to_search('api_key');

create table operator_grant (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  code_hash text not null unique,
  reason text not null,
  access text not null check (access in ('read', 'change')),
  created_by uuid,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  first_used_at timestamptz(3),
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, created_by) references member (workspace_id, id)
);
call platform.guard_workspace_table('operator_grant');
call platform.open_to_search('operator_grant');

create table location (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  name text not null,
  address text,
  is_default boolean not null,
  holiday_set text,
  created_at timestamptz(3) not null,
  version bigint not null,
  primary key (workspace_id, id)
);
create unique index on location (workspace_id) where is_default;
call platform.guard_workspace_table('location');

-- The week, in wall-clock time of the workspace's zone; an end before its beginning lies on the next day. Weekday 1 is Monday.
create table hours_rule (
  workspace_id uuid not null,
  id uuid not null,
  location_id uuid not null,
  weekday int not null check (weekday between 1 and 7),
  from_time time not null,
  to_time time not null check (to_time <> from_time),
  primary key (workspace_id, id),
  foreign key (workspace_id, location_id) references location (workspace_id, id) on delete cascade,
  constraint hours_do_not_overlap exclude using gist (
    workspace_id with =, location_id with =, weekday with =,
    int4range(extract(epoch from from_time)::int, extract(epoch from to_time)::int + case when to_time < from_time then 86400 else 0 end) with &&
  )
);
call platform.guard_workspace_table('hours_rule');

-- One day that differs: a row without times closes it, rows with times replace the week's.
create table hours_override (
  workspace_id uuid not null,
  id uuid not null,
  location_id uuid not null,
  date date not null,
  from_time time,
  to_time time,
  label text,
  primary key (workspace_id, id),
  foreign key (workspace_id, location_id) references location (workspace_id, id) on delete cascade,
  check ((from_time is null) = (to_time is null)),
  check (to_time <> from_time),
  constraint override_blocks_do_not_overlap exclude using gist (
    workspace_id with =, location_id with =, date with =,
    int4range(coalesce(extract(epoch from from_time)::int, 0), coalesce(extract(epoch from to_time)::int, 86400) + case when to_time < from_time then 86400 else 0 end) with &&
  )
);
call platform.guard_workspace_table('hours_override');
