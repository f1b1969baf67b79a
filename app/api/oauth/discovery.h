// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/answer.h"
#include "app/api/oauth/metadata.h"

#include <QFuture>
#include <QObject>

class QNetworkAccessManager;

namespace vitrine::api {

/// Asks a gallery who signs its people in, and makes this program known there. Shows no credential,
/// follows no redirect. Main thread.
class Discovery final : public QObject
{
    Q_OBJECT

public:
    /// \a network must outlive it.
    explicit Discovery(QNetworkAccessManager& network, QObject* parent = nullptr);

    /// Errors: Unsupported where the gallery tells nothing of it, those of metadata.h, and
    /// Network and the like.
    QFuture<Result<AuthorizationServer>> find(const QUrl& gallery);

    /// The name under which the server knows this program; \a redirect is where it may send a
    /// browser back to. Errors: Unsupported where it takes no strangers, BadAnswer, Network and
    /// the like.
    QFuture<Result<QString>> introduce(const AuthorizationServer& server, const QString& redirect);

private:
    QFuture<Result<Answer>> ask(const QUrl& url, const QByteArray& json = {});
    QFuture<Result<QUrl>> findResource(const QUrl& gallery, const QStringList& guarded);
    QFuture<Result<AuthorizationServer>> readResource(const QUrl& gallery, const QUrl& metadata);
    QFuture<Result<AuthorizationServer>> readServer(const QUrl& gallery, const QUrl& issuer,
                                                    const QString& resource);

    QNetworkAccessManager& m_network;
};

} // namespace vitrine::api
