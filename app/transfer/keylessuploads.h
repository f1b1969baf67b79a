// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiclient.h"

#include <QDateTime>
#include <QFuture>
#include <QHash>
#include <QObject>
#include <QSet>

#include <optional>

namespace vitrine::transfer {

/// Uploads to a server that knows no keys and does not tell what it stored: before and after each
/// one the listing is looked at, so that what arrived without an answer is found and not sent
/// twice. One upload at a time. Lives on the client's thread.
class KeylessUploads final : public QObject
{
    Q_OBJECT

public:
    /// \a client must outlive it.
    explicit KeylessUploads(api::ApiClient& client, QObject* parent = nullptr);

    /// \a since: an earlier run may have sent it at that time or later, and knows no more. The
    /// image has an empty id where the listing does not show it yet. Errors: those of the client.
    QFuture<Result<protocol::Image>> upload(const api::UploadRequest& request,
                                            const std::optional<QDateTime>& since,
                                            const api::Progress& progress);

private:
    using Images = QList<protocol::Image>;

    /// A listing on its way, page by page.
    struct Search {
        api::UploadRequest wanted;
        Images found;
        QSet<QString> cursors;
        QString next;
    };

    /// All that are called and described like the upload.
    QFuture<Result<Images>> alike(const Search& search);
    std::optional<protocol::Image> arrived(const api::UploadRequest& request, const Images& images,
                                           const std::optional<QDateTime>& since) const;
    QFuture<Result<protocol::Image>> send(const api::UploadRequest& request,
                                          const api::Progress& progress);
    QFuture<Result<protocol::Image>> named(const api::UploadRequest& request,
                                           const protocol::Image& image);

    api::ApiClient& m_client;
    QHash<QString, QSet<QString>> m_before; // ids that were there before a key was first sent
};

} // namespace vitrine::transfer
