// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/oauth/managedoauth.h"

#include "app/api/oauth/codegrant.h"
#include "app/base/readyfuture.h"
#include "app/base/whendone.h"

#include <memory>

namespace vitrine::api {

using namespace Qt::StringLiterals;
using access::OAuthToken;
using Token = Result<OAuthToken>;

namespace {

/// One renewal; ends with its parent, or its answer.
struct Renewal : QObject {
    explicit Renewal(QObject* parent) : QObject(parent) {}

    TokenNetwork network;
    TokenReplies replies{{}};
    PkceFlow flow{network, replies};
};

// A server that gives no other one lets the same be used again (RFC 6749, section 6).
OAuthToken successor(OAuthToken token, const OAuthToken& of)
{
    if (token.refreshToken.isEmpty())
        token.refreshToken = of.refreshToken;
    token.tokenEndpoint = of.tokenEndpoint;
    token.clientId = of.clientId;
    return token;
}

} // namespace

QFuture<Token> ManagedOAuth::signIn(const QUrl& gallery, const Browser& browser,
                                    std::chrono::milliseconds patience)
{
    auto* grant = new CodeGrant(browser, patience, this);
    const auto token = grant->run(gallery);
    whenDone(grant, token, [grant](const Token&) { grant->deleteLater(); });
    return token;
}

QFuture<Token> ManagedOAuth::renew(const OAuthToken& token)
{
    if (token.refreshToken.isEmpty() || !token.tokenEndpoint.isValid())
        return readyFuture(Token(failure(ErrorKind::SignInRequired, u"no refresh token"_s)));
    auto promise = std::make_shared<QPromise<Token>>();
    promise->start();
    auto* renewal = new Renewal(this);
    renewal->flow.setClientIdentifier(token.clientId);
    renewal->flow.setAccessTokenUrl(token.tokenEndpoint);
    connect(&renewal->replies, &TokenReplies::answered, renewal,
            [promise, renewal, token](const Token& next) {
                promise->addResult(
                    next.map([&](const OAuthToken& taken) { return successor(taken, token); }));
                promise->finish();
                renewal->deleteLater();
            });
    renewal->flow.renew(token.refreshToken);
    return promise->future();
}

void ManagedOAuth::stop()
{
    for (CodeGrant* grant : findChildren<CodeGrant*>())
        grant->stop();
}

} // namespace vitrine::api
