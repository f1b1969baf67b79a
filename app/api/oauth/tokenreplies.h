// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/credential.h"
#include "app/base/result.h"

#include <QAbstractOAuthReplyHandler>
#include <QNetworkAccessManager>

namespace vitrine::api {

/// For what goes to a token endpoint: follows no redirect, takes no long answer, waits for none.
class TokenNetwork final : public QNetworkAccessManager
{
public:
    explicit TokenNetwork(QObject* parent = nullptr);

protected:
    QNetworkReply* createRequest(Operation operation, const QNetworkRequest& request,
                                 QIODevice* body) override;
};

/// What a token endpoint answered. Errors: SignInRequired (it took the code or token for over),
/// Rejected, BadAnswer, Network and the like.
class TokenReplies final : public QAbstractOAuthReplyHandler
{
    Q_OBJECT

public:
    /// \a callback: where the browser comes back to.
    explicit TokenReplies(QString callback, QObject* parent = nullptr);

    QString callback() const override { return m_callback; }
    void networkReplyFinished(QNetworkReply* reply) override;

Q_SIGNALS:
    /// The token knows neither its endpoint nor its client yet.
    void answered(const vitrine::Result<vitrine::access::OAuthToken>& token);

private:
    const QString m_callback;
};

} // namespace vitrine::api
