-- Messages and calendars about it name the business, the time and a link, and nothing more.
alter table service add column discreet boolean not null default false;
