// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QString>

namespace vitrine {

/// Where Vitrine's files are. Ordinary files in the XDG directories; directories are made 0700.
struct Paths {
    QString data;  ///< $XDG_DATA_HOME/vitrine: what must not be lost
    QString cache; ///< $XDG_CACHE_HOME/vitrine: what can be fetched or made again

    /// The embedded backend's rows and image bytes.
    QString backend() const;
    /// The list of accounts.
    QString accounts() const;
    /// Outbox and spooled uploads of one account.
    QString accountData(const QString& account) const;
    /// Listing and previews of one account.
    QString accountCache(const QString& account) const;

    /// From the environment, as the XDG Base Directory Specification has it.
    static Paths fromEnvironment();
};

/// Makes the directory and its missing parents, each 0700. Blocks on the file system.
Result<void> makePrivateDirectory(const QString& path);

} // namespace vitrine
