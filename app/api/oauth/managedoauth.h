// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/credential.h"
#include "app/api/oauth/browser.h"
#include "app/base/result.h"

#include <QFuture>
#include <QObject>

#include <chrono>

namespace vitrine::api {

/// A person's sign-in through OAuth 2, as Access has it for programs (Managed OAuth): in their own
/// browser, which comes back to this machine with a code. Nothing is kept here. Main thread.
class ManagedOAuth final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Shows the person a page and waits until they are through, but for \a patience at most.
    /// Errors: Unsupported (the gallery has no such sign-in, or no browser opens), BadAnswer (it
    /// sends people elsewhere than to itself or Access, or somebody else came back),
    /// SignInRequired (they were not let in, or came too late), Rejected, TimedOut, Cancelled,
    /// Network and the like.
    QFuture<Result<access::OAuthToken>>
    signIn(const QUrl& gallery, const Browser& browser,
           std::chrono::milliseconds patience = std::chrono::minutes(5));

    /// The next token for \a token, which is then no longer good for another. Errors:
    /// SignInRequired (there is no next one: a person has to come), Network and the like.
    QFuture<Result<access::OAuthToken>> renew(const access::OAuthToken& token);

    /// Ends sign-ins that are under way: Cancelled.
    void stop();
};

} // namespace vitrine::api
