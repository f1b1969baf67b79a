// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/credential.h"
#include "app/backend/servicetokens.h"
#include "app/storage/database.h"

/// Service tokens as rows: a salted hash each, never the secret. Everything throws
/// SQLite::Exception; call it inside a read or write.
namespace vitrine::backend::tokens {

/// Makes and keeps a new one.
access::ServiceToken issue(SQLite::Database& database, const QString& name, TokenLife life);
/// Oldest first.
QList<ServiceTokenInfo> list(SQLite::Database& database);
/// Whether there was one.
bool revoke(SQLite::Database& database, const QString& clientId);
/// In a time that tells nothing of the secret.
bool accepts(SQLite::Database& database, const QByteArray& clientId, const QByteArray& secret);
/// From now on it is one of those that end with this run.
void limitToThisRun(SQLite::Database& database, const QString& clientId);
/// Ends those that were made for one run.
void endRun(SQLite::Database& database);

} // namespace vitrine::backend::tokens
