// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/imagestore.h"

#include "app/backend/cursor.h"
#include "app/backend/filerows.h"
#include "app/backend/imagerows.h"

#include <QSet>
#include <QUuid>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

Result<KeyOutcome> keyOutcome(SQLite::Database& database, const QString& key)
{
    const QString id = rows::imageOfKey(database, key);
    if (id.isEmpty())
        return Unused{};
    if (auto stored = rows::find(database, id))
        return *std::move(stored);
    return Deleted{};
}

Result<StoredImage> existing(SQLite::Database& database, const QString& id)
{
    if (auto stored = rows::find(database, id))
        return *std::move(stored);
    return failure(ErrorKind::NotFound, u"no such image"_s);
}

StoredImage newlyStored(const Incoming& incoming, const NewImage& properties, const Clock& clock)
{
    StoredImage stored;
    stored.epoch = randomBytes(rows::kEpochBytes);
    protocol::Image& image = stored.image;
    image.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    image.name = properties.name;
    image.alt = properties.alt;
    image.uploaded = clock.now();
    image.isPrivate = properties.isPrivate;
    image.size = properties.size;
    image.bytes = incoming.size();
    image.type = properties.type;
    image.revision = 1;
    image.placeholder = properties.placeholder;
    image.sha256 = incoming.digest();
    return stored;
}

} // namespace

Result<std::unique_ptr<ImageStore>> ImageStore::open(const QString& dataDirectory,
                                                     Connections& connections, const Clock& clock,
                                                     Changed changed)
{
    std::unique_ptr<ImageStore> store(
        new ImageStore(dataDirectory, connections, clock, std::move(changed)));
    if (auto prepared = store->m_files.prepare(); !prepared)
        return failure(prepared.error());
    if (auto recovered = store->recover(); !recovered)
        return failure(recovered.error());
    return store;
}

ImageStore::ImageStore(const QString& dataDirectory, Connections& connections, const Clock& clock,
                       Changed changed)
    : m_files(dataDirectory)
    , m_connections(connections)
    , m_clock(clock)
    , m_changed(std::move(changed))
{}

QByteArray ImageStore::state() const
{
    return m_run + '-' + QByteArray::number(m_changes.load());
}

void ImageStore::tellChanged(const QString& id) const
{
    if (m_changed)
        m_changed(id);
}

Result<void> ImageStore::recover()
{
    return m_connections.read([&](SQLite::Database& database) -> Result<void> {
        QSet<QByteArray> waiting;
        for (const Waiting& picture : rows::waiting(database, 0, -1))
            waiting.insert(picture.digest);
        return m_files.recover(
            [&](const QByteArray& digest) { return rows::hasFile(database, digest); }, waiting);
    });
}

std::mutex& ImageStore::changing(const QByteArray& digest)
{
    return m_changing[size_t(uchar(digest.front())) % m_changing.size()];
}

/// Of a picture that waits there are the variants now, too. The copy that waited goes last: until
/// the rows know better it is the one that counts.
Result<KeyOutcome> ImageStore::add(Incoming& incoming, const NewImage& properties)
{
    const QByteArray digest = incoming.digest();
    const std::scoped_lock lock(changing(digest));
    const auto waits = isWaiting(digest);
    if (!waits)
        return failure(waits.error());
    const auto note = m_files.announce(digest);
    if (!note)
        return failure(note.error());
    using Existing = ContentFiles::Existing;
    auto added =
        m_files.place(incoming, *waits ? Existing::Replaced : Existing::KeptIfWhole).and_then([&] {
            return addRow(incoming, properties,
                          incoming.hasArrived() ? Files::Placed : Files::Dropped);
        });
    settle(*note);
    if (added && *waits)
        (void)m_files.removeWaiting(digest); // else the next start does
    return added;
}

