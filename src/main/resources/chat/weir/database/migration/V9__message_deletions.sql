-- Deleted accounts whose messages are still being deleted. The server finds these messages by reading the whole table in the
-- order of its key, because an index by account would slow each insert.
CREATE TABLE message_deletion (
    account      BIGINT NOT NULL PRIMARY KEY,
    requested_at BIGINT NOT NULL, -- in Unix seconds
    channel      TEXT ${bytewise} NOT NULL, -- with the message: the last position that was checked; empty: none
    message      BIGINT NOT NULL
);
