"""The library's file: its tables, their migrations and the check at start."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from ..errors import StorageError
from .backup import back_up, damaged, gone, is_backup_old, is_doubtful, is_gone, trust
from .folding import folded

_V1 = """
CREATE TABLE images (           -- one content; labels belong to it, wherever its files lie
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,        -- SHA-256 in hex; in older files the whole file's
    image_name TEXT NOT NULL UNIQUE     -- the data contract's key
);
CREATE TABLE files (            -- one place on disk; a row in the window
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,          -- os.fsencode: names need not be valid text
    name TEXT NOT NULL,                 -- the file's name for people and for searching
    image_id INTEGER REFERENCES images, -- NULL until the content was read
    size_bytes INTEGER,                 -- with mtime_ns: what the file was when it was read
    mtime_ns INTEGER,
    item_id INTEGER                     -- its newest item
);
CREATE INDEX files_image ON files (image_id);
CREATE TABLE labels (
    image_id INTEGER NOT NULL REFERENCES images,
    origin TEXT NOT NULL CHECK (origin IN ('aws', 'local', 'you', 'file')),
    label TEXT NOT NULL,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 100),
    parents TEXT NOT NULL,              -- JSON lists
    categories TEXT NOT NULL,
    instances TEXT NOT NULL,
    PRIMARY KEY (image_id, origin, label)
) WITHOUT ROWID;
CREATE INDEX labels_label ON labels (label, confidence);
CREATE TABLE answers (          -- that a backend has answered, be it with no labels
    image_id INTEGER NOT NULL REFERENCES images,
    origin TEXT NOT NULL,
    job_id INTEGER NOT NULL,
    model_version TEXT NOT NULL,
    labelled_at TEXT NOT NULL,
    PRIMARY KEY (image_id, origin)
) WITHOUT ROWID;
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    roots TEXT NOT NULL,                -- JSON list of the paths that were dropped
    backend TEXT NOT NULL,
    again INTEGER NOT NULL,
    found_all INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL,
    error_title TEXT,
    error_message TEXT,
    created_at TEXT NOT NULL
);
CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    job_id INTEGER NOT NULL REFERENCES jobs,
    file_id INTEGER NOT NULL REFERENCES files,
    state TEXT NOT NULL,
    submitted_at REAL,                  -- Unix time; NULL: it never was
    baseline TEXT NOT NULL DEFAULT '',  -- version of the answer that was there before submit
    error_title TEXT,
    error_message TEXT,
    UNIQUE (job_id, file_id)
);
CREATE INDEX items_open ON items (job_id, state);
"""

_V2 = """
ALTER TABLE images ADD COLUMN taken_at TEXT;        -- ISO 8601 without a zone, as cameras write it
ALTER TABLE files ADD COLUMN folder BLOB;           -- the path's parent, os.fsencode
ALTER TABLE files ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;    -- from the library, by you
ALTER TABLE answers ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;  -- "Remove labels of this job"
CREATE INDEX answers_job ON answers (job_id);
CREATE INDEX files_folder ON files (folder);
CREATE TABLE edits (            -- what you decided about a label of an image
    image_id INTEGER NOT NULL REFERENCES images,
    label TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('keep', 'remove', 'add')),
    PRIMARY KEY (image_id, label)
) WITHOUT ROWID;
CREATE TABLE rules (            -- "never show this label" (call_it NULL), "call it ..."
    label TEXT PRIMARY KEY,
    call_it TEXT
) WITHOUT ROWID;
CREATE TABLE shown (            -- the labels that count: machine's, less removed, plus yours
    image_id INTEGER NOT NULL REFERENCES images,
    label TEXT NOT NULL,
    confidence REAL NOT NULL,
    origin TEXT NOT NULL,
    source TEXT NOT NULL,               -- the machine's own word for it
    kept INTEGER NOT NULL,              -- yours, or kept by you: shown at any confidence
    PRIMARY KEY (image_id, label)
) WITHOUT ROWID;
CREATE INDEX shown_label ON shown (label, confidence, kept);
CREATE TABLE journal (          -- edits that can be undone, newest last
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    changes TEXT NOT NULL,              -- JSON: [what, key, before, after] each
    undone INTEGER NOT NULL DEFAULT 0,
    made_at TEXT NOT NULL
);
INSERT INTO shown
    SELECT image_id, label, confidence, origin, label, 0 FROM labels
    WHERE origin = 'aws' OR origin = 'local' AND image_id NOT IN
        (SELECT image_id FROM answers WHERE origin = 'aws');
