// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/credential.h"
#include "app/base/result.h"

#include <QFuture>
#include <QObject>
#include <QUrl>

namespace vitrine::session {

/// Where an account's server is, and what to show it.
struct WayIn {
    QUrl url;
    access::Credential credential;
    bool isKept = true; ///< the sign-in is in the keyring, so that the next run finds it
};

/// Finds an account's server and the sign-in for it. Main thread.
class Connector : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual QFuture<Result<WayIn>> open() = 0;
    /// Once more, with another credential: the server did not take the one that open() gave.
    /// SignInRequired where only a person can bring one.
    virtual QFuture<Result<WayIn>> openAfresh() = 0;
};

} // namespace vitrine::session
