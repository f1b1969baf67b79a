// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/keyrows.h"

#include "app/backend/sql.h"

namespace vitrine::backend::keys {
namespace {

using sql::bind;
using sql::blob;

Result<AccessKey> firstOf(SQLite::Statement& query)
{
    if (!query.executeStep())
        return failure(ErrorKind::NotFound);
    return AccessKey::fromJson(blob(query.getColumn(0)));
}

} // namespace

bool hasSigning(SQLite::Database& database)
{
    return SQLite::Statement(database, "SELECT 1 FROM access_keys WHERE accepted_until IS NULL")
        .executeStep();
}

Result<AccessKey> signing(SQLite::Database& database)
{
    SQLite::Statement query(database, "SELECT jwk FROM access_keys WHERE accepted_until IS NULL");
    return firstOf(query);
}

void add(SQLite::Database& database, const AccessKey& key)
{
    SQLite::Statement insert(database, "INSERT INTO access_keys VALUES (?, ?, NULL)");
    bind(insert, 1, key.id());
    bind(insert, 2, key.privateJwk());
    insert.exec();
}

void retire(SQLite::Database& database, const QDateTime& now, const QDateTime& acceptedUntil)
{
    SQLite::Statement retire(database, "UPDATE access_keys SET accepted_until ="
                                       " min(?1, coalesce(accepted_until, ?1))");
    bind(retire, 1, acceptedUntil.toMSecsSinceEpoch());
    retire.exec();
    SQLite::Statement forget(database, "DELETE FROM access_keys WHERE accepted_until <= ?");
    bind(forget, 1, now.toMSecsSinceEpoch());
    forget.exec();
}

Result<AccessKey> accepted(SQLite::Database& database, const QString& id, const QDateTime& now)
{
    SQLite::Statement query(database, "SELECT jwk FROM access_keys WHERE id = ?"
                                      " AND (accepted_until IS NULL OR accepted_until > ?)");
    bind(query, 1, id);
    bind(query, 2, now.toMSecsSinceEpoch());
    return firstOf(query);
}

Result<std::vector<AccessKey>> allAccepted(SQLite::Database& database, const QDateTime& now)
{
    SQLite::Statement query(database, "SELECT jwk FROM access_keys"
                                      " WHERE accepted_until IS NULL OR accepted_until > ?"
                                      " ORDER BY accepted_until IS NOT NULL, id");
    bind(query, 1, now.toMSecsSinceEpoch());
    std::vector<AccessKey> found;
    while (query.executeStep()) {
        auto key = AccessKey::fromJson(blob(query.getColumn(0)));
        if (!key)
            return failure(key.error());
        found.push_back(*std::move(key));
    }
    return found;
}

} // namespace vitrine::backend::keys
