// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/browsersignin.h"

#include "app/base/readyfuture.h"
#include "app/base/whendone.h"

namespace vitrine::session {

using access::Credential;
using access::OAuthToken;
using access::PersonToken;

BrowserSignIn::BrowserSignIn(Browser browser, QString cloudflared, QObject* parent)
    : QObject(parent), m_browser(std::move(browser)), m_cloudflared(std::move(cloudflared))
{}

QFuture<Result<Credential>> BrowserSignIn::signIn(const QUrl& gallery)
{
    const auto token = m_oauth.signIn(gallery, m_browser);
    return whenDone(this, token, [this, gallery](const Result<OAuthToken>& signedIn) {
        const bool isOffered = signedIn || signedIn.error().kind != ErrorKind::Unsupported;
        return isOffered || !m_cloudflared.isThere()
                   ? readyFuture(signedIn.map([](const OAuthToken& t) { return Credential(t); }))
                   : signInByCloudflared(gallery);
    });
}

QFuture<Result<Credential>> BrowserSignIn::signInByCloudflared(const QUrl& gallery)
{
    return whenDone(this, m_cloudflared.signIn(gallery), [](const Result<PersonToken>& signedIn) {
        return signedIn.map([](const PersonToken& token) { return Credential(token); });
    });
}

void BrowserSignIn::stop()
{
    m_oauth.stop();
    m_cloudflared.stop();
}

} // namespace vitrine::session
