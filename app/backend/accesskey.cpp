// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/accesskey.h"

#include "app/backend/crypto.h"

#include <QJsonDocument>

#include <cjose/cjose.h>

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
    Handle key(cjose_jwk_import(privateJwk.constData(), size_t(privateJwk.size()), &error));
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
    cjose_err error = {};
    const std::unique_ptr<cjose_jws_t, ReleaseJws> jws(
        cjose_jws_import(compactJws.constData(), size_t(compactJws.size()), &error));
    return jws && cjose_jws_verify(jws.get(), m_handle.get(), &error);
}

} // namespace vitrine::backend
