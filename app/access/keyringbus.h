// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QFuture>

#include <optional>

class QObject;

/// What D-Bus knows of keyrings and the libraries that speak to them do not tell.
namespace vitrine::access {

/// Which keyring services run or can be started.
struct KeyringServices {
    bool hasSecretService = false; ///< org.freedesktop.secrets: GNOME Keyring, KeePassXC and others
    bool hasKWallet5 = false;
    bool hasKWallet6 = false;

    bool isAny() const { return hasSecretService || hasKWallet5 || hasKWallet6; }
};

/// Whether this session has a bus. Looked for by hand: without one the libraries would try to
/// launch it, and wait.
bool hasSessionBus();

/// Asks the bus; starts none of them. Where there is none, QtKeychain would never answer. Errors:
/// TimedOut, by a bus that says nothing, which is not to say that there is none. Finishes on this
/// thread; is dropped with \a context.
QFuture<Result<KeyringServices>> findKeyringServices(QObject* context);

/// Why a keyring that says "no such entry" cannot be believed: QtKeychain hears that also from one
/// that is locked (KeyringLocked) or was forbidden to us (KeyringRefused), which must not be taken
/// for a guest; and where nobody answers nobody knows (TimedOut). Nothing where it can. No service
/// is started for this. Finishes on this thread; is dropped with \a context.
using Doubt = std::optional<ErrorKind>;
QFuture<Doubt> doubtSecretService(QObject* context);
/// \a application: under which the wallet was asked for.
QFuture<Doubt> doubtKWallet5(QObject* context, const QString& application);

} // namespace vitrine::access
