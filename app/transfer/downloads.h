// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiclient.h"
#include "app/base/clock.h"
#include "app/imaging/picturereader.h"
#include "app/transfer/transfer.h"

#include <QFuture>
#include <QObject>
#include <QThreadPool>

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

    /// What happens to a copy's metadata.
    enum class Alt {
        Untouched,
        Written ///< the image's alt text is written into the file, if it has one and there is a
                ///< place for it
    };

    /// \a client, \a pictures and \a clock must outlive it.
    Downloads(api::ApiClient& client, const imaging::PictureReader& pictures, const Clock& clock,
              QObject* parent = nullptr);
    ~Downloads() override;

    /// Saves into \a directory under the image's own name; gives the path. The directory must
    /// exist.
    QFuture<Result<QString>> saveInto(const QString& directory, const protocol::Image& image,
                                      Copy copy, Alt alt = Alt::Untouched);

    const QList<Transfer>& transfers() const { return m_transfers; }
    void clearFinished();

Q_SIGNALS:
    void added(const QString& key);
    void changed(const QString& key);
    void removed(const QString& key);
    /// The server has counted a download of this image.
    void counted(const QString& imageId);

private:
    struct Job {
        QString key;
        QString directory;
        QString part; ///< the file while it is not whole
        protocol::Image image;
        Alt alt = Alt::Untouched;
    };
    using Saved = Result<api::ApiClient::Saved>;

    QFuture<Saved> fetchHighres(const Job& job);
    QFuture<Saved> fetchFrom(const QUrl& url, const Job& job);
    QFuture<Result<QString>> place(const Job& job, const Saved& saved);
    void showProgress(const QString& key, qint64 moved, qint64 total);
    void settle(const QString& key, const Result<QString>& path);
    Transfer* find(const QString& key);

    api::ApiClient& m_client;
    const imaging::PictureReader& m_pictures;
    const Clock& m_clock;
    QList<Transfer> m_transfers;
    QThreadPool m_pool;
};

} // namespace vitrine::transfer
