-- The ref under which a message was sent; null: none. After a restart, the sender may send it again. The hash is of what
-- tells senders apart besides their account, and of the text as it was sent, which an edit does not change. Refs are looked
-- for among the last messages of a channel, by the primary key: an index would cost time for each message.
ALTER TABLE message ADD COLUMN ref TEXT;
ALTER TABLE message ADD COLUMN ref_hash BIGINT;
