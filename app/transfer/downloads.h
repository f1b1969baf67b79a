// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiclient.h"
#include "app/transfer/transfer.h"

#include <QFuture>
#include <QObject>

namespace vitrine::transfer {

/// Brings images to a place on this machine. Names are made safe and unique; a file appears only
/// when it is whole. GUI thread (or the CLI's main thread).
class Downloads final : public QObject
{
    Q_OBJECT

public:
    enum class Copy {
        Highres, ///< fit 2000×2000; counts as a download
        Original ///< the uploaded bytes; the owner's, does not count
    };

    explicit Downloads(api::ApiClient& client, QObject* parent = nullptr);
    ~Downloads() override;

    /// Saves into \a directory under the image's own name; gives the path. The directory must exist.
    QFuture<Result<QString>> saveInto(const QString& directory, const protocol::Image& image,
                                      Copy copy);

    const QList<Transfer>& transfers() const { return m_transfers; }
    void clearFinished();

Q_SIGNALS:
    void added(const QString& key);
    void changed(const QString& key);
    void removed(const QString& key);
    /// The server has counted a download of this image.
    void counted(const QString& imageId);

private:
    class Private;
    const std::unique_ptr<Private> d;
    QList<Transfer> m_transfers;
};

} // namespace vitrine::transfer
