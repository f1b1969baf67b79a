// SPDX-License-Identifier: GPL-3.0-or-later
// Stands in for kwallettokenstore.cpp where CMake finds no KWallet of Qt 6.
#include "app/access/keyrings.h"

namespace vitrine::access {

std::unique_ptr<TokenStore> makeKWalletTokenStore(std::chrono::milliseconds)
{
    return nullptr;
}

} // namespace vitrine::access
