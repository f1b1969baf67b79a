// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QJsonObject>
#include <QUrl>

/// What a gallery tells of who signs its people in: RFC 9728 and RFC 8414, read and judged. Pure.
namespace vitrine::api {

/// Who signs people in for a gallery, and where.
struct AuthorizationServer {
    QString issuer;
    QString resource;   ///< what the gallery calls itself there; empty where it does not say
    QUrl authorization; ///< the page that a person is sent to
    QUrl token;
    QUrl registration; ///< where programs make themselves known (RFC 7591)
    /// Whether it says of each answer that it is its own (RFC 9207).
    bool signsAnswers = false;
};

/// Whether \a url may have a say in who signs in to \a gallery: the same origin, or Access's own.
bool maySignInTo(const QUrl& gallery, const QUrl& url);

/// Where the metadata of what is guarded are, by the WWW-Authenticate of a 401 (RFC 9728, section
/// 5.1); empty where it does not say.
QUrl resourceMetadataIn(const QByteArray& wwwAuthenticate);

/// \a origin's well-known address of that name, with the path of it behind.
QUrl wellKnown(const QUrl& origin, QLatin1StringView name);

/// The issuer that a resource's metadata name. Errors: BadAnswer (they name none, another gallery,
/// or an issuer elsewhere).
Result<QUrl> issuerIn(const QJsonObject& resource, const QUrl& gallery);

/// Errors: BadAnswer where \a metadata are of another issuer than \a issuer (empty: any), or lead
/// elsewhere than maySignInTo() says; Unsupported without what it takes here: codes, PKCE by
/// SHA-256, and a registration for whoever comes.
Result<AuthorizationServer> authorizationServerIn(const QJsonObject& metadata, const QUrl& issuer,
                                                  const QUrl& gallery);

/// There is no sign-in of this kind, which is no fault of anybody's.
Error noBrowserSignIn(const QString& detail);

} // namespace vitrine::api
