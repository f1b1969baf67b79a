// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/previewloader.h"

#include "app/api/apiclient.h"
#include "app/base/whendone.h"
#include "app/imaging/picturereader.h"
#include "app/protocol/endpoints.h"

#include <QtConcurrentRun>

namespace vitrine::gallery {
namespace {

using namespace Qt::StringLiterals;

constexpr int kAtOnce = 6; // as many as QNetworkAccessManager opens connections to one host
constexpr qsizetype kMemoryKiB = 256 * 1024;

// Variants are siblings: …/<id>/preview and …/<id>/blurred. The blurred one needs no signature.
QUrl addressOf(const PreviewKey& key, const protocol::Image& image)
{
    QUrl url = image.previewUrl;
    if (key.variant == PreviewVariant::Sharp || url.isEmpty())
        return url;
    const QString path = url.path(QUrl::FullyEncoded);
    url.setPath(path.left(path.lastIndexOf(u'/') + 1) + protocol::variant::kBlurred,
                QUrl::StrictMode);
    url.setQuery(QString());
    return url;
}

Result<QImage> decoded(const imaging::PictureReader& pictures, const QByteArray& bytes)
{
    const imaging::ReadOrder order{.limits = {PreviewCache::kLongestPreview, 16'000'000, 8'000},
                                   .fitSide = imaging::kPreviewSide * 2};
    return pictures.read(QByteArrayView(bytes), order).map([](const imaging::Findings& found) {
        return found.fitted;
    });
}

/// It is not this picture: none can be read on this machine.
bool isMachineInTheWay(const Result<QImage>& picture)
{
    return !picture && (picture.error().kind == ErrorKind::SandboxRefused ||
                        picture.error().kind == ErrorKind::DecoderMissing);
}

} // namespace

bool isPrivateToUs(const protocol::Image& image)
{
    return image.isPrivate && image.previewUrl.path().endsWith(u'/' + protocol::variant::kBlurred);
}

PreviewLoader::PreviewLoader(api::ApiClient& client, const imaging::PictureReader& pictures,
                             PreviewCache& cache, QObject* parent)
    : QObject(parent), m_client(client), m_pictures(pictures), m_disk(cache), m_memory(kMemoryKiB)
{
    m_pool.setMaxThreadCount(2);
    m_writer.setMaxThreadCount(1);
}

PreviewLoader::~PreviewLoader()
{
    m_pool.waitForDone();
}

void PreviewLoader::setWanted(QList<PreviewKey> wanted)
{
    m_asked = std::move(wanted);
    m_wanted = m_asked;
    startNext();
}

void PreviewLoader::wantAgain(const PreviewKey& key)
{
    if (m_asked.contains(key))
        m_wanted.prepend(key);
}

// What others see is kept as that, whatever it was wanted for: one day there may be more to see.
PreviewKey PreviewLoader::keptAs(const PreviewKey& key) const
{
    const protocol::Image* image = m_lookup(key.id);
    return image && isPrivateToUs(*image) ? PreviewKey{key.id, PreviewVariant::Blurred} : key;
}

QImage PreviewLoader::picture(const PreviewKey& key) const
{
    const QImage* picture = m_memory.object(key);
    return picture ? *picture : QImage();
}

void PreviewLoader::seed(const QString& id, const QImage& sharp)
{
    if (sharp.isNull())
        return;
    const PreviewKey key{id, PreviewVariant::Sharp};
    finish(key, sharp);
    auto written = QtConcurrent::run(&m_writer, [cache = &m_disk, key, sharp, shelf = shelfOf(id)] {
        cache->write(key, imaging::encodeJpeg(sharp), shelf);
    });
}

PreviewCache::Shelf PreviewLoader::shelfOf(const QString& id) const
{
    const protocol::Image* image = m_lookup ? m_lookup(id) : nullptr;
    return image && !image->isPrivate ? PreviewCache::Shelf::Public : PreviewCache::Shelf::Private;
}

void PreviewLoader::followPrivacy(const QString& id)
{
    auto moved = QtConcurrent::run(
        &m_writer, [cache = &m_disk, id, shelf = shelfOf(id)] { cache->move(id, shelf); });
}

void PreviewLoader::forget(const QString& id)
{
    const QList<PreviewKey> both{{id, PreviewVariant::Sharp}, {id, PreviewVariant::Blurred}};
    for (const PreviewKey& key : both)
        drop(key);
    takeFromDisk(id, both);
}

void PreviewLoader::forget(const PreviewKey& key)
{
    drop(key);
    takeFromDisk(key.id, {key});
}

void PreviewLoader::drop(const PreviewKey& key)
{
    m_memory.remove(key);
    m_failed.remove(key);
    if (m_running.contains(key))
        m_forgotten.insert(key);
}

void PreviewLoader::takeFromDisk(const QString& id, const QList<PreviewKey>& keys)
{
    ++m_leaving[id];
    const auto removed = QtConcurrent::run(&m_writer, [cache = &m_disk, keys] {
        for (const PreviewKey& key : keys)
            cache->remove(key);
        return true;
    });
    whenDone(this, removed, [this, id](bool) {
        if (--m_leaving[id] > 0)
            return;
        m_leaving.remove(id);
        for (const auto variant : {PreviewVariant::Sharp, PreviewVariant::Blurred})
            wantAgain({id, variant});
        startNext();
    });
}

void PreviewLoader::retryFailed()
{
    m_wanted += m_failed.values();
    m_failed.clear();
    startNext();
}

bool PreviewLoader::isDue(const PreviewKey& key) const
{
    return !m_memory.contains(key) && !m_running.contains(key) && !m_failed.contains(key) &&
           !m_leaving.contains(key.id);
}

void PreviewLoader::startNext()
{
    while (m_running.size() < kAtOnce && !m_wanted.isEmpty()) {
        const PreviewKey key = m_wanted.takeFirst();
        if (!isDue(key) || !m_lookup || !m_lookup(key.id))
            continue;
        m_running.insert(key, shelfOf(key.id));
        readFromDisk(key);
    }
}

void PreviewLoader::readFromDisk(const PreviewKey& key)
{
    const auto read =
        QtConcurrent::run(&m_pool, [pictures = &m_pictures, cache = &m_disk, kept = keptAs(key),
                                    shelf = m_running.value(key)] {
            return decoded(*pictures, cache->read(kept, shelf));
        });
    whenDone(this, read, [this, key](const Result<QImage>& picture) {
        if (picture || isMachineInTheWay(picture))
            finish(key, picture);
        else
            fetch(key);
    });
}

void PreviewLoader::fetch(const PreviewKey& key)
{
    const protocol::Image* image = m_lookup(key.id);
    // What is kept of an account's own server knows no host until that is found.
    const QUrl url = image ? m_client.server().resolved(addressOf(key, *image)) : QUrl();
    if (url.isEmpty()) {
        finish(key, QImage());
        return;
    }
    const auto fetched = m_client.fetch(url, PreviewCache::kLongestPreview, api::Urgency::Visible);
    whenDone(this, fetched, [this, key, kept = keptAs(key)](const Result<QByteArray>& bytes) {
        if (bytes) {
            decode(key, kept, *bytes);
            return;
        }
        finish(key, failure(bytes.error()));
        if (bytes.error().kind == ErrorKind::Forbidden)
            Q_EMIT addressExpired();
    });
}

void PreviewLoader::decode(const PreviewKey& key, const PreviewKey& kept, const QByteArray& bytes)
{
    const auto read = QtConcurrent::run(&m_pool, [pictures = &m_pictures, cache = &m_disk, kept,
                                                  bytes, shelf = m_running.value(key)] {
        auto picture = decoded(*pictures, bytes);
        if (picture)
            cache->write(kept, bytes, shelf);
        return picture;
    });
    whenDone(this, read, [this, key](const Result<QImage>& picture) { finish(key, picture); });
}

void PreviewLoader::finish(const PreviewKey& key, const Result<QImage>& outcome)
{
    const QImage picture = outcome.value_or(QImage());
    const auto shelf = m_running.find(key);
    const bool isElsewhere = shelf != m_running.end() && *shelf != shelfOf(key.id);
    m_running.remove(key);
    if (isElsewhere) // it changed while the picture came
        followPrivacy(key.id);
    if (m_forgotten.remove(key)) {
        takeFromDisk(key.id, {key});
    } else if (picture.isNull()) {
        m_failed.insert(key);
        if (isMachineInTheWay(outcome))
            Q_EMIT nothingCanBeRead(outcome.error());
    } else {
        m_memory.insert(key, new QImage(picture), qMax<qsizetype>(1, picture.sizeInBytes() / 1024));
        Q_EMIT ready(key.id);
    }
    startNext();
}

} // namespace vitrine::gallery
