-- What a run may have beyond time, memory and output. Tasks from before, and of nodes of an earlier release, have the defaults.
ALTER TABLE tasks
    ADD COLUMN input_bytes bigint NOT NULL DEFAULT 1048576,
    ADD COLUMN host_calls  bigint NOT NULL DEFAULT 100000000,
    ADD COLUMN file_bytes  bigint NOT NULL DEFAULT 16777216,
    ADD COLUMN files       json; -- Base64 by path; null for a program that has no directory
