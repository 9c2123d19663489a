-- Times are whole Unix seconds.

-- One row. Whoever does a measure raises it first and holds its lock until he commits, so measures come one after the
-- other on all nodes, and who has read up to a number has missed none below it.
CREATE TABLE moderation (
    last_change BIGINT NOT NULL
);

INSERT INTO moderation (last_change) VALUES (0);

-- No reference to the account: its id is never given twice.
CREATE TABLE moderator (
    channel   TEXT ${bytewise} NOT NULL,
    account   BIGINT NOT NULL,
    change_id BIGINT NOT NULL, -- the line of the audit that tells of it
    PRIMARY KEY (channel, account)
) ${clustered};

CREATE INDEX moderator_change_id ON moderator (change_id);

-- What holds. What is lifted or has ended is removed.
CREATE TABLE sanction (
    kind      TEXT NOT NULL CHECK (kind IN ('ban', 'mute')),
    scope     TEXT ${bytewise} NOT NULL, -- a channel's id, or * for everywhere
    subject   TEXT ${bytewise} NOT NULL, -- @ and the account's id, or the key of the guest's name
    account   BIGINT, -- null for a guest
    name      TEXT NOT NULL,
    name_key  TEXT ${bytewise} NOT NULL,
    address   TEXT, -- of the guest, if it was known
    networks  TEXT NOT NULL, -- for which it holds under any name, with a space between
    reason    TEXT NOT NULL,
    by_name   TEXT NOT NULL,
    given_at  BIGINT NOT NULL,
    ends_at   BIGINT, -- null: for good
    change_id BIGINT NOT NULL, -- the line of the audit that tells of it
    PRIMARY KEY (kind, scope, subject)
) ${clustered};

CREATE INDEX sanction_change_id ON sanction (change_id);

-- Only ever added to.
CREATE TABLE audit (
    id          BIGINT NOT NULL PRIMARY KEY,
    happened_at BIGINT NOT NULL,
    by_name     TEXT NOT NULL,
    by_account  BIGINT NOT NULL,
    measure     TEXT NOT NULL,
    scope       TEXT ${bytewise} NOT NULL,
    account     BIGINT, -- whom it concerns; null for a guest
    name        TEXT NOT NULL,
    name_key    TEXT ${bytewise} NOT NULL,
    address     TEXT,
    reason      TEXT NOT NULL,
    duration    BIGINT, -- in seconds; null: for good, or the measure has none
    detail      TEXT NOT NULL -- of a role the new one, of a deletion the message's id
);

CREATE INDEX audit_scope ON audit (scope, id);