"""

# Titles and messages are English and literal, as they stand in the program, so that they can be
# said in another language later; what fills their fields is kept beside them.
_V3 = """
ALTER TABLE jobs ADD COLUMN error_values TEXT;      -- JSON object; NULL: there are no fields
ALTER TABLE items ADD COLUMN error_values TEXT;
"""

_V4 = """
ALTER TABLE jobs ADD COLUMN error_remedy TEXT;      -- a Remedy; NULL: no button helps
ALTER TABLE jobs ADD COLUMN error_detail TEXT;      -- a text as error_message, to be copied
ALTER TABLE items ADD COLUMN error_remedy TEXT;
ALTER TABLE items ADD COLUMN error_detail TEXT;
"""

_V5 = """
CREATE TABLE spending (         -- what was put where recognising costs money
    month TEXT NOT NULL,                -- 2026-10, of UTC
    job_id INTEGER NOT NULL,            -- 0: no job, the set-up's test photo say
    images INTEGER NOT NULL,
    microdollars INTEGER NOT NULL,
    PRIMARY KEY (month, job_id)
) WITHOUT ROWID;
CREATE TABLE sent (             -- the newest copy of an image in a place away from this computer
    id INTEGER PRIMARY KEY,
    image_id INTEGER NOT NULL REFERENCES images,
    bucket TEXT NOT NULL,
    key TEXT NOT NULL,
    digest TEXT NOT NULL,               -- SHA-256 of the very bytes, hex
    size_bytes INTEGER NOT NULL,
    sent_at REAL NOT NULL,              -- Unix time
    expires_at REAL NOT NULL,           -- Unix time
    arrived INTEGER NOT NULL,           -- 0: the other side has not said that it has it
    deleted_at REAL,                    -- Unix time; by you
    UNIQUE (image_id, bucket)
);
CREATE INDEX sent_newest ON sent (sent_at);
"""

# With 100,000 images a filter takes half the time when an index alone can answer it, in the order
# of the images, and the folders are counted ten times as fast.
_V6 = """
DROP INDEX shown_label;
CREATE INDEX shown_label ON shown (label, image_id, confidence, kept);
DROP INDEX files_image;
CREATE INDEX files_image ON files (image_id, removed);
DROP INDEX files_folder;
CREATE INDEX files_folder ON files (folder, removed);
"""

# Searching compares names by Unicode's rules. A function of Python's, called by SQLite for each
# name, would wait 100,000 times for its turn while a job is at work. The index holds what is still
# to be folded: nothing, so that each start can look for it.
_V7 = """
ALTER TABLE files ADD COLUMN folded_name TEXT NOT NULL DEFAULT '';   -- folded(name)
CREATE INDEX files_unfolded ON files (id) WHERE folded_name = '';
"""

# An image is known by its picture. Of one that was read before, only the whole file's digest is
# known until its file is read again: a file of the same size may be it, wherever it lies now.
_V8 = """
ALTER TABLE images ADD COLUMN picture TEXT;         -- its SHA-256, hex; NULL: not yet known
ALTER TABLE images ADD COLUMN edited INTEGER NOT NULL DEFAULT 0;    -- in place, not reviewed since
CREATE INDEX images_picture ON images (picture);
CREATE INDEX images_edited ON images (id) WHERE edited;
CREATE INDEX files_size ON files (size_bytes);
"""

# Who may say something of an image stood as a list in the table, and labels of anybody else were
# lost. Recognisers are registered (effective.py); what nobody has registered is refused.
_V9 = """
CREATE TABLE origins (          -- whose answers are taken
    name TEXT PRIMARY KEY,
    rank INTEGER                        -- the highest counts; NULL: not registered yet
) WITHOUT ROWID;
INSERT INTO origins SELECT origin, NULL FROM labels UNION SELECT origin, NULL FROM answers;
CREATE TABLE labels_of_v9 (
    image_id INTEGER NOT NULL REFERENCES images,
    origin TEXT NOT NULL REFERENCES origins,
    label TEXT NOT NULL,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 100),
    parents TEXT NOT NULL,              -- JSON lists
    categories TEXT NOT NULL,
    instances TEXT NOT NULL,
    PRIMARY KEY (image_id, origin, label)
) WITHOUT ROWID;
INSERT INTO labels_of_v9 SELECT * FROM labels;
DROP TABLE labels;
ALTER TABLE labels_of_v9 RENAME TO labels;
CREATE INDEX labels_label ON labels (label, confidence);
CREATE TABLE answers_of_v9 (    -- that a backend has answered, be it with no labels
    image_id INTEGER NOT NULL REFERENCES images,
    origin TEXT NOT NULL REFERENCES origins,
    job_id INTEGER NOT NULL,
    model_version TEXT NOT NULL,
    labelled_at TEXT NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0, -- "Remove labels of this job"
    PRIMARY KEY (image_id, origin)
) WITHOUT ROWID;
INSERT INTO answers_of_v9
    SELECT image_id, origin, job_id, model_version, labelled_at, removed FROM answers;
