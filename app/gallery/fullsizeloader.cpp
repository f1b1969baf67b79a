// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/fullsizeloader.h"

#include "app/api/apiclient.h"
#include "app/imaging/variants.h"

#include <QtConcurrentRun>

namespace vitrine::gallery {

FullSizeLoader::FullSizeLoader(api::ApiClient& client, QObject* parent)
    : QObject(parent), m_client(client)
{
    m_pool.setMaxThreadCount(1);
}

FullSizeLoader::~FullSizeLoader()
{
    m_pool.waitForDone();
}

QFuture<Result<QImage>> FullSizeLoader::load(const protocol::Image& image)
{
    const imaging::Limits limits;
    return m_client.fetch(m_client.originalUrl(image.id), limits.bytes)
        .then(&m_pool, [limits](const Result<QByteArray>& bytes) -> Result<QImage> {
            if (!bytes)
                return failure(bytes.error());
            return imaging::decodeFitting(*bytes, imaging::kHighresSide, limits);
        });
}

} // namespace vitrine::gallery
