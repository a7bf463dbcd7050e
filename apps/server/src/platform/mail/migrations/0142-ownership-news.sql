-- A change of ownership is told to those who work here as well.
alter table mail drop constraint mail_news_check;
alter table mail add constraint mail_news_check
  check (news in ('bookings_mine', 'bookings_all', 'unreached', 'requests_new', 'requests_due', 'requests_overdue', 'incidents', 'ownership'));
