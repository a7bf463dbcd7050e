-- Which sites may show the booking pages in a frame. No row: none but this house.

create table booking_page (
  workspace_id uuid not null,
  id uuid not null,
  -- Origins, always read and written whole.
  framing_sites jsonb not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version bigint not null,
  primary key (workspace_id, id),
  constraint one_booking_page unique (workspace_id)
);
call platform.guard_workspace_table('booking_page');
