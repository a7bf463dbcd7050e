-- Members are mailed about their tasks, and where somebody mentions them in a note.
alter table mail drop constraint mail_news_check;
alter table mail add constraint mail_news_check
  check (news in ('bookings_mine', 'bookings_all', 'unreached', 'requests_new', 'requests_due', 'requests_overdue', 'incidents', 'ownership', 'leads_waiting', 'webhooks', 'tasks_mine', 'mentions'));
