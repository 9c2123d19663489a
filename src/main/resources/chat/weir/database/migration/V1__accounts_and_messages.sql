-- Times are whole Unix seconds. Keys are names in the normal form by which two spellings are told to be the same.

-- The last id ever given in a channel: deleting its newest message must not let the id be given again.
CREATE TABLE channel (
    id              TEXT ${bytewise} NOT NULL PRIMARY KEY,
    last_message_id BIGINT NOT NULL
) ${clustered};

-- Kept in the order of its key, so that a page of history is a range and no search.
CREATE TABLE message (
    channel    TEXT ${bytewise} NOT NULL,
    id         BIGINT NOT NULL,
    sent_at    BIGINT NOT NULL,
    author     TEXT NOT NULL,
    account    BIGINT, -- of the author; null for a guest, and no reference: messages outlive their authors' accounts
    text       TEXT NOT NULL,
    PRIMARY KEY (channel, id)
) ${clustered};

CREATE TABLE account (
    id               BIGINT NOT NULL PRIMARY KEY, -- random, so that none is ever given twice
    name             TEXT NOT NULL,
    name_key         TEXT ${bytewise} NOT NULL UNIQUE,
    password         TEXT NOT NULL, -- an Argon2id hash in PHC string format
    password_version BIGINT NOT NULL, -- one more with each change of the password
    role             TEXT NOT NULL CHECK (role IN ('member', 'admin')),
    created_at       BIGINT NOT NULL
);

CREATE TABLE session (
    token_hash TEXT ${bytewise} NOT NULL PRIMARY KEY, -- SHA-256 of the token, in hexadecimal
    account    BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
) ${clustered};

CREATE INDEX session_account ON session (account);
CREATE INDEX session_expires_at ON session (expires_at);