DROP TABLE answers;
ALTER TABLE answers_of_v9 RENAME TO answers;
CREATE INDEX answers_job ON answers (job_id);
"""

# A window shows what other programs write into the same file, too. The file itself notes which of
# its photos are to be read anew, so that nobody who writes can forget to say so.
_V10 = """
CREATE TABLE changes (          -- the newest change of each file's row, or of what its image shows
    number INTEGER PRIMARY KEY AUTOINCREMENT,   -- of a later change it is higher
    file_id INTEGER NOT NULL UNIQUE
);
CREATE TRIGGER files_added AFTER INSERT ON files BEGIN
    INSERT OR REPLACE INTO changes (file_id) VALUES (new.id);
END;
CREATE TRIGGER files_changed AFTER UPDATE OF path, image_id, item_id, removed ON files BEGIN
    INSERT OR REPLACE INTO changes (file_id) VALUES (new.id);
END;
CREATE TRIGGER items_changed AFTER UPDATE OF state, error_title ON items BEGIN
    INSERT OR REPLACE INTO changes (file_id)
        SELECT id FROM files WHERE id = new.file_id AND item_id = new.id;
END;
CREATE TRIGGER images_changed AFTER UPDATE OF edited ON images BEGIN
    INSERT OR REPLACE INTO changes (file_id) SELECT id FROM files WHERE image_id = new.id;
END;
CREATE TRIGGER shown_added AFTER INSERT ON shown BEGIN
    INSERT OR REPLACE INTO changes (file_id) SELECT id FROM files WHERE image_id = new.image_id;
END;
CREATE TRIGGER shown_removed AFTER DELETE ON shown BEGIN
    INSERT OR REPLACE INTO changes (file_id) SELECT id FROM files WHERE image_id = old.image_id;
