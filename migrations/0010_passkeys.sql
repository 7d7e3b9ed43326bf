-- Keys that stay on people's devices and open the door by finger, face or the device's own code.

CREATE TABLE passkey (
    id UUID NOT NULL PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    -- Fingerprint of the key's public name on its device.
    credential TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- What its signatures are checked with: public key, counter, flags. Nothing secret.
    kept JSONB NOT NULL,
    added_at TIMESTAMPTZ NOT NULL,
    last_used_at TIMESTAMPTZ,
    -- Its counter went backwards: a copy may exist.
    set_aside_at TIMESTAMPTZ,
    -- Opens nothing any more; the row stays a day so that removing can be undone.
    removed_at TIMESTAMPTZ,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX passkey_person ON passkey (person_id);

-- A question put to a device and not answered yet: one per browser, five minutes, used once.
CREATE TABLE passkey_ceremony (
    -- Fingerprint of the cookie of the browser that asked.
    holder TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('add', 'enter')),
    asked JSONB NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
