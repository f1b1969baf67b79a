// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/fullsizeloader.h"

#include "app/api/apiclient.h"
#include "app/base/readyfuture.h"
#include "app/base/whendone.h"
#include "app/imaging/picturereader.h"

#include <QtConcurrentRun>

namespace vitrine::gallery {

using namespace Qt::StringLiterals;

namespace {

const qint64 kMaxBytes = imaging::ReadOrder().limits.bytes;

} // namespace

FullSizeLoader::FullSizeLoader(api::ApiClient& client, const imaging::PictureReader& pictures,
                               QObject* parent)
    : QObject(parent), m_client(client), m_pictures(pictures)
{
    m_pool.setMaxThreadCount(1);
}

FullSizeLoader::~FullSizeLoader()
{
    m_pool.waitForDone();
}

// Who goes on to the next picture must not wait for the bytes of this one.
void FullSizeLoader::stopWith(const QFuture<Result<QImage>>& wanted,
                              QFuture<Result<QByteArray>> source)
{
    auto* watcher = new QFutureWatcher<Result<QImage>>(this);
    connect(watcher, &QFutureWatcherBase::canceled, this, [source]() mutable { source.cancel(); });
    connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(wanted);
}

QFuture<Result<QByteArray>> FullSizeLoader::fetchSource(const protocol::Image& image)
{
    if (m_client.givesOriginals())
        return m_client.fetch(m_client.originalUrl(image.id), kMaxBytes, api::Urgency::Awaited);
    if (image.previewUrl.isEmpty())
        return fetchHighres(image.id);
    return readyFuture(Result<QByteArray>(failure(ErrorKind::Unsupported, u"no originals"_s)));
}

QFuture<Result<QByteArray>> FullSizeLoader::fetchHighres(const QString& id)
{
    return whenDone(this, m_client.downloadUrl(id), [this, id](const Result<QUrl>& url) {
        if (!url)
            return readyFuture(Result<QByteArray>(failure(url.error())));
        Q_EMIT counted(id);
        return m_client.fetch(*url, kMaxBytes, api::Urgency::Awaited);
    });
}

QFuture<Result<QImage>> FullSizeLoader::load(const protocol::Image& image)
{
    const imaging::ReadOrder order{.fitSide = imaging::kHighresSide};
    auto fetched = fetchSource(image);
    const auto read = whenDone(this, fetched, [this, order](const Result<QByteArray>& bytes) {
        return QtConcurrent::run(&m_pool, [pictures = &m_pictures, bytes, order] {
            return bytes
                .and_then([&](const QByteArray& original) {
                    return pictures->read(QByteArrayView(original), order);
                })
                .map([](const imaging::Findings& found) { return found.fitted; });
        });
    });
    stopWith(read, fetched);
    return read;
}

} // namespace vitrine::gallery
