// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/fullsizeloader.h"

#include "app/api/apiclient.h"
#include "app/base/whendone.h"
#include "app/imaging/picturereader.h"

#include <QtConcurrentRun>

namespace vitrine::gallery {

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

QFuture<Result<QImage>> FullSizeLoader::load(const protocol::Image& image)
{
    const imaging::ReadOrder order{.fitSide = imaging::kHighresSide};
    auto fetched = m_client.fetch(m_client.originalUrl(image.id), order.limits.bytes);
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
