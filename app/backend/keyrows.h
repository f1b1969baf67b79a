// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/accesskey.h"
#include "app/storage/database.h"

#include <QDateTime>

/// The Access issuer's key pairs as rows. One of them signs; those that it replaced are accepted
/// for a while. Everything throws SQLite::Exception; call it inside a read or write.
namespace vitrine::backend::keys {

/// Whether there is one that signs.
bool hasSigning(SQLite::Database& database);
/// Errors: NotFound, Storage (damaged).
Result<AccessKey> signing(SQLite::Database& database);
/// Lets \a key sign. None may do so at present.
void add(SQLite::Database& database, const AccessKey& key);
/// Ends the signing of the present one; what it and those before it signed is accepted until
/// \a acceptedUntil at most. Forgets those that are accepted no longer.
void retire(SQLite::Database& database, const QDateTime& now, const QDateTime& acceptedUntil);

/// The key with that id, if its signatures count at the time \a now. Errors: NotFound, Storage.
Result<AccessKey> accepted(SQLite::Database& database, const QString& id, const QDateTime& now);
/// All whose signatures count, the one that signs first. Errors: Storage.
Result<std::vector<AccessKey>> allAccepted(SQLite::Database& database, const QDateTime& now);

} // namespace vitrine::backend::keys
