// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/jwtverifier.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMaxTokenBytes = 8 * 1024;

/// The JSON object in one part of a token; empty if it is none.
QJsonObject decoded(const QByteArray& part)
{
    const auto bytes = QByteArray::fromBase64Encoding(
        part, QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    return bytes ? QJsonDocument::fromJson(*bytes).object() : QJsonObject();
}

bool isOurKind(const QJsonObject& header)
{
    // "crit" names extensions that must be understood; we understand none.
    return header["alg"_L1].toString() == "RS256"_L1 && !header.contains("crit"_L1);
}

} // namespace

JwtVerifier::JwtVerifier(FindKey findKey, QString issuer, QString audience, const Clock& clock)
    : m_findKey(std::move(findKey))
    , m_issuer(std::move(issuer))
    , m_audience(std::move(audience))
    , m_clock(clock)
{}

Result<bool> JwtVerifier::accepts(const QByteArray& token) const
{
    const QList<QByteArray> parts = token.split('.');
    if (token.size() > kMaxTokenBytes || parts.size() != 3)
        return false;
    const QJsonObject header = decoded(parts[0]);
    if (!isOurKind(header))
        return false;
    const auto key = m_findKey(header["kid"_L1].toString());
    if (!key && key.error().kind != ErrorKind::NotFound)
        return failure(key.error());
    // The signature comes before the claims: nothing unsigned is believed.
    return key && key->verifies(token) && acceptsClaims(decoded(parts[1]));
}

bool JwtVerifier::acceptsClaims(const QJsonObject& claims) const
{
    const double now = double(m_clock.now().toMSecsSinceEpoch()) / 1000;
    const QJsonValue notBefore = claims["nbf"_L1];
    return claims["iss"_L1].toString() == m_issuer &&
           claims["aud"_L1].toArray().contains(QJsonValue(m_audience)) &&
           claims["exp"_L1].toDouble(0) > now &&
           (notBefore.isUndefined() || (notBefore.isDouble() && notBefore.toDouble() <= now));
}

} // namespace vitrine::backend
