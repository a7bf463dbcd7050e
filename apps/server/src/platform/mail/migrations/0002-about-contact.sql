-- The contact that a mail to a member is about, such as the news of a booking: it quotes her, so it goes with her.
alter table mail add column about_contact_id uuid;
create index mail_about_contact on mail (workspace_id, about_contact_id) where about_contact_id is not null;
