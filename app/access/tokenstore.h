// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/credential.h"
#include "app/base/result.h"

#include <QFuture>

#include <chrono>
#include <memory>

namespace vitrine::access {

/// Where credentials rest between runs. Asynchronous throughout; futures finish on the thread
/// that called. There is no plain-text fallback.
/// Errors: KeyringLocked, KeyringAbsent, KeyringRefused, TimedOut (nobody answered its dialog).
class TokenStore
{
public:
    virtual ~TokenStore() = default;

    /// What is kept for the account; a guest (monostate) if there is nothing.
    virtual QFuture<Result<Credential>> read(const QString& account) = 0;
    virtual QFuture<Result<void>> write(const QString& account, const Credential& credential) = 0;
    /// Also succeeds when there was nothing.
    virtual QFuture<Result<void>> remove(const QString& account) = 0;

    /// Whether what is written is there again in the next run; as the last call found it.
    virtual bool isPersistent() const = 0;
};

/// For this run only.
std::unique_ptr<TokenStore> makeMemoryTokenStore();

/// The system's keyring: KWallet 6 through KDE Frameworks, where they are there at build time,
/// else the Secret Service or KWallet 5 through QtKeychain; chosen anew for each call by what
/// answers. Without a D-Bus session bus or a keyring service every call fails with KeyringAbsent,
/// at once. A dialog that stays unanswered for \a patience has been left.
/// At most one in the life of a program: see makeKWalletTokenStore().
std::unique_ptr<TokenStore>
makeKeyringTokenStore(std::chrono::milliseconds patience = std::chrono::seconds(60));

/// \a keyring, and memory in its place while there is none: a sign-in then lasts for this run, and
/// isPersistent() is false. A keyring that is locked or refuses is not replaced.
std::shared_ptr<TokenStore> keptForThisRunWithout(std::shared_ptr<TokenStore> keyring);

} // namespace vitrine::access
