// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/cloudflared.h"
#include "app/api/oauth/managedoauth.h"

#include <QFuture>
#include <QObject>

namespace vitrine::session {

using api::Browser;

/// Lets a person sign in to a gallery in a browser, in the way that there is: what the gallery
/// itself offers to programs (Managed OAuth), or else cloudflared, where it is installed. The
/// sign-in is not tried nor kept: see AccountSetup. Main thread.
class BrowserSignIn final : public QObject
{
    Q_OBJECT

public:
    explicit BrowserSignIn(Browser browser, QString cloudflared = access::Cloudflared::find(),
                           QObject* parent = nullptr);

    /// Errors: Unsupported where there is neither way, else as ManagedOAuth's and Cloudflared's.
    QFuture<Result<access::Credential>> signIn(const QUrl& gallery);
    /// Ends what waits for the person: Cancelled.
    void stop();

private:
    QFuture<Result<access::Credential>> signInByCloudflared(const QUrl& gallery);

    const Browser m_browser;
    api::ManagedOAuth m_oauth;
    access::Cloudflared m_cloudflared;
};

} // namespace vitrine::session
