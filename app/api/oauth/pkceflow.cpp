// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/oauth/pkceflow.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QUrl>

#include <array>

namespace vitrine::api {
namespace {

using namespace Qt::StringLiterals;

QByteArray base64Url(const QByteArray& bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

/// 256 bits, as 43 characters that mean nothing to an address.
QByteArray randomWord()
{
    std::array<quint32, 8> numbers;
    QRandomGenerator::system()->fillRange(numbers.data(), numbers.size());
    return base64Url(QByteArray(reinterpret_cast<const char*>(numbers.data()), sizeof numbers));
}

QString encoded(const QByteArray& value)
{
    return QString::fromLatin1(value.toPercentEncoding());
}

} // namespace

PkceFlow::PkceFlow(QNetworkAccessManager& network, TokenReplies& replies, const QString& resource)
    : QOAuth2AuthorizationCodeFlow(&network), m_resource(resource), m_verifier(randomWord())
{
    setReplyHandler(&replies);
    setState(QString::fromLatin1(randomWord()));
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    setPkceMethod(PkceMethod::None); // one is enough
#endif
    setModifyParametersFunction(
        [this](Stage stage, Parameters* parameters) { complete(stage, *parameters); });
}

QUrl PkceFlow::page()
{
    return buildAuthenticateUrl();
}

void PkceFlow::exchange(const QString& code)
{
    m_grant = access::Secret(code.toUtf8());
    requestAccessToken(code);
}

void PkceFlow::renew(const access::Secret& refreshToken)
{
    m_grant = refreshToken;
    setRefreshToken(u"given below"_s); // Qt would keep it
    refreshAccessToken();
}

void PkceFlow::complete(Stage stage, Parameters& parameters) const
{
    parameters.remove(u"client_secret"_s);
    parameters.replace(u"client_id"_s, encoded(clientIdentifier().toUtf8()));
    if (!m_resource.isEmpty())
        parameters.replace(u"resource"_s, encoded(m_resource.toUtf8()));
    switch (stage) {
    case Stage::RequestingAuthorization:
        parameters.remove(u"scope"_s); // what a gallery is looked at with is the server's matter
        parameters.replace(u"redirect_uri"_s, encoded(replyHandler()->callback().toUtf8()));
        parameters.replace(u"code_challenge_method"_s, u"S256"_s);
        parameters.replace(u"code_challenge"_s,
                           QString::fromLatin1(base64Url(
                               QCryptographicHash::hash(m_verifier, QCryptographicHash::Sha256))));
        return;
    case Stage::RequestingAccessToken:
        parameters.replace(u"code"_s, encoded(m_grant.reveal()));
        parameters.replace(u"code_verifier"_s, QString::fromLatin1(m_verifier));
        return;
    case Stage::RefreshingAccessToken:
        parameters.remove(u"redirect_uri"_s);
        parameters.replace(u"refresh_token"_s, encoded(m_grant.reveal()));
        return;
    case Stage::RequestingTemporaryCredentials: // of OAuth 1
        return;
    }
}

} // namespace vitrine::api
