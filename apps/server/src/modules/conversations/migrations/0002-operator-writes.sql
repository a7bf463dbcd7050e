-- What the operator of the server writes inside a grant is neither the team's nor Frontdesk's own.
alter table message drop constraint message_author_kind_check;
alter table message add constraint message_author_kind_check check (author_kind in ('contact', 'member', 'api_key', 'operator', 'system'));
