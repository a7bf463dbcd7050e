-- A booking says who really changed it: another program and the operator of the server are not the team.
alter table booking drop constraint booking_source_check, drop constraint booking_cancelled_by_check;
alter table booking
  add column moved_by text,
  add constraint booking_source_check check (source in ('page', 'member', 'api', 'operator')),
  add constraint booking_cancelled_by_check check (cancelled_by in ('contact', 'member', 'api', 'operator', 'system')),
  add constraint booking_moved_by_check check (moved_by in ('contact', 'member', 'api', 'operator', 'system')),
  -- Moves from before this column do not know it.
  add constraint booking_moved_from_check check (moved_by is null or previous_id is not null);
