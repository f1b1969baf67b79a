// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/identity.h"

#include "app/backend/crypto.h"
#include "app/backend/keyrows.h"
#include "app/backend/sql.h"

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

constexpr int kSecretBytes = 32;
constexpr int kNameBytes = 8;

QByteArray setting(SQLite::Database& database, const char* name)
{
    SQLite::Statement query(database, "SELECT value FROM settings WHERE name = ?");
    query.bind(1, name);
    if (!query.executeStep())
        return {};
    return sql::blob(query.getColumn(0));
}

/// The setting, made and kept if it is not there yet.
template <typename Make>
QByteArray settled(SQLite::Database& database, const char* name, Make make)
{
    QByteArray value = setting(database, name);
    if (!value.isEmpty())
        return value;
    value = make();
    SQLite::Statement insert(database, "INSERT INTO settings VALUES (?, ?)");
    insert.bind(1, name);
    sql::bind(insert, 2, value);
    insert.exec();
    return value;
}

/// They go into addresses and headers.
bool isHex(const QByteArray& text)
{
    return text.size() <= 2 * kSecretBytes && QByteArray::fromHex(text).toHex() == text;
}

Result<void> makeFirstKey(SQLite::Database& database)
{
    if (keys::hasSigning(database))
        return {};
    const auto made = AccessKey::generate();
    if (!made)
        return failure(made.error());
    keys::add(database, *made);
    return {};
}

} // namespace

Result<Identity> loadIdentity(Connections& connections)
{
    return connections.write([](SQLite::Database& database) -> Result<Identity> {
        if (auto made = makeFirstKey(database); !made)
            return failure(made.error());
        const auto randomHex = [](int bytes) {
            return [bytes] { return randomBytes(bytes).toHex(); };
        };
        const QByteArray team = settled(database, "team", randomHex(kNameBytes));
        const QByteArray audience = settled(database, "audience", randomHex(kSecretBytes));
        const QByteArray account = settled(database, "account", randomHex(kNameBytes));
        const QByteArray urlKey =
            settled(database, "url_key", [] { return randomBytes(kSecretBytes); });
        if (!isHex(team) || !isHex(audience) || !isHex(account))
            return failure(ErrorKind::Storage, u"the settings of the data directory are damaged"_s);
        return Identity{u"https://%1.vitrine.localhost"_s.arg(QString::fromLatin1(team)),
                        QString::fromLatin1(audience), QString::fromLatin1(account), urlKey};
    });
}

} // namespace vitrine::backend
