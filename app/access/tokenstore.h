// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/credential.h"
#include "app/base/result.h"

#include <QFuture>

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

    /// Whether what is written is there again in the next run.
    virtual bool isPersistent() const = 0;
};

/// For this run only.
std::unique_ptr<TokenStore> makeMemoryTokenStore();

/// The system's keyring through QtKeychain. Without a D-Bus session bus or a keyring service every
/// call fails with KeyringAbsent, at once.
std::unique_ptr<TokenStore> makeKeyringTokenStore();

} // namespace vitrine::access