Result<KeyOutcome> ImageStore::addRow(const Incoming& incoming, const NewImage& properties,
                                      Files files)
{
    return write([&](SQLite::Database& database) -> Result<KeyOutcome> {
        const QByteArray digest = incoming.digest();
        const bool isReplaced = files != Files::Dropped && rows::hasFile(database, digest);
        if (isReplaced && files == Files::Placed)
            rows::endWaiting(database, incoming, properties.placeholder);
        if (isReplaced && files == Files::Waiting)
            rows::beginWaiting(database, digest);
        auto used = keyOutcome(database, properties.key);
        if (!used || !std::holds_alternative<Unused>(*used))
            return used;
        StoredImage stored = newlyStored(incoming, properties, m_clock);
        if (stored.image.placeholder.isEmpty())
            stored.image.placeholder = rows::placeholderOf(database, digest);
        rows::insert(database, incoming, stored, properties.key);
        if (files == Files::Waiting)
            rows::beginWaiting(database, digest);
        return existing(database, stored.image.id).map([](auto&& s) { return KeyOutcome(s); });
    });
}

/// Removes a picture that no row needs, as after a failed upload or the last delete. Where that
/// cannot be told now, the note stays and the next start looks again.
void ImageStore::settle(const UnderWay::Note& note)
{
    const auto isUsed = hasFile(note.digest);
    if (isUsed && (*isUsed || m_files.remove(note.digest)))
        m_files.settled(note);
}

Result<bool> ImageStore::hasFile(const QByteArray& digest)
{
    return m_connections.read([&](SQLite::Database& database) -> Result<bool> {
        return rows::hasFile(database, digest);
    });
}

Result<KeyOutcome> ImageStore::outcome(const QString& key)
{
    return m_connections.read(
        [&](SQLite::Database& database) { return keyOutcome(database, key); });
}

Result<ImageStore::Totals> ImageStore::totals()
{
    return m_connections.read(
        [](SQLite::Database& database) -> Result<Totals> { return rows::totals(database); });
}

Result<StoredImage> ImageStore::find(const QString& id)
{
    return m_connections.read([&](SQLite::Database& database) { return existing(database, id); });
}

Error ImageStore::whyNotThere(const StoredImage& stored, const QString& complaint)
{
    const auto again = find(stored.image.id);
    return again ? Error{ErrorKind::Storage, complaint, {}} : again.error();
}

Result<StoredPage> ImageStore::page(const QString& cursor, int limit)
{
    const auto before = sequenceFromCursor(cursor);
    if (!before)
        return failure(before.error());
    return m_connections.read([&](SQLite::Database& database) -> Result<StoredPage> {
        return rows::page(database, *before, limit);
    });
}

Result<StoredImage> ImageStore::countDownload(const QString& id, Private access)
{
    return write([&](SQLite::Database& database) -> Result<StoredImage> {
        const auto current = existing(database, id);
        if (current && current->image.isPrivate && access == Private::Refused)
            return failure(ErrorKind::Forbidden, id);
        rows::countDownload(database, id);
        return existing(database, id);
    });
}

Result<ImageStore::Edit> ImageStore::edit(const QString& id, const QList<qint64>& revisions,
                                          const protocol::ImagePatch& patch)
{
    auto edited = write([&](SQLite::Database& database) -> Result<Edit> {
        auto current = existing(database, id);
        if (!current)
            return failure(current.error());
        if (!revisions.isEmpty() && !revisions.contains(current->image.revision))
            return Edit{*std::move(current), true};
        rows::update(database, *current, patch);
        return existing(database, id).map([](auto&& s) { return Edit{s, false}; });
    });
    tellChanged(id);
    return edited;
}

Result<void> ImageStore::remove(const QString& id)
{
    const auto digest =
        m_connections.read([&](SQLite::Database& database) -> Result<std::optional<QByteArray>> {
            return rows::digestOf(database, id);
        });
    if (!digest)
        return failure(digest.error());
    if (!*digest)
        return {};
    if ((*digest)->size() != kDigestBytes) // a row of somebody else's, which has no files
        return removeRow(id);
    const std::scoped_lock lock(changing(**digest));
    const auto note = m_files.announce(**digest);
    if (!note)
        return failure(note.error());
    auto removed = m_files.syncNotes().and_then([&] { return removeRow(id); });
    tellChanged(id);
    settle(*note);
    return removed;
}

Result<void> ImageStore::removeRow(const QString& id)
{
    return write([&](SQLite::Database& database) -> Result<void> {
        rows::remove(database, id);
        return {};
    });
}

} // namespace vitrine::backend
