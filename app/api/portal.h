// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>

class QNetworkAccessManager;
class QObject;
class QUrl;

namespace vitrine::api {

struct Answer;

/// Whether \a answer to a request without encryption comes from a network that wants a sign-in of
/// its own, and not from the host that was asked: it says so, or sends to another host.
bool isPortals(const Answer& answer);

/// Asks the host of \a url once more without encryption, for within TLS a captive portal looks like
/// any server that cannot prove who it is. Shows no credential, and asks for nothing but "/". False
/// also where nobody answers within some seconds. Finishes on this thread; is dropped with
/// \a context.
QFuture<bool> isBehindPortal(QNetworkAccessManager& network, const QUrl& url, QObject* context);

} // namespace vitrine::api
