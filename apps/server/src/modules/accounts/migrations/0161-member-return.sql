-- Somebody who had deactivated her account and was let in again because she asked for it: how she did, when, and what shows it.
create table member_return (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  member_id uuid not null,
  asked_how text not null check (asked_how in ('mail', 'letter', 'phone', 'in_person')),
  asked_on date not null,
  proof text not null check (char_length(proof) <= 500),
  rested_since timestamptz(3) not null,
  recorded_by text not null,
  recorded_at timestamptz(3) not null,
  told_at timestamptz(3), -- when she was written to
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('member_return');
create index member_return_by_member on member_return (workspace_id, member_id);
