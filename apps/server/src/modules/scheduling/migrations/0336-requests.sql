-- Bookings of the public page that somebody on the team has to say yes to.

alter table service
  add column approval boolean not null default false,
  add column answer_minutes int not null default 1440 check (answer_minutes between 30 and 10080);

alter table booking
  -- Null for bookings that nobody had to ask for.
  add column request_state text check (request_state in ('open', 'approved', 'declined', 'expired', 'withdrawn')),
  -- The time is held until then; from then on it counts as free, and whoever books it first frees the claim.
  add column answer_by timestamptz(3),
  add constraint booking_request_check check ((request_state is null) = (answer_by is null)),
  add constraint booking_pending_check check (status <> 'pending' or request_state = 'open');
create index on booking (workspace_id, answer_by) where status = 'pending';
