// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QList>
#include <QString>
#include <QUrl>

namespace vitrine::session {

/// The account that needs no server: the embedded backend on this computer.
inline constexpr char kLocalAccount[] = "local";

/// A gallery that a person uses.
struct Account {
    QString id;   ///< names its folders and its entry in the keyring; outlives renames
    QString name; ///< as the person calls it; unique
    QUrl url;     ///< of the server; empty for the embedded backend

    bool isLocal() const { return url.isEmpty(); }
    bool operator==(const Account&) const = default;

    static Account local();
};

/// Where a gallery may be: https, or http on this machine, for a sign-in must not be read on the
/// way. Without user, query and fragment. Errors: InvalidInput, with a sentence for people.
Result<QUrl> galleryUrl(const QString& typed);

/// The accounts that were added, in a file of their own; "local" is always the first and in no
/// file. Holds no secrets. Two processes may change it at a time. Blocks on the file system,
/// briefly.
class AccountList
{
public:
    /// \a file and its directory are made when the first account is added.
    explicit AccountList(QString file) : m_file(std::move(file)) {}

    /// Errors: Storage and the like; BadAnswer never: a file that makes no sense is Storage.
    Result<QList<Account>> all() const;
    /// NotFound if nobody is called that.
    Result<Account> find(const QString& name) const;
    /// Errors: InvalidInput (the name cannot be used, or is taken), Busy, Storage, DiskFull.
    Result<Account> add(const QString& name, const QUrl& url);
    /// The one that is gone from the list; its data and its secret are the caller's matter.
    Result<Account> remove(const QString& name);

private:
    Result<void> write(const QList<Account>& accounts) const;

    const QString m_file;
};

} // namespace vitrine::session
