-- UP
CREATE TABLE entries (
    id VARCHAR(36) PRIMARY KEY,
    name VARCHAR(80) NOT NULL,
    message VARCHAR(500) NOT NULL,
    created_at VARCHAR(24) NOT NULL
);

-- DOWN
DROP TABLE entries;
