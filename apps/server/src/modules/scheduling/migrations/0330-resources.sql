-- Rooms and equipment, which service takes which of them, and their part in hours, closed times and claims.

create table resource (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  kind text not null check (kind in ('room', 'equipment')),
  active boolean not null,
  archived_at timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version bigint not null,
  primary key (workspace_id, id)
);
call platform.guard_workspace_table('resource');
create index on resource (workspace_id, name, id);

-- "One of these rooms": so many of its members at once; without a number all of them.
create table service_need (
  workspace_id uuid not null,
  id uuid not null,
  service_id uuid not null,
  position int not null,
  required int check (required >= 1),
  primary key (workspace_id, id),
  unique (workspace_id, service_id, position),
  foreign key (workspace_id, service_id) references service (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('service_need');

create table service_need_member (
  workspace_id uuid not null,
  id uuid not null,
  need_id uuid not null,
  resource_id uuid not null,
  primary key (workspace_id, id),
  unique (workspace_id, need_id, resource_id),
  foreign key (workspace_id, need_id) references service_need (workspace_id, id) on delete cascade,
  foreign key (workspace_id, resource_id) references resource (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('service_need_member');
create index on service_need_member (workspace_id, resource_id);

alter table own_hours add column resource_id uuid;
alter table own_hours drop constraint own_hours_check;
alter table own_hours add constraint own_hours_of_one check (num_nonnulls(service_id, staff_id, resource_id) = 1);
alter table own_hours add unique (workspace_id, resource_id);
alter table own_hours add foreign key (workspace_id, resource_id) references resource (workspace_id, id) on delete cascade;

alter table time_off add column resource_id uuid;
alter table time_off add constraint time_off_of_one check (num_nonnulls(staff_id, resource_id) <= 1);
alter table time_off add foreign key (workspace_id, resource_id) references resource (workspace_id, id) on delete cascade;

-- A claim is on a person, a room or a device; the exclusion constraint holds for all of them alike.
alter table claim alter column staff_id drop not null;
alter table claim add column resource_id uuid;
alter table claim drop constraint claim_check;
alter table claim add constraint claim_on_one check (num_nonnulls(staff_id, resource_id) = 1 and claimed_id = coalesce(staff_id, resource_id));
alter table claim add foreign key (workspace_id, resource_id) references resource (workspace_id, id);
create index on claim (workspace_id, resource_id, busy_from) where resource_id is not null;
