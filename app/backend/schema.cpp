// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/schema.h"

#include <array>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

// files: one row for bytes that several images may share, with the hashes of what was made of them
// (NULL: made before hashes were kept). What a listing shows of them stands in images, too: its
// rows lie side by side there, while files are in the order of their hashes, which is none.
// images.sequence gives the listing its order, whatever the clock does; it is never used twice.
// images.epoch goes into the signature of an image's addresses: a new one revokes them all.
// service_tokens.created is in milliseconds; 0: made before it was kept.
// access_keys.accepted_until is in milliseconds; NULL for the one that signs.
// totals: one row that the triggers keep, because counting a million rows takes a second.
// waiting: pictures without variants yet, in the order in which they came.
// upload_keys outlive their images: a key that was used is used for ever.
constexpr std::array<storage::Migration, 6> kMigrations{R"(
CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE service_tokens (
    client_id TEXT PRIMARY KEY, salt BLOB NOT NULL, hash BLOB NOT NULL, name TEXT NOT NULL,
    this_run INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE files (
    sha256 BLOB PRIMARY KEY, bytes INTEGER NOT NULL, type TEXT NOT NULL, width INTEGER NOT NULL,
    height INTEGER NOT NULL, placeholder BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE images (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    sha256 BLOB NOT NULL REFERENCES files (sha256), name TEXT NOT NULL, alt TEXT NOT NULL,
    uploaded INTEGER NOT NULL, is_private INTEGER NOT NULL, downloads INTEGER NOT NULL DEFAULT 0,
    revision INTEGER NOT NULL DEFAULT 1, epoch BLOB NOT NULL
);
CREATE INDEX images_by_file ON images (sha256);
CREATE TABLE upload_keys (key TEXT PRIMARY KEY, image_id TEXT NOT NULL) WITHOUT ROWID;
)",
                                                        R"(
ALTER TABLE images ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE images ADD COLUMN type TEXT NOT NULL DEFAULT '';
ALTER TABLE images ADD COLUMN width INTEGER NOT NULL DEFAULT 0;
ALTER TABLE images ADD COLUMN height INTEGER NOT NULL DEFAULT 0;
ALTER TABLE images ADD COLUMN placeholder BLOB NOT NULL DEFAULT x'';
UPDATE images SET (bytes, type, width, height, placeholder) =
    (SELECT bytes, type, width, height, placeholder FROM files
     WHERE files.sha256 = images.sha256);
ALTER TABLE files DROP COLUMN type;
ALTER TABLE files DROP COLUMN width;
ALTER TABLE files DROP COLUMN height;
ALTER TABLE files DROP COLUMN placeholder;
ALTER TABLE files ADD COLUMN preview_sha256 BLOB;
ALTER TABLE files ADD COLUMN blurred_sha256 BLOB;
ALTER TABLE files ADD COLUMN highres_sha256 BLOB;
)",
                                                        R"(
ALTER TABLE service_tokens ADD COLUMN created INTEGER NOT NULL DEFAULT 0;
)",
                                                        R"(
CREATE TABLE access_keys (
    id TEXT PRIMARY KEY, jwk BLOB NOT NULL, accepted_until INTEGER
) WITHOUT ROWID;
INSERT INTO access_keys SELECT json_extract(CAST(value AS TEXT), '$.kid'), value, NULL
    FROM settings WHERE name = 'access_key';
DELETE FROM settings WHERE name = 'access_key';
)",
                                                        R"(
CREATE TABLE totals (images INTEGER NOT NULL, files INTEGER NOT NULL, bytes INTEGER NOT NULL);
INSERT INTO totals SELECT (SELECT count(*) FROM images), count(*), ifnull(sum(bytes), 0) FROM files;
CREATE TRIGGER image_added AFTER INSERT ON images
    BEGIN UPDATE totals SET images = images + 1; END;
CREATE TRIGGER image_removed AFTER DELETE ON images
    BEGIN UPDATE totals SET images = images - 1; END;
CREATE TRIGGER file_added AFTER INSERT ON files
    BEGIN UPDATE totals SET files = files + 1, bytes = bytes + new.bytes; END;
CREATE TRIGGER file_removed AFTER DELETE ON files
    BEGIN UPDATE totals SET files = files - 1, bytes = bytes - old.bytes; END;
)",
                                                        R"(
CREATE TABLE waiting (
    sequence INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE REFERENCES files (sha256) ON DELETE CASCADE
);
)"};

} // namespace

std::span<const storage::Migration> migrations()
{
    return kMigrations;
}

QString databasePath(const QString& dataDirectory)
{
    return dataDirectory + u"/backend.sqlite"_s;
}

} // namespace vitrine::backend
