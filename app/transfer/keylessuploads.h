// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiclient.h"
#include "app/transfer/transfer.h"

#include <QDateTime>
#include <QFuture>
#include <QObject>
#include <QSet>

#include <optional>

namespace vitrine::transfer {

/// Looks into the listing of a server that knows no keys and does not tell what it stored, for what
/// arrived without an answer. Lives on the client's thread.
class KeylessUploads final : public QObject
{
    Q_OBJECT

public:
    /// \a client must outlive it.
    explicit KeylessUploads(api::ApiClient& client, QObject* parent = nullptr);

    /// Of an upload.
    struct Sought {
        QString name;
        QList<Words> words;   ///< any of them
        QSet<QString> others; ///< ids of what is something else for certain
        /// An upload that went out before it was noted what was there: then or later.
        std::optional<QDateTime> since;
    };
    /// What the listing has that is called and described like the upload.
    struct Alike {
        std::optional<protocol::Image> newest; ///< that may be it
        QStringList ids;                       ///< all of them, its own too
    };
    /// Errors: those of the client, BadAnswer.
    QFuture<Result<Alike>> find(const Sought& sought);

    /// Whether the listing shows an image of this id. Errors: the same.
    QFuture<Result<bool>> isListed(const QString& id);

private:
    using Images = QList<protocol::Image>;
    using Filter = std::function<bool(const protocol::Image&)>;

    /// A listing on its way, page by page.
    struct Search {
        Filter isWanted;
        Images found;
        QSet<QString> cursors;
        QString next;
    };

    QFuture<Result<Images>> read(const Search& search);

    api::ApiClient& m_client;
};

} // namespace vitrine::transfer
