-- The machinery: people and their ways in, commands done once, jobs, mails, the trail.
-- The same text runs on SQLite and PostgreSQL; see adr/0002.

CREATE TABLE command (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    outcome JSONB NOT NULL,
    done_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX command_done_at ON command (done_at);

-- People who use Tablée. Never anyone who is helped.
CREATE TABLE person (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT UNIQUE,
    phone TEXT,
    locale TEXT NOT NULL DEFAULT 'fr',
    digest TEXT NOT NULL DEFAULT 'weekly' CHECK (digest IN ('daily', 'weekly', 'never')),
    created_at TIMESTAMPTZ NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL,
    erased_at TIMESTAMPTZ,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE sign_in_challenge (
    id UUID NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    token_fingerprint TEXT NOT NULL UNIQUE,
    code_fingerprint TEXT NOT NULL,
    back_to TEXT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ
);
CREATE INDEX sign_in_challenge_email ON sign_in_challenge (email, created_at);

CREATE TABLE session (
    id UUID NOT NULL PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,
    person_id UUID NOT NULL REFERENCES person (id),
    structure_id UUID,
    coordination_id UUID,
    shared_computer BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX session_person ON session (person_id);

-- One purpose, one subject, one holder; expires, can be revoked.
CREATE TABLE personal_link (
    id UUID NOT NULL PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,
    purpose TEXT NOT NULL,
    subject_id UUID NOT NULL,
    structure_id UUID,
    person_id UUID REFERENCES person (id),
    coordination_id UUID,
    label TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    last_used_at TIMESTAMPTZ
);
CREATE INDEX personal_link_subject ON personal_link (purpose, subject_id);

-- Fixed windows: how often an address or an account tried something.
CREATE TABLE rate_window (
    bucket TEXT NOT NULL,
    starts_at TIMESTAMPTZ NOT NULL,
    hits BIGINT NOT NULL,
    PRIMARY KEY (bucket, starts_at)
);

CREATE TABLE job (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    payload JSONB NOT NULL,
    run_at TIMESTAMPTZ NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    taken_until TIMESTAMPTZ,
    done_at TIMESTAMPTZ,
    gave_up_at TIMESTAMPTZ,
    last_error TEXT,
    once_key TEXT UNIQUE,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX job_due ON job (run_at) WHERE done_at IS NULL AND gave_up_at IS NULL;

-- What somebody is to be told: at once when they are named, else in their digest.
CREATE TABLE notice (
    id UUID NOT NULL PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    direct BOOLEAN NOT NULL,
    text_key TEXT NOT NULL,
    text_args JSONB NOT NULL,
    link TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    told_at TIMESTAMPTZ
);
CREATE INDEX notice_untold ON notice (person_id) WHERE told_at IS NULL;

CREATE TABLE letter (
    id UUID NOT NULL PRIMARY KEY,
    to_email TEXT NOT NULL,
    to_name TEXT NOT NULL,
    from_name TEXT NOT NULL,
    subject TEXT NOT NULL,
    body_text TEXT NOT NULL,
    body_html TEXT NOT NULL,
    stop_link TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    sent_at TIMESTAMPTZ
);
CREATE INDEX letter_to ON letter (to_email, created_at);
CREATE INDEX letter_created ON letter (created_at);

-- Who did what, for whom, why. Written in the same transaction as the act; never updated.
CREATE TABLE audit_event (
    id UUID NOT NULL PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    person_id UUID,
    structure_id UUID,
    on_behalf_of UUID,
    coordination_id UUID,
    facilitation BOOLEAN NOT NULL DEFAULT FALSE,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    detail JSONB NOT NULL,
    reason TEXT
);
CREATE INDEX audit_event_subject ON audit_event (subject_id, at);
CREATE INDEX audit_event_coordination ON audit_event (coordination_id, at);

-- Which structure read or exported whose non-public data, one row a day.
CREATE TABLE reading (
    reader_id UUID NOT NULL,
    owner_id UUID NOT NULL,
    what TEXT NOT NULL,
    surface TEXT NOT NULL,
    day DATE NOT NULL,
    times BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (owner_id, day, reader_id, what, surface)
);
