-- Whom an account wants to hear nothing from: by name, since a guest is nothing else.
CREATE TABLE block (
    account  BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    name_key TEXT ${bytewise} NOT NULL,
    PRIMARY KEY (account, name_key)
) ${clustered};
