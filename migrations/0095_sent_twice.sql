-- What a client sent, so that the same form sent again is known whatever the server made of it.
ALTER TABLE command ADD COLUMN request TEXT;
CREATE INDEX command_request ON command (request);
