-- Calendars that are read and written by their provider's own API, with a permission that their owner gave there.
alter table calendar_link drop constraint calendar_link_kind_check, drop constraint only_caldav_is_written;
alter table calendar_link
  -- The tokens of the permission, or the code for which they are still to be fetched.
  add column permission text,
  add constraint calendar_link_kind_check check (kind in ('ics', 'caldav', 'google', 'microsoft')),
  add constraint permission_of_provider check ((kind in ('google', 'microsoft')) = (permission is not null)),
  add constraint no_file_is_written check (kind <> 'ics' or not writes);

-- A provider says what changed by the names of events; of those a fingerprint is kept.
alter table external_busy add column event_key text;
create unique index on external_busy (workspace_id, link_id, event_key) where event_key is not null;

-- The event's name there, where it is not ours to choose.
alter table calendar_copy add column their_id text;
