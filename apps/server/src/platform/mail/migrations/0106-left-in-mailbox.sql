-- Mails that stay in the mailbox for now, because the workspace they are for does not accept its provider; read once it does.
alter table platform.mailbox add column left_uids bigint[] not null default '{}';
