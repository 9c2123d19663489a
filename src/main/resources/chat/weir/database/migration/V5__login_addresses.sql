-- From where an account logged in lately, so that strangers who try passwords on its name cannot keep it out there.
-- A hash of the account and the address (of IPv6 its /64): only whether an address is known can be asked.
CREATE TABLE login_address (
    account      BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    address_hash TEXT ${bytewise} NOT NULL,
    used_at      BIGINT NOT NULL, -- in Unix seconds
    PRIMARY KEY (account, address_hash)
) ${clustered};

CREATE INDEX login_address_used_at ON login_address (used_at);
