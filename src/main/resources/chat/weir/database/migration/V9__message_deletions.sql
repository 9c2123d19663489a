-- Deleted accounts whose messages are to be deleted too. They are found by reading all messages in the order of their key,
-- because an index by account would slow each insert.
CREATE TABLE message_deletion (
    account      BIGINT NOT NULL PRIMARY KEY,
    requested_at BIGINT NOT NULL, -- in Unix seconds
    channel      TEXT ${bytewise} NOT NULL, -- the messages up to this one are done; empty: none
    message      BIGINT NOT NULL
);
