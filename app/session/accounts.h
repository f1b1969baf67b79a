// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/tokenstore.h"
#include "app/base/clock.h"
#include "app/base/paths.h"
#include "app/session/accountlist.h"

#include <QFuture>
#include <QObject>
#include <QThreadPool>

namespace vitrine::imaging {
class PictureReader;
}

namespace vitrine::session {

/// The accounts of this person: their list, and all that Vitrine keeps of one that goes. What
/// touches the disk is done by a thread of its own. Main thread.
class Accounts final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; \a tokens is where the sign-ins are kept.
    Accounts(const Paths& paths, access::TokenStore& tokens, const imaging::PictureReader& pictures,
             const Clock& clock, QObject* parent = nullptr);
    /// Waits until what was begun on the disk is done.
    ~Accounts() override;

    /// Errors: those of AccountList.
    QFuture<Result<QList<Account>>> all();
    QFuture<Result<Account>> add(const QString& name, const QUrl& url);
    /// Forgets the account, its sign-in, previews and outbox.
    /// Errors: InvalidInput (changes wait to be sent, or it is "local"), Busy (a session has it
    /// open, here or in another process), those of the keyring, for a sign-in that nobody knows of
    /// must not stay there, and of AccountList.
    QFuture<Result<void>> remove(const Account& account);

private:
    QFuture<Result<void>> mayGo(const Account& account);
    QFuture<Result<void>> isNowhereOpen(const Account& account);
    QFuture<Result<void>> forgetDownloads(const Account& account);
    QFuture<Result<void>> forgetSignIn(const Account& account);
    QFuture<Result<void>> forgetFiles(const Account& account);

    const Paths m_paths;
    access::TokenStore& m_tokens;
    const imaging::PictureReader& m_pictures;
    const Clock& m_clock;
    QThreadPool m_disk;
};

} // namespace vitrine::session
