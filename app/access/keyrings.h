// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/tokenstore.h"

#include <chrono>

/// The libraries through which keyrings are reached; makeKeyringTokenStore() chooses among them.
namespace vitrine::access {

/// Under which the entries stand, in every keyring: KWallet's folder, Secret Service's attribute.
/// People see it there, and what was kept under it is found again, so it never changes.
inline constexpr char kKeyringFolder[] = "Vitrine";

/// Secret Service, and KWallet 5 in a session of KDE. To be called only where such a service is.
std::unique_ptr<TokenStore> makeQtKeychainTokenStore(std::chrono::milliseconds patience);

/// KWallet 6 through KDE Frameworks; null in a build without them.
/// At most one in the life of a program: the library binds itself to the thread that uses it first.
std::unique_ptr<TokenStore> makeKWalletTokenStore(std::chrono::milliseconds patience);

} // namespace vitrine::access
