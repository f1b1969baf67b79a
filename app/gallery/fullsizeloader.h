// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/protocol/image.h"

#include <QFuture>
#include <QImage>
#include <QObject>
#include <QThreadPool>

namespace vitrine::api {
class ApiClient;
}
namespace vitrine::imaging {
class PictureReader;
}

namespace vitrine::gallery {

/// Gets one image in the viewer's size (fit 2000×2000) from its original, which does not count as a
/// download. Where originals cannot be had, an image without a preview comes from its high-res
/// copy, which does. GUI thread; waits for pixels on a pool of its own. Cancel the future when it
/// is not needed.
class FullSizeLoader final : public QObject
{
    Q_OBJECT

public:
    /// \a client and \a pictures must outlive it.
    FullSizeLoader(api::ApiClient& client, const imaging::PictureReader& pictures,
                   QObject* parent = nullptr);
    ~FullSizeLoader() override;

    /// Errors: Unsupported where the preview is all that there is without a download; those of
    /// ApiClient and PictureReader.
    QFuture<Result<QImage>> load(const protocol::Image& image);

Q_SIGNALS:
    /// The image's download was counted.
    void counted(const QString& id);

private:
    QFuture<Result<QByteArray>> fetchSource(const protocol::Image& image);
    QFuture<Result<QByteArray>> fetchHighres(const QString& id);
    void stopWith(const QFuture<Result<QImage>>& wanted, QFuture<Result<QByteArray>> source);

    api::ApiClient& m_client;
    const imaging::PictureReader& m_pictures;
    QThreadPool m_pool;
};

} // namespace vitrine::gallery
