// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/replayserver.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QUrlQuery>

#include <functional>
#include <limits>

namespace vitrine::test {

/// A gallery behind Access with Managed OAuth, all of it on one port: it lets in whoever brings the
/// token of the moment, and signs in whoever comes through its page. Keeps what is uploaded, each
/// key once. Holds a client to the letter: redirects as registered, codes and refresh tokens of one
/// use, PKCE. Who shows a refresh token that was used up has stolen it, or been stolen from: then
/// none of its successors is good any longer (RFC 9700).
class OAuthGallery final : public ReplayServer
{
    Q_OBJECT

public:
    /// What it does wrong, or refuses.
    struct Mood {
        bool tellsOfItself = true;      ///< has metadata
        bool namesMetadataIn401 = true; ///< and tells where; else they are where they always are
        bool takesStrangers = true;     ///< registers programs
        QByteArray refusal;             ///< what its page sends back in place of a code
        bool areCodesOver = false;      ///< by the time they are shown
        bool refusesRenewal = false;
        bool rotates = true;            ///< gives another refresh token each time
        QByteArray state;               ///< comes back in place of the right one
        QByteArray issuer;              ///< says that it comes from there
        QByteArray tokenAnswer;         ///< in place of a good one: bytes of HTTP
        QJsonObject changedMetadata;    ///< members of the authorization server's
        QJsonObject changedResource;    ///< members of the resource's
        bool refusesUploads = false;    ///< of whoever is let in to all the rest
        int life = 3600;                ///< of a token, in seconds
        std::function<void()> renewing; ///< called while it makes the next token
    };
    Mood mood;

    using ReplayServer::ReplayServer;

    /// What lets in at the moment; empty before anybody came.
    QByteArray accessToken() const { return m_accessToken; }
    QByteArray refreshToken() const { return m_refreshToken; }
    /// From now on nobody is let in with what was given out, but it can be renewed.
    void expire() { m_accessToken.clear(); }
    /// The same, once that many images are there.
    void expireAt(int images) { m_expiresAt = images; }
    /// Ids of what is there, in the order of its arrival.
    QStringList images() const;
    /// How often a next token was asked for.
    int renewals() const { return m_renewals; }
    /// How often a person was at its page.
    int visits() const { return m_visits; }
    /// All that must not be seen by others: tokens, codes and what they were asked for with.
    QList<QByteArray> secrets() const { return m_secrets; }

    /// As a browser does that is sent to \a page and sees nobody but this machine.
    void visit(const QUrl& page);
    /// The same, and what the browser shows after it came back. Waits for that.
    QByteArray cameBack(const QUrl& page);

protected:
    Canned answerTo(const Request& request) override;

private:
    Canned answerGuest();
    Canned answerGuarded(const Request& request, const QByteArray& path);
    Canned upload(const QByteArray& key);
    Canned outcome(const QByteArray& key) const;
    Canned metadata();
    Canned resourceMetadata();
    Canned registerClient(const Request& request);
    Canned showPage(const QUrlQuery& query);
    Canned giveToken(const QUrlQuery& form);
    bool isGoodCode(const QUrlQuery& form);
    bool isGoodRefreshToken(const QUrlQuery& form);
    Canned newTokens();

    QNetworkAccessManager m_browser;
    QByteArray m_redirect;  ///< as registered
    QByteArray m_challenge; ///< of the code
    QByteArray m_code;
    QByteArray m_accessToken;
    QByteArray m_refreshToken;
    QList<QByteArray> m_usedUp; ///< refresh tokens
    QList<QByteArray> m_secrets;
    QJsonArray m_images;
    QHash<QByteArray, QJsonObject> m_byKey;
    int m_expiresAt = std::numeric_limits<int>::max();
    int m_renewals = 0;
    int m_visits = 0;
    int m_count = 0;
};

} // namespace vitrine::test