END;
"""

# What was written into people's files, and what takes it back. `ours` and `wanted` are whoever's
# who writes; a digest is a SHA-256 in hex, and NULL where there is no file.
_V11 = """
CREATE TABLE saves (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                 -- keywords, copies, moves
    is_automatic INTEGER NOT NULL,
    token TEXT NOT NULL,                -- in the names of partial files
    made_at TEXT NOT NULL,
    undo_began_at TEXT,
    undone_at TEXT
);
CREATE TABLE saved_files (
    id INTEGER PRIMARY KEY,
    save_id INTEGER NOT NULL REFERENCES saves,
    file_id INTEGER NOT NULL REFERENCES files,  -- the photo
    act TEXT NOT NULL CHECK (act IN ('write', 'copy', 'move')),
    path BLOB NOT NULL,                 -- what is written, os.fsencode
    source BLOB,                        -- where it was copied or moved from
    before TEXT,
    after TEXT,
    made_folders INTEGER NOT NULL,      -- how many of the path's folders were made for it
    delta BLOB,                         -- makes the content before of the one after
    ours TEXT NOT NULL,                 -- what in the file this program has written
    wanted TEXT NOT NULL,               -- what was to be there
    state TEXT NOT NULL CHECK (state IN ('planned', 'done', 'undone'))
);
CREATE INDEX saved_files_save ON saved_files (save_id, state);
CREATE INDEX saved_files_planned ON saved_files (id) WHERE state = 'planned';
CREATE INDEX saved_files_file ON saved_files (file_id, path);
CREATE INDEX saved_files_after ON saved_files (after);
"""

# Keywords that other programs have written count as labels. They lie in files, and an image may
# have several files.
_V12 = """
CREATE TABLE keywords (         -- that were in a file or its sidecar, but for those we wrote
    file_id INTEGER NOT NULL REFERENCES files,
    keyword TEXT NOT NULL,
    PRIMARY KEY (file_id, keyword)
) WITHOUT ROWID;
CREATE INDEX keywords_keyword ON keywords (keyword);
ALTER TABLE files ADD COLUMN keywords_of TEXT;      -- which file and sidecar they were read from
"""

# What was found besides labels. `words` comes before what is long: a search reads only those.
_V13 = """
CREATE TABLE texts (            -- what was read in an image
    image_id INTEGER NOT NULL REFERENCES images,
    origin TEXT NOT NULL REFERENCES origins,
    words TEXT NOT NULL,                -- as_words of all lines
    lines TEXT NOT NULL,                -- JSON list, in reading order
    PRIMARY KEY (image_id, origin)
) WITHOUT ROWID;
CREATE TABLE flags (            -- in which way an image may be explicit
    image_id INTEGER NOT NULL REFERENCES images,
    origin TEXT NOT NULL REFERENCES origins,
    name TEXT NOT NULL,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 100),
    parents TEXT NOT NULL,              -- JSON list
    PRIMARY KEY (image_id, origin, name)
) WITHOUT ROWID;
"""

# The grid lays photos out by their shape before it has seen them, and shows what came last first:
# the photos of a job together, in the order in which they were found.
# What a person likes best: the window hears of it by the same log as of everything else. Searches
# to come back to; a search looks for dates and favourites in indexes alone. A photo whose new
# labelling was cancelled is as it was before.
# What a clock says that nobody has set is no date. One in a file's name counts until there is a
# better one.
# Folders that are watched. A number is never given twice: it stays with the folder's jobs, and so
# does what they have cost. What we wrote is asked for by its path for each photo that arrives.
# After each correction it is asked how often that label was corrected before.
# Few photos and answers are removed, and counts of a job are those of all less these.
# Embeddings are read in the order of their numbers, the new ones only.
_V14 = """
ALTER TABLE files ADD COLUMN aspect REAL;           -- upright width by height; NULL: not known yet
ALTER TABLE files ADD COLUMN added_by INTEGER NOT NULL DEFAULT 0;   -- the job that brought it
UPDATE files SET added_by = first_job
    FROM (SELECT file_id, min(job_id) AS first_job FROM items GROUP BY file_id) AS found
    WHERE found.file_id = files.id;
CREATE INDEX files_added ON files (added_by DESC, id, removed, aspect);
DROP INDEX files_image;
CREATE INDEX files_image ON files (image_id, removed, added_by);
DROP INDEX files_folder;
CREATE INDEX files_folder ON files (folder, removed, added_by);
ALTER TABLE images ADD COLUMN favourite INTEGER NOT NULL DEFAULT 0;
CREATE INDEX images_favourite ON images (id) WHERE favourite;
ALTER TABLE images ADD COLUMN partly_damaged INTEGER NOT NULL DEFAULT 0;    -- seen when decoded
DROP TRIGGER images_changed;
CREATE TRIGGER images_changed AFTER UPDATE OF edited, favourite, partly_damaged ON images BEGIN
    INSERT OR REPLACE INTO changes (file_id) SELECT id FROM files WHERE image_id = new.id;
END;
CREATE TABLE searches (         -- that you saved
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    query TEXT NOT NULL                 -- JSON, see searches.py
);
ALTER TABLE jobs ADD COLUMN passed_over TEXT;       -- JSON, see passed_over.py; NULL: nothing
UPDATE files SET item_id = before.id FROM (
    SELECT file_id, max(id) AS id FROM items
    WHERE state IN ('done', 'skipped', 'failed') GROUP BY file_id
) before WHERE before.file_id = files.id AND before.id < files.item_id
    AND EXISTS (SELECT 1 FROM items WHERE items.id = files.item_id AND state = 'cancelled');
CREATE INDEX images_taken ON images (taken_at);
ALTER TABLE images ADD COLUMN taken_from_name INTEGER NOT NULL DEFAULT 0;  -- by a file's name only
UPDATE images SET taken_at = NULL WHERE taken_at < '1826'
    OR substr(taken_at, 1, 10) IN ('1904-01-01', '1970-01-01')
    OR taken_at IN ('1980-01-01T00:00:00', '2002-12-08T12:00:00');
