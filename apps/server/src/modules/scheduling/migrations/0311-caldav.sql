-- Calendars that are read and written by CalDAV (RFC 4791), and the bookings that stand in them.
alter table calendar_link drop constraint calendar_link_kind_check;
alter table calendar_link add constraint calendar_link_kind_check check (kind in ('ics', 'caldav'));
alter table calendar_link
  add column username text,
  add column password text,
  -- Which of the account's calendars it is, and which there are.
  add column collection text,
  add column choices text,
  add column writes boolean not null default false,
  add constraint account_of_caldav check ((kind = 'caldav') = (username is not null) and (username is null) = (password is null)),
  add constraint only_caldav_is_written check (kind = 'caldav' or not writes);
alter table calendar_link alter column writes drop default;

-- What tells whether a calendar changed is encrypted from now on; without it the next reading asks for everything.
update calendar_link set etag = null where etag is not null;

create table calendar_copy (
  workspace_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  booking_id uuid not null,
  -- The appointment through all its moves: the event's UID there.
  thread_id uuid not null,
  -- What was written: by our count, and as the server names it.
  sequence int not null,
  etag text,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3) not null,
  written_at timestamptz(3) not null,
  -- `moved`, `deleted`: somebody did so there, and here it still stands.
  state text not null check (state in ('written', 'moved', 'deleted')),
  their_start timestamptz(3),
  their_end timestamptz(3),
  primary key (workspace_id, id),
  constraint one_copy_a_calendar unique (workspace_id, link_id, thread_id),
  check ((state = 'moved') = (their_start is not null) and (their_start is null) = (their_end is null)),
  foreign key (workspace_id, link_id) references calendar_link (workspace_id, id) on delete cascade,
  foreign key (workspace_id, booking_id) references booking (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('calendar_copy');
create index on calendar_copy (workspace_id, booking_id);
create index on calendar_copy (workspace_id, thread_id);
