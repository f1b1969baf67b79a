// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/oauth/tokenreplies.h"

#include <QOAuth2AuthorizationCodeFlow>

namespace vitrine::api {

/// Qt's authorization code flow for a program that can keep no secret of its own: with PKCE by
/// SHA-256 (RFC 7636), which Qt 6.4 lacks, and with every value encoded, which it forgets for some.
/// What comes of it is told by \a replies alone, so that Qt keeps no token.
class PkceFlow final : public QOAuth2AuthorizationCodeFlow
{
    Q_OBJECT

public:
    /// \a network and \a replies must outlive it. \a resource may be empty (RFC 8707).
    PkceFlow(QNetworkAccessManager& network, TokenReplies& replies, const QString& resource = {});

    /// Where a person goes; the browser comes back with the same state().
    QUrl page();
    /// Asks for the token that \a code is good for.
    void exchange(const QString& code);
    /// Asks for the next token.
    void renew(const access::Secret& refreshToken);

private:
    using Parameters = QMultiMap<QString, QVariant>;
    void complete(Stage stage, Parameters& parameters) const;

    const QString m_resource;
    const QByteArray m_verifier;
    access::Secret m_grant; ///< the code or token that is asked with
};

} // namespace vitrine::api
