// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/oauth/codegrant.h"

#include "app/base/log.h"
#include "app/base/whendone.h"

namespace vitrine::api {
namespace {

using namespace Qt::StringLiterals;
using access::OAuthToken;

constexpr qsizetype kLongestSentence = 300;

QString valueIn(const QUrlQuery& query, const QString& name)
{
    const QStringList values = query.allQueryItemValues(name, QUrl::FullyDecoded);
    return values.size() == 1 ? values.first() : QString(); // twice is as good as not at all
}

// What the server says for people, in one line.
QString sentenceIn(const QUrlQuery& query)
{
    const QString told = valueIn(query, u"error_description"_s);
    const QString text = told.isEmpty() ? valueIn(query, u"error"_s) : told;
    return redacted(text.simplified().left(kLongestSentence));
}

// RFC 9207. What another server sent the browser back with is not to be shown to this one, whatever
// it is; letter by letter, for issuers are names.
bool isFrom(const AuthorizationServer& server, const QUrlQuery& query)
{
    const QStringList told = query.allQueryItemValues(u"iss"_s, QUrl::FullyDecoded);
    return told.isEmpty() ? !server.signsAnswers : told == QStringList{server.issuer};
}

/// The code that came back. Errors: BadAnswer (from somebody else, or none), SignInRequired (not
/// let in), Rejected.
Result<QString> codeIn(const QUrlQuery& query, const AuthorizationServer& server)
{
    if (!isFrom(server, query))
        return failure(ErrorKind::BadAnswer, u"the browser came back from another sign-in"_s);
    const QString error = valueIn(query, u"error"_s);
    if (error == "access_denied"_L1)
        return failure({ErrorKind::SignInRequired, sentenceIn(query), {}, Cause::NotAllowed});
    if (!error.isEmpty())
        return failure(ErrorKind::Rejected, sentenceIn(query));
    const QString code = valueIn(query, u"code"_s);
    if (code.isEmpty())
        return failure(ErrorKind::BadAnswer, u"the browser brought no code"_s);
    return code;
}

} // namespace

CodeGrant::CodeGrant(Browser browser, std::chrono::milliseconds patience, QObject* parent)
    : QObject(parent), m_browser(std::move(browser)), m_patience(patience)
{
    m_promise.start();
    m_timeout.setSingleShot(true);
    connect(&m_timeout, &QTimer::timeout, this, [this] {
        finish(failure({ErrorKind::TimedOut, u"nobody came back"_s, {}, Cause::SignInUnfinished}));
    });
    connect(&m_redirect, &LoopbackRedirect::returned, this, &CodeGrant::takeReturn);
}

CodeGrant::~CodeGrant()
{
    stop();
}

QFuture<Result<OAuthToken>> CodeGrant::run(const QUrl& gallery)
{
    whenDone(this, m_discovery.find(gallery), [this](const Result<AuthorizationServer>& server) {
        if (server)
            visit(*server);
        else
            finish(failure(server.error()));
    });
    return m_promise.future();
}

void CodeGrant::stop()
{
    finish(failure(ErrorKind::Cancelled));
}

void CodeGrant::visit(const AuthorizationServer& server)
{
    m_server = server;
    if (!m_redirect.listen())
        return finish(failure(noBrowserSignIn(u"no port for the browser to come back to"_s)));
    m_replies.emplace(m_redirect.address());
    connect(&*m_replies, &TokenReplies::answered, this, &CodeGrant::takeToken);
    const auto name = m_discovery.introduce(server, m_redirect.address());
    whenDone(this, name, [this](const Result<QString>& clientId) {
        if (clientId)
            showPage(*clientId);
        else
            finish(failure(clientId.error()));
    });
}

void CodeGrant::showPage(const QString& clientId)
{
    if (m_isOver)
        return;
    m_flow.emplace(m_network, *m_replies, m_server.resource);
    m_flow->setClientIdentifier(clientId);
    m_flow->setAuthorizationUrl(m_server.authorization);
    m_flow->setAccessTokenUrl(m_server.token);
    m_redirect.expect(m_flow->state());
    m_timeout.start(m_patience);
    if (!m_browser(m_flow->page()))
        finish(failure(noBrowserSignIn(u"no browser opens"_s)));
}

void CodeGrant::takeReturn(const QUrlQuery& query)
{
    m_timeout.stop();
    if (m_isOver || !m_flow)
        return;
    const auto code = codeIn(query, m_server);
    if (code)
        m_flow->exchange(*code);
    else
        finish(failure(code.error()));
}

void CodeGrant::takeToken(const Token& token)
{
    finish(token.map([this](OAuthToken taken) {
        taken.tokenEndpoint = m_server.token;
        taken.clientId = m_flow->clientIdentifier();
        return taken;
    }));
}

void CodeGrant::finish(const Token& token)
{
    if (std::exchange(m_isOver, true))
        return;
    m_timeout.stop();
    m_promise.addResult(token);
    m_promise.finish();
}

} // namespace vitrine::api
