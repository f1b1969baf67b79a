// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/tokenstore.h"
#include "app/backend/server.h"
#include "app/backend/servicetokens.h"
#include "app/session/connector.h"

#include <QDeadlineTimer>
#include <QFuture>
#include <QObject>
#include <QThreadPool>

#include <memory>

namespace vitrine::session {

/// The account "local": the embedded backend in this process, or the one that another process of
/// this person already runs on the same data, and the service token for it. Main thread.
class LocalAccount final : public Connector
{
    Q_OBJECT

public:
    /// \a tokens and \a pictures must outlive it.
    LocalAccount(const QString& dataDirectory, access::TokenStore& tokens,
                 const imaging::PictureReader& pictures, QObject* parent = nullptr);
    /// Stops the backend if it is ours.
    ~LocalAccount() override;

    /// Finds or starts the backend and gets the token from the keyring; issues one where there is
    /// none. Without a keyring the token is good for this run.
    QFuture<Result<WayIn>> open() override;
    /// The same with a fresh token: the backend did not take the one that was kept.
    QFuture<Result<WayIn>> openAfresh() override;

private:
    QFuture<Result<QUrl>> findOrStart();
    QFuture<Result<WayIn>> getTokenFor(const QUrl& url);
    void tryToFindOrStart(std::shared_ptr<QPromise<Result<QUrl>>> promise, QDeadlineTimer deadline);
    QFuture<Result<WayIn>> issue(const QUrl& url, backend::TokenLife life);
    QFuture<Result<WayIn>> keep(const WayIn& wayIn);
    QFuture<Result<WayIn>> useForThisRun(WayIn wayIn);
    QString entry() const;

    const QString m_dataDirectory;
    access::TokenStore& m_tokens;
    const imaging::PictureReader& m_pictures;
    std::shared_ptr<backend::Server> m_server; // null while another process runs it
    QThreadPool m_pool;
};

} // namespace vitrine::session
