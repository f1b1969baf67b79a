// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/fullsizeloader.h"

#include "app/api/apiclient.h"
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

QFuture<Result<QImage>> FullSizeLoader::load(const protocol::Image& image)
{
    const imaging::ReadOrder order{.fitSide = imaging::kHighresSide};
    return m_client.fetch(m_client.originalUrl(image.id), order.limits.bytes)
        .then(&m_pool,
              [pictures = &m_pictures, order](const Result<QByteArray>& bytes) -> Result<QImage> {
                  if (!bytes)
                      return failure(bytes.error());
                  return pictures->read(QByteArrayView(*bytes), order)
                      .map([](const imaging::Findings& found) { return found.fitted; });
              });
}

} // namespace vitrine::gallery
