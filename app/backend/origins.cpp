// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/origins.h"

#include "app/backend/answers.h"
#include "app/protocol/endpoints.h"

#include <QUrl>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

constexpr char kMethods[] = "GET, HEAD, POST, PATCH";
constexpr char kRequestFields[] =
    "Content-Type, CF-Access-Client-Id, CF-Access-Client-Secret, cf-access-token, "
    "X-Requested-With, Idempotency-Key, Content-Digest, Prefer, If-Match, If-None-Match, If-Range, "
    "Range";
constexpr char kAnswerFields[] =
    "ETag, Content-Range, Content-Disposition, Preference-Applied, Retry-After";
constexpr char kPreflightSeconds[] = "600";

/// Where the page is from that caused the request. Pictures in a page come without Origin.
QByteArray originOf(const http::Headers& headers)
{
    if (headers.contains("Origin"))
        return headers.count("Origin") == 1 ? headers.value("Origin") : QByteArray();
    return Origins::normalised(QString::fromLatin1(headers.value("Referer")).section(u'/', 0, 2));
}

bool isFromAnotherSite(const http::Headers& headers)
{
    const auto sites = headers.values("Sec-Fetch-Site");
    return std::any_of(sites.cbegin(), sites.cend(), [](const QByteArray& site) {
        return site != "none" && site != "same-origin";
    });
}

/// A signed address that was given out may be opened as a link: the page that has the link sees
/// nothing of the picture, and nothing changes here.
bool opensPicture(const http::RequestHead& head)
{
    const auto delivery = protocol::path::kDelivery;
    return head.method == "GET" &&
           head.path.startsWith(QByteArrayView(delivery.data(), delivery.size())) &&
           head.headers.value("Sec-Fetch-Mode") == "navigate" &&
           head.headers.value("Sec-Fetch-Dest") == "document";
}

http::Response preflightAnswer()
{
    http::Response response;
    response.status = 204;
    response.headers.add("Access-Control-Allow-Methods", kMethods);
    response.headers.add("Access-Control-Allow-Headers", kRequestFields);
    response.headers.add("Access-Control-Max-Age", kPreflightSeconds);
    return response;
}

} // namespace

QByteArray Origins::normalised(const QString& origin)
{
    const QUrl url(origin, QUrl::StrictMode);
    const bool isWeb = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    const bool isBare = (url.path().isEmpty() || url.path() == "/"_L1) && !url.hasQuery() &&
                        !url.hasFragment() && url.userInfo().isEmpty();
    if (!url.isValid() || !isWeb || !isBare || url.host().isEmpty())
        return {};
    const int usual = url.scheme() == "https"_L1 ? 443 : 80;
    QUrl plain;
    plain.setScheme(url.scheme());
    plain.setHost(url.host());
    if (url.port(usual) != usual)
        plain.setPort(url.port());
    return plain.toEncoded();
}

std::optional<http::Response> Origins::judge(const http::RequestHead& head) const
{
    const bool isPreflight =
        head.method == "OPTIONS" && head.headers.contains("Access-Control-Request-Method");
    if (allows(head))
        return isPreflight ? std::optional(preflightAnswer()) : std::nullopt;
    const bool isPage = head.headers.contains("Origin") || isFromAnotherSite(head.headers);
    if (isPreflight || (isPage && !opensPicture(head)))
        return problemAnswer(403, u"Web pages cannot use this server."_s);
    return std::nullopt;
}

void Origins::dress(const http::RequestHead& head, http::Response& response) const
{
    if (m_allowed.isEmpty())
        return;
    response.headers.add("Vary", "Origin");
    if (!allows(head))
        return;
    response.headers.set("Access-Control-Allow-Origin", originOf(head.headers));
    response.headers.set("Access-Control-Expose-Headers", kAnswerFields);
    response.headers.set("Cross-Origin-Resource-Policy", "cross-origin");
}

bool Origins::allows(const http::RequestHead& head) const
{
    return !m_allowed.isEmpty() && m_allowed.contains(originOf(head.headers));
}

} // namespace vitrine::backend
