-- What is to be done for a contact, by whom, until when, and when she is reminded of it.

create table task (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  contact_id uuid not null,
  text text not null check (length(text) between 1 and 600),
  member_id uuid,
  due_on date,
  due_at timestamptz(3),
  -- What lists are ordered by: the moment, or the end of that day at the business; a far day for those without one, which stand last.
  due_by timestamptz(3) not null,
  remind_minutes int check (remind_minutes >= 0),
  -- Empty where the moment had passed when it was written.
  remind_at timestamptz(3),
  reminded_at timestamptz(3),
  created_by_member_id uuid,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  done_at timestamptz(3),
  done_by_member_id uuid,
  removed_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade,
  foreign key (workspace_id, member_id) references member (workspace_id, id) on delete set null (member_id),
  foreign key (workspace_id, created_by_member_id) references member (workspace_id, id) on delete set null (created_by_member_id),
  foreign key (workspace_id, done_by_member_id) references member (workspace_id, id) on delete set null (done_by_member_id),
  check (due_on is null or due_at is null),
  check (remind_minutes is null or due_on is not null or due_at is not null),
  check (remind_at is null or remind_minutes is not null)
);
call platform.guard_workspace_table('task');
create index task_of_contact on task (workspace_id, contact_id, due_by, id) where removed_at is null;
create index task_open_of_member on task (workspace_id, member_id, due_by, id) where done_at is null and removed_at is null;
create index task_open on task (workspace_id, due_by, id) where done_at is null and removed_at is null;
create index task_done on task (workspace_id, done_at desc, id desc) where done_at is not null and removed_at is null;
