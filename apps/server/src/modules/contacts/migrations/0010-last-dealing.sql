-- When a contact and the business last had to do with each other: retention counts from it. For those who are here it is the last thing that is known, which keeps longer.

alter table contact add column last_dealing_at timestamptz(3) not null default now();

alter table contact no force row level security;
update contact set last_dealing_at = last_activity_at;
alter table contact force row level security;

create index contact_by_dealing on contact (workspace_id, last_dealing_at) where merged_into is null;
