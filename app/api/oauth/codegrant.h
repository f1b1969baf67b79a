// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/oauth/browser.h"
#include "app/api/oauth/discovery.h"
#include "app/api/oauth/loopbackredirect.h"
#include "app/api/oauth/pkceflow.h"

#include <QFuture>
#include <QPromise>
#include <QTimer>

#include <chrono>
#include <optional>

namespace vitrine::api {

/// One visit of a person to an authorization server, from its discovery to the token. Main thread.
class CodeGrant final : public QObject
{
    Q_OBJECT

public:
    /// \a patience: for the person, who may have to look for a second factor.
    CodeGrant(Browser browser, std::chrono::milliseconds patience, QObject* parent = nullptr);
    /// Ends it as stop() does.
    ~CodeGrant() override;

    /// To be called once. Errors: Unsupported (the gallery has no such sign-in, or no browser
    /// opens), SignInRequired (they were not let in, or came too late), TimedOut (they did not
    /// come), Cancelled, those of Discovery and TokenReplies.
    QFuture<Result<access::OAuthToken>> run(const QUrl& gallery);
    void stop();

private:
    using Token = Result<access::OAuthToken>;

    void visit(const AuthorizationServer& server);
    void showPage(const QString& clientId);
    void takeReturn(const QUrlQuery& query);
    void takeToken(const Token& token);
    void finish(const Token& token);

    const Browser m_browser;
    const std::chrono::milliseconds m_patience;
    QPromise<Token> m_promise;
    TokenNetwork m_network;
    Discovery m_discovery{m_network};
    LoopbackRedirect m_redirect;
    QTimer m_timeout;
    AuthorizationServer m_server;
    std::optional<TokenReplies> m_replies;
    std::optional<PkceFlow> m_flow;
    bool m_isOver = false;
};

} // namespace vitrine::api
