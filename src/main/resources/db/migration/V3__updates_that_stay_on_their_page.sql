-- A task is written three times: when it is accepted, when it begins and when it ends. Room for a second version of each row on its page
-- lets the beginning write no index: the third version takes the place of the first. With less room most beginnings went to another page.
ALTER TABLE tasks SET (fillfactor = 50);

-- What runs now is found among the unfinished tasks. So an attempt's row is closed on its page, and no index is written for that.
DROP INDEX task_attempts_running;
ALTER TABLE task_attempts SET (fillfactor = 50);
