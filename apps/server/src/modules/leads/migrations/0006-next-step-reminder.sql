-- For which day of a next step whoever works on a lead was reminded.
alter table lead add column next_step_reminded_on date;
