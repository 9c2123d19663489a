-- How far an account has read in a channel: up to this id. The message itself may have been deleted since.
CREATE TABLE read_position (
    account    BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    channel    TEXT ${bytewise} NOT NULL,
    message_id BIGINT NOT NULL,
    PRIMARY KEY (account, channel)
) ${clustered};

-- The private chat of two accounts is the channel @x-y, with their ids in base 36. The chats in which an account is x are
-- a range of the primary key; those in which it is y are found here, by -y. No message changes this index, because it
-- depends on the id of the channel alone.
CREATE INDEX channel_private_chat ON channel (ltrim(id, '@0123456789abcdefghijklmnopqrstuvwxyz'), id)
WHERE id >= '@' AND id < 'A';
