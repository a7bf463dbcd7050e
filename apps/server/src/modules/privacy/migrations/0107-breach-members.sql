-- Incidents that touch the accounts of members: they are affected and told as contacts are.
alter table breach add column accounts boolean not null default false;
alter table breach_person
  add column member_id uuid,
  add foreign key (workspace_id, member_id) references member (workspace_id, id) on delete cascade,
  add unique (workspace_id, breach_id, member_id),
  add check (contact_id is null or member_id is null);
create index breach_person_by_member on breach_person (workspace_id, member_id) where member_id is not null;
