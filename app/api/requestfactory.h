// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/credential.h"
#include "app/api/accessdoctor.h"

#include <QNetworkRequest>
#include <QUrl>

namespace vitrine::api {

/// Whether \a url leads to this very machine, as far as its name tells.
bool isThisMachine(const QUrl& url);

/// Makes every request that leaves this program, and is the one place that adds credentials.
class RequestFactory
{
public:
    RequestFactory() = default;
    /// User information in \a base is dropped: it would become an Authorization header.
    RequestFactory(const QUrl& base, const access::Credential& credential);

    const QUrl& base() const { return m_base; }
    /// What a request to \a url tells of who is asking.
    Shown shownTo(const QUrl& url) const { return isOwnOrigin(url) ? m_shown : Shown(); }
    /// An address of the own server. \a path is percent-encoded where it has to be.
    QUrl endpoint(const QString& path, const QString& query = {}) const;

    /// Same scheme, host and port as the own server: the only place that gets the credential.
    bool isOwnOrigin(const QUrl& url) const;
    /// HTTP, with a host; and no server elsewhere may point us at this machine's own services.
    bool mayAsk(const QUrl& url) const;

    /// No cookies, no cache, no redirect and no authentication that Qt does on its own.
    QNetworkRequest request(const QUrl& url) const;

private:
    void addCredential(QNetworkRequest& request) const;

    QUrl m_base;
    access::Credential m_credential;
    Shown m_shown;
};

} // namespace vitrine::api
