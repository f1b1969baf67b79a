// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/tokenrows.h"

#include "app/backend/crypto.h"
#include "app/backend/sql.h"
#include "app/base/clock.h"

namespace vitrine::backend::tokens {
namespace {

using namespace Qt::StringLiterals;
using sql::bind;
using sql::blob;
using sql::text;

constexpr int kIdBytes = 16;
constexpr int kSecretBytes = 32;
constexpr int kSaltBytes = 16;

// 256 random bits cannot be guessed: a slow password hash would only slow down every request.
QByteArray hashed(const QByteArray& salt, const QByteArray& secret)
{
    const QByteArray salted = salt + secret;
    return sha256(salted);
}

} // namespace

access::ServiceToken issue(SQLite::Database& database, const QString& name, TokenLife life)
{
    const QString id = QString::fromLatin1(randomBytes(kIdBytes).toHex()) + u".access"_s;
    const QByteArray secret = randomBytes(kSecretBytes).toHex();
    const QByteArray salt = randomBytes(kSaltBytes);
    SQLite::Statement insert(database, "INSERT INTO service_tokens (client_id, salt, hash, name,"
                                       " this_run, created) VALUES (?, ?, ?, ?, ?, ?)");
    bind(insert, 1, id);
    bind(insert, 2, salt);
    bind(insert, 3, hashed(salt, secret));
    bind(insert, 4, name);
    insert.bind(5, int(life == TokenLife::ThisRun));
    bind(insert, 6, SystemClock().now().toMSecsSinceEpoch());
    insert.exec();
    return {id, access::Secret(secret)};
}

QList<ServiceTokenInfo> list(SQLite::Database& database)
{
    SQLite::Statement query(database, "SELECT client_id, name, created, this_run"
                                      " FROM service_tokens ORDER BY created, client_id");
    QList<ServiceTokenInfo> tokens;
    while (query.executeStep()) {
        const qint64 created = query.getColumn(2).getInt64();
        tokens.append({text(query.getColumn(0)), text(query.getColumn(1)),
                       created > 0 ? QDateTime::fromMSecsSinceEpoch(created).toUTC() : QDateTime(),
                       query.getColumn(3).getInt() != 0 ? TokenLife::ThisRun : TokenLife::Kept});
    }
    return tokens;
}

bool revoke(SQLite::Database& database, const QString& clientId)
{
    SQLite::Statement remove(database, "DELETE FROM service_tokens WHERE client_id = ?");
    bind(remove, 1, clientId);
    return remove.exec() > 0;
}

bool accepts(SQLite::Database& database, const QByteArray& clientId, const QByteArray& secret)
{
    SQLite::Statement query(database, "SELECT salt, hash FROM service_tokens WHERE client_id = ?");
    query.bind(1, clientId.toStdString());
    if (!query.executeStep())
        return false;
    return isEqualConstantTime(blob(query.getColumn(1)), hashed(blob(query.getColumn(0)), secret));
}

void limitToThisRun(SQLite::Database& database, const QString& clientId)
{
    SQLite::Statement update(database,
                             "UPDATE service_tokens SET this_run = 1 WHERE client_id = ?");
    bind(update, 1, clientId);
    update.exec();
}

void endRun(SQLite::Database& database)
{
    database.exec("DELETE FROM service_tokens WHERE this_run <> 0");
}

} // namespace vitrine::backend::tokens
