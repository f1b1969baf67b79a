// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/accountlist.h"

#include "app/api/requestfactory.h"
#include "app/base/file.h"
#include "app/base/filelock.h"
#include "app/base/paths.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

#include <algorithm>

namespace vitrine::session {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kMaxFileBytes = 1024 * 1024;
constexpr int kMaxName = 64;

bool isUsableName(const QString& name)
{
    const auto isPrintable = [](QChar c) { return c.isPrint(); };
    return !name.isEmpty() && name.size() <= kMaxName && name.trimmed() == name &&
           std::all_of(name.cbegin(), name.cend(), isPrintable);
}

QJsonObject toJson(const Account& account)
{
    return {{u"id"_s, account.id}, {u"name"_s, account.name}, {u"url"_s, account.url.toString()}};
}

// The file may have been edited by hand: what could lead elsewhere is left out.
std::optional<Account> accountFrom(const QJsonObject& object)
{
    const QUuid id(object["id"_L1].toString());
    const QString name = object["name"_L1].toString();
    const auto url = galleryUrl(object["url"_L1].toString());
    if (id.isNull() || !isUsableName(name) || name == QLatin1StringView(kLocalAccount) || !url)
        return {};
    return Account{id.toString(QUuid::WithoutBraces), name, *url};
}

auto named(const QList<Account>& accounts, const QString& name)
{
    return std::find_if(accounts.begin(), accounts.end(),
                        [&](const Account& account) { return account.name == name; });
}

} // namespace

Account Account::local()
{
    const QString name = QString::fromLatin1(kLocalAccount);
    return {name, name, {}};
}

Result<QUrl> galleryUrl(const QString& typed)
{
    QUrl url = QUrl::fromUserInput(typed.trimmed());
    if (!typed.contains("://"_L1) && !api::isThisMachine(url))
        url.setScheme(u"https"_s); // what people type without a scheme is meant to be safe
    if (!url.isValid() || url.host().isEmpty())
        return failure(ErrorKind::InvalidInput, u"this is no address of a gallery"_s);
    const bool isSafe =
        url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && api::isThisMachine(url));
    if (!isSafe)
        return failure(ErrorKind::InvalidInput,
                       u"a gallery elsewhere needs an https address, so that nobody on the way "
                       "reads the sign-in"_s);
    url = url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment |
                       QUrl::StripTrailingSlash);
    if (url.path() == "/"_L1)
        url.setPath({});
    return url;
}

Result<QList<Account>> AccountList::all() const
{
    QList<Account> accounts{Account::local()};
    const auto bytes = readFile(m_file, kMaxFileBytes);
    if (!bytes && bytes.error().kind == ErrorKind::NotFound)
        return accounts;
    if (!bytes)
        return failure(ErrorKind::Storage, bytes.error().detail);
    const QJsonDocument document = QJsonDocument::fromJson(*bytes);
    if (!document.isArray()) // never taken for an empty list, which the next add() would write
        return failure(ErrorKind::Storage, m_file);
    const QJsonArray entries = document.array();
    for (const QJsonValue& entry : entries) {
        const auto account = accountFrom(entry.toObject());
        if (account && named(accounts, account->name) == accounts.end())
            accounts += *account;
    }
    return accounts;
}

Result<Account> AccountList::find(const QString& name) const
{
    if (name == QLatin1StringView(kLocalAccount)) // also where the file cannot be read
        return Account::local();
    return all().and_then([&](const QList<Account>& accounts) -> Result<Account> {
        const auto found = named(accounts, name);
        if (found == accounts.end())
            return failure(ErrorKind::NotFound, name);
        return *found;
    });
}

Result<Account> AccountList::add(const QString& name, const QUrl& url)
{
    if (!isUsableName(name))
        return failure(ErrorKind::InvalidInput, u"choose a name of 1 to 64 ordinary characters"_s);
    if (auto made = makePrivateDirectory(QFileInfo(m_file).path()); !made)
        return failure(made.error());
    const auto lock = FileLock::tryLock(m_file + u".lock"_s);
    if (!lock)
        return failure(lock.error());
    auto accounts = all();
    if (!accounts)
        return failure(accounts.error());
    if (named(*accounts, name) != accounts->end())
        return failure(ErrorKind::InvalidInput, u"there is an account of that name already"_s);
    const Account account{QUuid::createUuid().toString(QUuid::WithoutBraces), name, url};
    *accounts += account;
    return write(*accounts).map([&] { return account; });
}

Result<Account> AccountList::remove(const QString& name)
{
    if (name == QLatin1StringView(kLocalAccount))
        return failure(ErrorKind::InvalidInput, u"the gallery on this computer stays"_s);
    const auto removed = find(name);
    if (!removed)
        return removed;
    const auto lock = FileLock::tryLock(m_file + u".lock"_s);
    if (!lock)
        return failure(lock.error());
    auto accounts = all();
    if (!accounts)
        return failure(accounts.error());
    accounts->removeOne(*removed);
    return write(*accounts).map([&] { return *removed; });
}

Result<void> AccountList::write(const QList<Account>& accounts) const
{
    QJsonArray entries;
    for (const Account& account : accounts) {
        if (!account.isLocal())
            entries += toJson(account);
    }
    return writeFile(m_file, QJsonDocument(entries).toJson());
}

} // namespace vitrine::session