ALTER TABLE images ADD COLUMN fingerprint BLOB;     -- what it looks like; NULL: not yet known
ALTER TABLE images ADD COLUMN group_id INTEGER;     -- the first image that looks alike
CREATE INDEX images_group ON images (group_id) WHERE group_id NOT NULL;
CREATE TABLE watched (          -- folders whose new photos are labelled by themselves
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path BLOB NOT NULL UNIQUE,          -- os.fsencode
    backend TEXT NOT NULL,              -- what labels them
    dollars REAL                        -- the most that may cost in a month; NULL: it is free
);
ALTER TABLE jobs ADD COLUMN watched_id INTEGER;     -- the watched folder; NULL: a person's job
CREATE INDEX jobs_watched ON jobs (watched_id) WHERE watched_id NOT NULL;
CREATE INDEX saved_files_path ON saved_files (path);
CREATE INDEX edits_label ON edits (label, kind);
CREATE INDEX files_removed ON files (removed) WHERE removed = 1;
CREATE INDEX answers_removed ON answers (job_id) WHERE removed;
CREATE TABLE embeddings (       -- what a network says a picture means
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- higher of a later one
    image_id INTEGER NOT NULL REFERENCES images ON DELETE CASCADE,
    network TEXT NOT NULL,              -- these very weights
    vector BLOB,                        -- float16 of unit length; NULL: it cannot be read
    UNIQUE (image_id, network)
);
"""

MIGRATIONS = (_V1, _V2, _V3, _V4, _V5, _V6, _V7, _V8, _V9, _V10, _V11, _V12, _V13, _V14)
"""Entry n brings a file of version n to n + 1. Never change one that has shipped: add one."""


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection for use from several threads under the caller's lock."""
    connection = sqlite3.connect(path, timeout=10, check_same_thread=False, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        else:
            connection.execute("PRAGMA journal_mode = WAL")
            # A crash of the program loses nothing. A pulled plug may undo the newest commits as a
            # whole, never half of one; what must survive even that asks for FULL (Library.add_job).
            connection.execute("PRAGMA synchronous = NORMAL")
            # An answer touches some twenty pages all over a large file. To bring them from the log
            # into the file every 200 answers, and not every 50, takes a seventh off each.
            connection.execute("PRAGMA wal_autocheckpoint = 4000")
    except (sqlite3.Error, UnicodeDecodeError):  # a damaged file says so at its first PRAGMA
        connection.close()
        raise
    return connection


def prepare_file(path: Path) -> None:
    """Make the file at `path`, or bring it to this version, with a backup before it changes.

    Raises StorageError when it is damaged, was written by a newer program or cannot be written; and
    when there is no file where one was: an empty one would let nobody look for it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if is_gone(path):
        raise gone(path)
    with closing(connect(path)) as connection:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version > len(MIGRATIONS):
            raise StorageError(
                "This library was written by a newer Tagdrop",
                "Update Tagdrop to open {path}. Nothing was changed.",
                path=str(path),
            )
        if is_doubtful(path):
            _check(connection, path, "integrity_check")
            trust(path)
        if 0 < version < len(MIGRATIONS):
            _check(connection, path, "quick_check")
            back_up(connection, path)
        for number in range(version, len(MIGRATIONS)):
            # Another process may have been faster: look again under the write lock.
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("PRAGMA user_version").fetchone()[0] == number:
                for statement in _statements(MIGRATIONS[number]):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number + 1}")
            connection.execute("COMMIT")
        _fold_names(connection)


def _fold_names(connection: sqlite3.Connection) -> None:
    """Fold the names of an older file, and what an older program that still runs has added."""
    found = connection.execute("SELECT 1 FROM files WHERE folded_name = '' LIMIT 1").fetchone()
    if found:  # to write may mean to wait
        connection.create_function("folded", 1, folded, deterministic=True)
        connection.execute("UPDATE files SET folded_name = folded(name) WHERE folded_name = ''")


def look_after_file(path: Path) -> None:
    """Look for damage, and keep a copy of a sound file once a day. Raises StorageError.

    Takes a second or two for 100,000 images, so it is not for the way to the first window.
    """
    with closing(connect(path, read_only=True)) as connection:
        _check(connection, path, "quick_check", is_open=True)
        if is_backup_old(path):
            back_up(connection, path)


def _statements(script: str) -> list[str]:
    statements, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements


def _check(
    connection: sqlite3.Connection, path: Path, pragma: str, *, is_open: bool = False
) -> None:
    if connection.execute(f"PRAGMA {pragma}(1)").fetchone()[0] != "ok":
        raise damaged(path, is_open=is_open)
