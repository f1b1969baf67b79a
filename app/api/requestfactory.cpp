// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/requestfactory.h"

#include "app/protocol/endpoints.h"

#include <QHostAddress>

#include <algorithm>

namespace vitrine::api {
namespace {

using namespace Qt::StringLiterals;
namespace header = protocol::header;

int portOf(const QUrl& url)
{
    return url.port(url.scheme() == "https"_L1 ? 443 : 80);
}

// Qt writes header values as they are: a line break in one would start another header.
bool isHeaderSafe(const QByteArray& value)
{
    return !value.isEmpty() &&
           std::all_of(value.cbegin(), value.cend(), [](char c) { return c > 0x20 && c < 0x7f; });
}

} // namespace

// Names that resolve to this machine are not seen through; browsers do not either.
bool isThisMachine(const QUrl& url)
{
    const QString host = url.host();
    return host == "localhost"_L1 || host.endsWith(".localhost"_L1) ||
           QHostAddress(host).isLoopback() || host == "0.0.0.0"_L1;
}

RequestFactory::RequestFactory(const QUrl& base, const access::Credential& credential)
    : m_base(base.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment |
                           QUrl::StripTrailingSlash))
    , m_credential(credential)
    , m_shown(shownBy(credential))
{}

QUrl RequestFactory::endpoint(const QString& path, const QString& query) const
{
    QUrl url = m_base;
    const QString prefix = m_base.path(QUrl::FullyEncoded);
    url.setPath((prefix == "/"_L1 ? QString() : prefix) + path, QUrl::TolerantMode);
    if (!query.isEmpty())
        url.setQuery(query, QUrl::StrictMode);
    return url;
}

bool RequestFactory::isOwnOrigin(const QUrl& url) const
{
    return !m_base.host().isEmpty() && url.scheme() == m_base.scheme() &&
           url.host() == m_base.host() && portOf(url) == portOf(m_base);
}

bool RequestFactory::mayAsk(const QUrl& url) const
{
    const bool isHttp = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    if (!url.isValid() || !isHttp || url.host().isEmpty())
        return false;
    return !isThisMachine(url) || isThisMachine(m_base);
}

QNetworkRequest RequestFactory::request(const QUrl& url) const
{
    QNetworkRequest request(url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setHeader(QNetworkRequest::UserAgentHeader, u"Vitrine/" VITRINE_VERSION ""_s);
    if (isOwnOrigin(url))
        addCredential(request);
    return request;
}

void RequestFactory::addCredential(QNetworkRequest& request) const
{
    // Makes Access answer 401 to an expired session, and not with a page for people.
    request.setRawHeader("X-Requested-With", "XMLHttpRequest");
    if (const auto* service = std::get_if<access::ServiceToken>(&m_credential)) {
        const QByteArray id = service->clientId.toLatin1();
        if (!isHeaderSafe(id) || !isHeaderSafe(service->clientSecret.reveal()))
            return;
        request.setRawHeader(header::kAccessClientId, id);
        request.setRawHeader(header::kAccessClientSecret, service->clientSecret.reveal());
    } else if (const auto* person = std::get_if<access::PersonToken>(&m_credential)) {
        if (isHeaderSafe(person->jwt.reveal()))
            request.setRawHeader(header::kAccessToken, person->jwt.reveal());
    } else if (const auto* oauth = std::get_if<access::OAuthToken>(&m_credential)) {
        if (isHeaderSafe(oauth->accessToken.reveal()))
            request.setRawHeader("Authorization", "Bearer " + oauth->accessToken.reveal());
    }
}

} // namespace vitrine::api
