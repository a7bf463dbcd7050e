-- Calendars that people keep elsewhere, what they are busy with there, and the address under which others may read a person's bookings.

create table calendar_link (
  workspace_id uuid not null,
  id uuid not null,
  staff_id uuid not null,
  kind text not null check (kind in ('ics')),
  name text not null,
  -- Whoever knows it reads the calendar.
  address text not null,
  -- The part of the address that gives nothing away, to know the calendar by.
  host text not null,
  -- Whether times count as taken while it cannot be read.
  if_failing text not null check (if_failing in ('block', 'warn')),
  -- The last try, and the last one that worked.
  tried_at timestamptz(3),
  read_at timestamptz(3),
  failing_since timestamptz(3),
  failure text,
  -- From here on nothing is known: the calendar is too large, or something in it repeats without end.
  unknown_from timestamptz(3),
  broken_events int not null,
  endless_events int not null,
  -- What the other side said its content is, and a fingerprint of it, so that what did not change is not read again.
  etag text,
  content_hash text,
  expanded_at timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version bigint not null,
  primary key (workspace_id, id),
  check ((failing_since is null) = (failure is null)),
  foreign key (workspace_id, staff_id) references staff (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('calendar_link');
create index on calendar_link (workspace_id, staff_id);

-- When somebody is busy elsewhere; nothing about with what.
create table external_busy (
  workspace_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  staff_id uuid not null,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3) not null,
  primary key (workspace_id, id),
  check (ends_at > starts_at),
  foreign key (workspace_id, link_id) references calendar_link (workspace_id, id) on delete cascade,
  foreign key (workspace_id, staff_id) references staff (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('external_busy');
create index on external_busy (workspace_id, staff_id, ends_at);
create index on external_busy (workspace_id, link_id);

-- The address itself is a signed link that names the row: a new row is a new address, and the old one leads nowhere.
create table calendar_feed (
  workspace_id uuid not null,
  id uuid not null,
  staff_id uuid not null,
  shows text not null check (shows in ('services', 'names')),
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  constraint one_feed_a_person unique (workspace_id, staff_id),
  foreign key (workspace_id, staff_id) references staff (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('calendar_feed');
