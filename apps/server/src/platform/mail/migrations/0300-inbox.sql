-- What came to an address of the workspace itself: its privacy office, or its inbox. Null for what answers a mail of ours, and for mail to offices from before there were inboxes.
alter table inbound_mail add column door text check (door in ('office', 'inbox'));
