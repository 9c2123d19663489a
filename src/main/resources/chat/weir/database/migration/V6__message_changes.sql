ALTER TABLE message ADD COLUMN reply_to BIGINT; -- the id of the message that it answers, which may be deleted
ALTER TABLE message ADD COLUMN edited_at BIGINT; -- in Unix seconds; null: never
-- A summary of the table reaction, so that a page of history needs no second query: a line for each emoji, with the count
-- and, up to 50, the names. Null: none.
ALTER TABLE message ADD COLUMN reactions TEXT;

-- Changes are events in the order of their channel: seq comes from the same sequence as the ids of messages. The text of
-- an edit is only in the message, so that no former text is kept.
CREATE TABLE message_change (
    channel    TEXT ${bytewise} NOT NULL,
    seq        BIGINT NOT NULL,
    changed_at BIGINT NOT NULL, -- in Unix seconds
    kind       TEXT NOT NULL CHECK (kind IN ('delete', 'edit', 'react', 'unreact')),
    message    BIGINT NOT NULL,
    author     TEXT NOT NULL, -- of the change
    account    BIGINT, -- of the author; null for a guest
    emoji      TEXT, -- of a reaction
    PRIMARY KEY (channel, seq)
) ${clustered};

CREATE INDEX message_change_changed_at ON message_change (changed_at);

-- The seq of the last change that was removed because it was old. A client that saw nothing since cannot be told what
-- changed.
ALTER TABLE channel ADD COLUMN changes_removed_to BIGINT NOT NULL DEFAULT 0;

-- Who reacts to which message. A reaction belongs to a name.
CREATE TABLE reaction (
    channel  TEXT ${bytewise} NOT NULL,
    message  BIGINT NOT NULL,
    emoji    TEXT ${bytewise} NOT NULL,
    name_key TEXT ${bytewise} NOT NULL,
    name     TEXT NOT NULL,
    seq      BIGINT NOT NULL, -- of the change that added it
    PRIMARY KEY (channel, message, emoji, name_key)
) ${clustered};
