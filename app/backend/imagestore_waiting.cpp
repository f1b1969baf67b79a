// SPDX-License-Identifier: GPL-3.0-or-later
// Images whose variants are made later.
#include "app/backend/filerows.h"
#include "app/backend/imagerows.h"
#include "app/backend/imagestore.h"

namespace vitrine::backend {

/// As ever the bytes are durable before the row. What is left of an upload that fails needs no
/// note: what waits without a row is swept at the next start.
Result<KeyOutcome> ImageStore::addWaiting(Incoming& incoming, const NewImage& properties)
{
    const QByteArray digest = incoming.digest();
    const std::scoped_lock lock(changing(digest));
    const auto isKnown = isThere(incoming);
    if (!isKnown)
        return failure(isKnown.error());
    if (*isKnown)
        return addRow(incoming, properties, Files::Dropped);
    auto added = m_files.letWait(incoming).and_then(
        [&] { return addRow(incoming, properties, Files::Waiting); });
    const auto isUsed = hasFile(digest); // else it failed, or its key was used already
    if (isUsed && !*isUsed)
        (void)m_files.remove(digest);
    return added;
}

/// Whether there is a picture of these bytes with the files that it should have.
Result<bool> ImageStore::isThere(const Incoming& picture)
{
    const auto isKnown = hasFile(picture.digest());
    if (!isKnown || !*isKnown)
        return isKnown;
    return isWaiting(picture.digest()).map([&](bool waits) {
        return waits ? m_files.hasWaiting(picture) : m_files.hasPlaced(picture);
    });
}

Result<QList<ImageStore::Waiting>> ImageStore::waiting(qint64 after, int limit)
{
    return m_connections.read([&](SQLite::Database& database) -> Result<QList<Waiting>> {
        return rows::waiting(database, after, limit);
    });
}

Result<QString> ImageStore::imageOf(const QByteArray& digest)
{
    return m_connections.read([&](SQLite::Database& database) -> Result<QString> {
        return rows::imageOfFile(database, digest);
    });
}

Result<bool> ImageStore::isWaiting(const QByteArray& digest)
{
    return m_connections.read([&](SQLite::Database& database) -> Result<bool> {
        return rows::isWaiting(database, digest);
    });
}

Result<std::unique_ptr<Incoming>> ImageStore::resume(const QByteArray& digest)
{
    const std::scoped_lock lock(changing(digest));
    return isWaiting(digest).and_then([&](bool waits) {
        return waits ? m_files.resume(digest) : Result<std::unique_ptr<Incoming>>();
    });
}

Result<void> ImageStore::complete(Incoming& picture, const QByteArray& placeholder)
{
    const std::scoped_lock lock(changing(picture.digest()));
    const auto waits = isWaiting(picture.digest());
    if (!waits)
        return failure(waits.error());
    if (!*waits)
        return {};
    if (!picture.isWhole()) // removed and shared again meanwhile
        return failure(ErrorKind::Busy);
    const auto note = m_files.announce(picture.digest());
    if (!note)
        return failure(note.error());
    auto completed = m_files.place(picture, ContentFiles::Existing::Replaced).and_then([&] {
        return write([&](SQLite::Database& database) -> Result<void> {
            rows::endWaiting(database, picture, placeholder);
            return {};
        });
    });
    settle(*note);
    return completed;
}

} // namespace vitrine::backend
