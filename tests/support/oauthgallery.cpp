// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/oauthgallery.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QJsonDocument>
#include <QNetworkReply>
#include <QTest>

#include <memory>

namespace vitrine::test {
namespace {

using namespace Qt::StringLiterals;

constexpr char kJson[] = "application/json";
// Characters that mean something to forms and addresses.
constexpr char kClient[] = "client+1/=&";
constexpr char kResourcePath[] = "/.well-known/of-this-gallery";

QByteArray base64Url(const QByteArray& bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray jsonOf(const QJsonObject& object)
{
    return QJsonDocument(object).toJson();
}

QJsonObject changed(QJsonObject object, const QJsonObject& changes)
{
    for (auto it = changes.begin(); it != changes.end(); ++it)
        object.insert(it.key(), it.value());
    return object;
}

QByteArray valueIn(const QUrlQuery& query, const QString& name)
{
    return query.queryItemValue(name, QUrl::FullyDecoded).toUtf8();
}

QUrlQuery formIn(const QByteArray& body)
{
    return QUrlQuery(QString::fromLatin1(QByteArray(body).replace('+', ' ')));
}

} // namespace

void OAuthGallery::visit(const QUrl& page)
{
    QNetworkReply* reply = m_browser.get(QNetworkRequest(page));
    connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
}

QByteArray OAuthGallery::cameBack(const QUrl& page)
{
    const std::unique_ptr<QNetworkReply> reply(m_browser.get(QNetworkRequest(page)));
    if (!QTest::qWaitFor([&] { return reply->isFinished(); }, 30'000))
        qFatal("the browser did not come back");
    return reply->readAll();
}

ReplayServer::Canned OAuthGallery::answerTo(const Request& request)
{
    const QByteArray target = request.target();
    const QByteArray path = target.split('?').first();
    if (path == "/.well-known/oauth-authorization-server")
        return metadata();
    if (path == "/.well-known/oauth-protected-resource" || path == kResourcePath)
        return resourceMetadata();
    if (path == "/register")
        return registerClient(request);
    if (path == "/authorize")
        return showPage(QUrlQuery(QUrl::fromEncoded(target)));
    if (path == "/token")
        return giveToken(formIn(request.body));
    const bool isIn =
        !m_accessToken.isEmpty() && request.header("Authorization") == "Bearer " + m_accessToken;
    return isIn ? answerGuarded(request, path) : answerGuest();
}

ReplayServer::Canned OAuthGallery::answerGuest()
{
    const QByteArray where = url(QLatin1StringView(kResourcePath)).toEncoded();
    const QByteArray named = mood.tellsOfItself && mood.namesMetadataIn401
                                 ? ", resource_metadata=\"" + where + '"'
                                 : QByteArray();
    return canned(401, "text/html", "<html>",
                  "WWW-Authenticate: Bearer realm=\"OAuth\", error=\"invalid_token\"" + named +
                      "\r\n");
}

ReplayServer::Canned OAuthGallery::answerGuarded(const Request& request, const QByteArray& path)
{
    constexpr char outcomes[] = "/api/admin/uploads/";
    if (path == "/api/capabilities")
        return canned(200, kJson,
                      R"({"api":"vitrine/1","features":["privacy","alt","delete","idempotency"],)"
                      R"("limits":{"bytes":1000000,"pixels":1000000,"side":1000}})");
    if (path == "/api/admin/upload")
        return mood.refusesUploads ? answerGuest() : upload(request.header("Idempotency-Key"));
    if (path.startsWith(outcomes))
        return outcome(path.mid(qsizetype(sizeof outcomes) - 1));
    return canned(200, kJson, jsonOf({{u"images"_s, m_images}}));
}

ReplayServer::Canned OAuthGallery::upload(const QByteArray& key)
{
    if (key.isEmpty())
        return canned(400, kJson, R"({"error":"A key is wanted."})");
    if (!m_byKey.contains(key)) {
        const QJsonObject image{
            {u"id"_s, u"image-%1"_s.arg(m_images.size())},
            {u"name"_s, u"image"_s},
            {u"uploaded"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)},
            {u"isPrivate"_s, false}};
        m_images.append(image);
        m_byKey.insert(key, image);
        if (m_images.size() == m_expiresAt)
            expire();
    }
    return outcome(key);
}

ReplayServer::Canned OAuthGallery::outcome(const QByteArray& key) const
{
    const auto found = m_byKey.constFind(key);
    return found == m_byKey.constEnd() ? canned(404, kJson, R"({"error":"There is no such key."})")
                                       : canned(200, kJson, jsonOf(*found));
}

QStringList OAuthGallery::images() const
{
    QStringList ids;
    for (const QJsonValue& image : m_images)
        ids.append(image[u"id"].toString());
    return ids;
}

ReplayServer::Canned OAuthGallery::metadata()
{
    if (!mood.tellsOfItself)
        return canned(200, "text/html", "<html>"); // as the reference says to all that it lacks
    QJsonObject told{{u"issuer"_s, url().toString()},
                     {u"authorization_endpoint"_s, url(u"/authorize"_s).toString()},
                     {u"token_endpoint"_s, url(u"/token"_s).toString()},
                     {u"response_types_supported"_s, QJsonArray{u"code"_s}},
                     {u"code_challenge_methods_supported"_s, QJsonArray{u"S256"_s}},
                     {u"registration_endpoint"_s, url(u"/register"_s).toString()}};
    return canned(200, kJson, jsonOf(changed(told, mood.changedMetadata)));
}

ReplayServer::Canned OAuthGallery::resourceMetadata()
{
    if (!mood.tellsOfItself)
        return canned(404, "text/plain", "Not found.");
    const QJsonObject told{{u"resource"_s, url().toString()},
                           {u"authorization_servers"_s, QJsonArray{url().toString()}}};
    return canned(200, kJson, jsonOf(changed(told, mood.changedResource)));
}

ReplayServer::Canned OAuthGallery::registerClient(const Request& request)
{
    const QJsonObject asked = QJsonDocument::fromJson(request.body).object();
    m_redirect = asked["redirect_uris"_L1].toArray().first().toString().toUtf8();
    if (!mood.takesStrangers || asked["token_endpoint_auth_method"_L1] != u"none"_s)
        return canned(400, kJson, R"({"error":"invalid_client_metadata"})");
    return canned(201, kJson, jsonOf({{u"client_id"_s, QLatin1StringView(kClient)}}));
}

ReplayServer::Canned OAuthGallery::showPage(const QUrlQuery& query)
{
    ++m_visits;
    const bool isGood = valueIn(query, u"client_id"_s) == kClient &&
                        valueIn(query, u"redirect_uri"_s) == m_redirect &&
                        valueIn(query, u"response_type"_s) == "code" &&
                        valueIn(query, u"code_challenge_method"_s) == "S256" &&
                        valueIn(query, u"resource"_s) == url().toString().toUtf8();
    if (!isGood)
        return canned(400, "text/plain", "Bad request.");
    m_challenge = valueIn(query, u"code_challenge"_s);
    m_code = "code+/=&" + QByteArray::number(++m_count);
    m_secrets.append(m_code);
    const QByteArray state = mood.state.isEmpty() ? valueIn(query, u"state"_s) : mood.state;
    const QByteArray what =
        mood.refusal.isEmpty() ? "code=" + m_code.toPercentEncoding() : mood.refusal;
    const QByteArray issuer = mood.issuer.isEmpty() ? QByteArray() : "&iss=" + mood.issuer;
    return canned(302, "text/plain", {},
                  "Location: " + m_redirect + '?' + what + "&state=" + state.toPercentEncoding() +
                      issuer + "\r\n");
}

ReplayServer::Canned OAuthGallery::giveToken(const QUrlQuery& form)
{
    if (const QByteArray verifier = valueIn(form, u"code_verifier"_s); !verifier.isEmpty())
        m_secrets.append(verifier);
    if (!mood.tokenAnswer.isEmpty())
        return {mood.tokenAnswer};
    const bool isRenewal = valueIn(form, u"grant_type"_s) == "refresh_token";
    m_renewals += isRenewal;
    if (isRenewal && mood.renewing)
        mood.renewing();
    const bool isGood = valueIn(form, u"client_id"_s) == kClient &&
                        !form.hasQueryItem(u"client_secret"_s) &&
                        (isRenewal ? isGoodRefreshToken(form) : isGoodCode(form));
    return isGood ? newTokens() : canned(400, kJson, R"({"error":"invalid_grant"})");
}

bool OAuthGallery::isGoodCode(const QUrlQuery& form)
{
    const QByteArray code = std::exchange(m_code, {});
    const QByteArray proof = base64Url(
        QCryptographicHash::hash(valueIn(form, u"code_verifier"_s), QCryptographicHash::Sha256));
    return !mood.areCodesOver && !code.isEmpty() && valueIn(form, u"code"_s) == code &&
           valueIn(form, u"redirect_uri"_s) == m_redirect && proof == m_challenge;
}

bool OAuthGallery::isGoodRefreshToken(const QUrlQuery& form)
{
    const QByteArray shown = valueIn(form, u"refresh_token"_s);
    if (m_usedUp.contains(shown)) {
        m_refreshToken.clear();
        m_accessToken.clear();
    }
    return !mood.refusesRenewal && !m_refreshToken.isEmpty() && shown == m_refreshToken;
}

ReplayServer::Canned OAuthGallery::newTokens()
{
    const QByteArray number = QByteArray::number(++m_count);
    m_accessToken = "e30." + base64Url(R"({"email":"ada@example.org"})") + ".c2ln" + number;
    m_secrets.append(m_accessToken);
    QJsonObject told{{u"access_token"_s, QString::fromLatin1(m_accessToken)},
                     {u"token_type"_s, u"Bearer"_s},
                     {u"expires_in"_s, mood.life}};
    if (mood.rotates || m_refreshToken.isEmpty()) {
        m_usedUp.append(m_refreshToken);
        m_refreshToken = "refresh+/=&" + number;
        m_secrets.append(m_refreshToken);
        told.insert(u"refresh_token"_s, QString::fromLatin1(m_refreshToken));
    }
    return canned(200, kJson, jsonOf(told));
}

} // namespace vitrine::test
