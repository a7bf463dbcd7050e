-- The first versions are published when a business opens, before anybody read them: they say so until a member did.
alter table policy_version add column generated boolean not null default false;
