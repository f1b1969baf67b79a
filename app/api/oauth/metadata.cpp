// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/oauth/metadata.h"

#include "app/api/requestfactory.h"
#include "app/api/statusmapping.h"

#include <QJsonArray>
#include <QRegularExpression>

namespace vitrine::api {
namespace {

using namespace Qt::StringLiterals;

constexpr auto kSignsAnswers = "authorization_response_iss_parameter_supported"_L1;

QUrl addressIn(const QJsonValue& value)
{
    return QUrl(value.toString(), QUrl::StrictMode);
}

QUrl withoutEmptyPath(const QUrl& url)
{
    QUrl bare = url;
    if (url.path() == "/"_L1)
        bare.setPath({});
    return bare;
}

bool lists(const QJsonObject& metadata, QLatin1StringView member, QLatin1StringView value)
{
    return metadata[member].toArray().contains(QJsonValue(value));
}

bool isOfUse(const QJsonObject& metadata)
{
    return lists(metadata, "response_types_supported"_L1, "code"_L1) &&
           lists(metadata, "code_challenge_methods_supported"_L1, "S256"_L1) &&
           !metadata["registration_endpoint"_L1].toString().isEmpty();
}

} // namespace

bool maySignInTo(const QUrl& gallery, const QUrl& url)
{
    if (!url.isValid() || !url.userInfo().isEmpty() || url.hasFragment())
        return false;
    const bool isAccess =
        url.scheme() == "https"_L1 && url.port(443) == 443 && isAccessHost(url.host());
    return isAccess || RequestFactory(gallery, {}).isOwnOrigin(url);
}

QUrl resourceMetadataIn(const QByteArray& wwwAuthenticate)
{
    static const QRegularExpression named(uR"re(\bresource_metadata\s*=\s*"([^"\\]+)")re"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    const auto match = named.match(QString::fromLatin1(wwwAuthenticate));
    return match.hasMatch() ? QUrl(match.captured(1), QUrl::StrictMode) : QUrl();
}

QUrl wellKnown(const QUrl& origin, QLatin1StringView name)
{
    QUrl url = origin.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment |
                               QUrl::StripTrailingSlash);
    const QString path = url.path(QUrl::FullyEncoded);
    url.setPath("/.well-known/"_L1 + name + (path == "/"_L1 ? QString() : path));
    return url;
}

Result<QUrl> issuerIn(const QJsonObject& resource, const QUrl& gallery)
{
    if (!RequestFactory(gallery, {}).isOwnOrigin(addressIn(resource["resource"_L1])))
        return failure(ErrorKind::BadAnswer, u"OAuth metadata of another gallery"_s);
    const QUrl issuer = addressIn(resource["authorization_servers"_L1].toArray().first());
    if (!maySignInTo(gallery, issuer))
        return failure(ErrorKind::BadAnswer, u"OAuth metadata name an issuer elsewhere"_s);
    return issuer;
}

Result<AuthorizationServer> authorizationServerIn(const QJsonObject& metadata, const QUrl& issuer,
                                                  const QUrl& gallery)
{
    const QUrl told = addressIn(metadata["issuer"_L1]);
    if (!maySignInTo(gallery, told) ||
        (!issuer.isEmpty() && withoutEmptyPath(told) != withoutEmptyPath(issuer)))
        return failure(ErrorKind::BadAnswer, u"OAuth metadata of another issuer"_s);
    if (!isOfUse(metadata))
        return failure(noBrowserSignIn(u"the authorization server lacks what it takes"_s));
    const AuthorizationServer server{metadata["issuer"_L1].toString(),
                                     {},
                                     addressIn(metadata["authorization_endpoint"_L1]),
                                     addressIn(metadata["token_endpoint"_L1]),
                                     addressIn(metadata["registration_endpoint"_L1]),
                                     metadata[kSignsAnswers].toBool()};
    for (const QUrl& url : {server.authorization, server.token, server.registration}) {
        if (!maySignInTo(gallery, url))
            return failure(ErrorKind::BadAnswer, u"OAuth metadata lead elsewhere"_s);
    }
    return server;
}

Error noBrowserSignIn(const QString& detail)
{
    return {ErrorKind::Unsupported, detail, {}, Cause::NoBrowserSignIn};
}

} // namespace vitrine::api
