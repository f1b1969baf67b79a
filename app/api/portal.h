// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>

class QNetworkAccessManager;
class QObject;
class QUrl;

namespace vitrine::api {

struct Answer;

/// Whether somebody answers in a host's place: a network that wants a sign-in of its own.
enum class Portal {
    No,
    Maybe, ///< somebody has a page where the host should have none
    Yes    ///< it says so, or sends to another host
};

/// Who gave \a answer to a request without encryption for a page that there is not.
Portal portalIn(const Answer& answer);

/// Asks the host of \a url once more without encryption, for within TLS a captive portal looks like
/// any server that cannot prove who it is, or lets nobody listen. Shows no credential, and asks for
/// nothing that exists. No also where nobody answers within some seconds. Finishes on this thread;
/// is dropped with \a context.
QFuture<Portal> lookForPortal(QNetworkAccessManager& network, const QUrl& url, QObject* context);

} // namespace vitrine::api
