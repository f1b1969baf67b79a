// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/accesskey.h"

#include "app/backend/crypto.h"

#include <QJsonDocument>

#include <cjose/cjose.h>

#include <algorithm>
#include <cstdlib>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

constexpr size_t kBits = 2048;
constexpr int kIdBytes = 16;

struct ReleaseJws {
    void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
};

struct ReleaseHeader {
    void operator()(cjose_header_t* header) const { cjose_header_release(header); }
};

QByteArray exported(const cjose_jwk_t* key, bool withPrivateHalf)
{
    cjose_err error;
    const std::unique_ptr<char, decltype(&std::free)> json(
        cjose_jwk_to_json(key, withPrivateHalf, &error), &std::free);
    return {json.get()};
}

bool isBase64Url(QByteArrayView text)
{
    const auto isDigit = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_';
    };
    return !text.isEmpty() && text.size() % 4 != 1 &&
           std::all_of(text.cbegin(), text.cend(), isDigit);
}

/// Three parts in base64url without padding (RFC 7515, 7.1). cjose also takes padding, in odd
/// places even, and ends the program where it leaves a single digit over.
bool isCompactJws(const QByteArray& text)
{
    const QList<QByteArray> parts = text.split('.');
    return parts.size() == 3 && std::all_of(parts.cbegin(), parts.cend(), isBase64Url);
}

/// An RSA key with both halves, whose numbers cjose can decode without ending the program.
bool isRsaKey(const QByteArray& jwk)
{
    const QJsonObject key = QJsonDocument::fromJson(jwk).object();
    const QStringList numbers{u"n"_s, u"e"_s, u"d"_s, u"p"_s, u"q"_s, u"dp"_s, u"dq"_s, u"qi"_s};
    return key["kty"_L1].toString() == "RSA"_L1 && !key["kid"_L1].toString().isEmpty() &&
           std::all_of(numbers.cbegin(), numbers.cend(), [&](const QString& name) {
               return isBase64Url(key[name].toString().toLatin1());
           });
}

} // namespace

void AccessKey::Release::operator()(_cjose_jwk_int* key) const
{
    cjose_jwk_release(key);
}

Result<AccessKey> AccessKey::generate()
{
    cjose_err error = {};
    const QByteArray exponent = QByteArrayLiteral("\x01\x00\x01");
    Handle key(cjose_jwk_create_RSA_random(kBits,
                                           reinterpret_cast<const uint8_t*>(exponent.constData()),
                                           size_t(exponent.size()), &error));
    const QByteArray id = randomBytes(kIdBytes).toHex();
    if (!key || !cjose_jwk_set_kid(key.get(), id.constData(), size_t(id.size()), &error))
        return failure(ErrorKind::Internal, u"the key pair could not be made"_s);
    return AccessKey(std::move(key));
}

Result<AccessKey> AccessKey::fromJson(const QByteArray& privateJwk)
{
    cjose_err error = {};
    Handle key(isRsaKey(privateJwk)
                   ? cjose_jwk_import(privateJwk.constData(), size_t(privateJwk.size()), &error)
                   : nullptr);
    if (!key || cjose_jwk_get_kty(key.get(), &error) != CJOSE_JWK_KTY_RSA)
        return failure(ErrorKind::Storage, u"the key pair of the data directory is damaged"_s);
    return AccessKey(std::move(key));
}

QByteArray AccessKey::privateJwk() const
{
    return exported(m_handle.get(), true);
}

QJsonObject AccessKey::publicJwk() const
{
    QJsonObject key = QJsonDocument::fromJson(exported(m_handle.get(), false)).object();
    key.insert(u"alg"_s, u"RS256"_s);
    key.insert(u"use"_s, u"sig"_s);
    return key;
}

QString AccessKey::id() const
{
    cjose_err error;
    return QString::fromLatin1(cjose_jwk_get_kid(m_handle.get(), &error));
}

Result<QByteArray> AccessKey::sign(const QJsonObject& claims) const
{
    cjose_err error = {};
    const QByteArray text = QJsonDocument(claims).toJson(QJsonDocument::Compact);
    const std::unique_ptr<cjose_header_t, ReleaseHeader> header(cjose_header_new(&error));
    const bool isSet =
        header && cjose_header_set(header.get(), CJOSE_HDR_ALG, CJOSE_HDR_ALG_RS256, &error) &&
        cjose_header_set(header.get(), CJOSE_HDR_KID, id().toLatin1().constData(), &error);
    const std::unique_ptr<cjose_jws_t, ReleaseJws> jws(
        isSet ? cjose_jws_sign(m_handle.get(), header.get(),
                               reinterpret_cast<const uint8_t*>(text.constData()),
                               size_t(text.size()), &error)
              : nullptr);
    const char* compact = nullptr; // belongs to the jws
    if (!jws || !cjose_jws_export(jws.get(), &compact, &error))
        return failure(ErrorKind::Internal, u"the token could not be signed"_s);
    return QByteArray(compact);
}

bool AccessKey::verifies(const QByteArray& compactJws) const
{
    if (!isCompactJws(compactJws))
        return false;
    cjose_err error = {};
    const std::unique_ptr<cjose_jws_t, ReleaseJws> jws(
        cjose_jws_import(compactJws.constData(), size_t(compactJws.size()), &error));
    return jws && cjose_jws_verify(jws.get(), m_handle.get(), &error);
}

} // namespace vitrine::backend
