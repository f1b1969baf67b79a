// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/accounts.h"

#include "app/base/readyfuture.h"
#include "app/base/whendone.h"
#include "app/session/session.h"

#include <QDir>
#include <QtConcurrentRun>

namespace vitrine::session {

using namespace Qt::StringLiterals;

Accounts::Accounts(const Paths& paths, access::TokenStore& tokens,
                   const imaging::PictureReader& pictures, const Clock& clock, QObject* parent)
    : QObject(parent), m_paths(paths), m_tokens(tokens), m_pictures(pictures), m_clock(clock)
{
    m_disk.setMaxThreadCount(1);
}

Accounts::~Accounts()
{
    m_disk.waitForDone();
}

QFuture<Result<QList<Account>>> Accounts::all()
{
    return QtConcurrent::run(&m_disk,
                             [file = m_paths.accounts()] { return AccountList(file).all(); });
}

QFuture<Result<Account>> Accounts::add(const QString& name, const QUrl& url)
{
    return QtConcurrent::run(&m_disk, [file = m_paths.accounts(), name, url] {
        return AccountList(file).add(name, url);
    });
}

QFuture<Result<void>> Accounts::remove(const Account& account)
{
    const auto next = [this](const QFuture<Result<void>>& step, auto then) {
        return whenDone(this, step, [then](const Result<void>& outcome) {
            return outcome ? then() : readyFuture(outcome);
        });
    };
    const auto cleared = next(mayGo(account), [this, account] { return forgetDownloads(account); });
    const auto forgotten = next(cleared, [this, account] { return forgetSignIn(account); });
    return next(forgotten, [this, account] { return forgetFiles(account); });
}

QFuture<Result<void>> Accounts::mayGo(const Account& account)
{
    if (account.isLocal())
        return readyFuture(Result<void>(
            failure(ErrorKind::InvalidInput, u"the gallery on this computer stays"_s)));
    const auto session = std::make_shared<Session>(m_paths, account, access::makeMemoryTokenStore(),
                                                   m_pictures, m_clock);
    const auto looked = session->outbox().look();
    return whenDone(this, looked, [this, session, account](const Result<void>& seen) {
        const int waiting = session->transfers().summary().unfinished;
        if (seen && waiting > 0)
            return readyFuture(Result<void>(failure(
                ErrorKind::InvalidInput,
                u"%1 changes were not sent yet; vitrinectl sync sends them"_s.arg(waiting))));
        return seen ? isNowhereOpen(account) : readyFuture(seen);
    });
}

// What is shared in a window whose files are gone would be lost with it.
QFuture<Result<void>> Accounts::isNowhereOpen(const Account& account)
{
    return QtConcurrent::run(
        &m_disk, [directory = m_paths.accountData(account.id)]() -> Result<void> {
            if (transfer::OutboxStore::isOpen(directory))
                return failure(ErrorKind::Busy, u"a window or vitrinectl has this gallery open"_s);
            return {};
        });
}

// Their parts lie beside what they were to become, anywhere.
QFuture<Result<void>> Accounts::forgetDownloads(const Account& account)
{
    const auto session = std::make_shared<Session>(m_paths, account, access::makeMemoryTokenStore(),
                                                   m_pictures, m_clock);
    return whenDone(this, session->downloads().clearLeft(),
                    [session](const Result<void>&) { return Result<void>(); }); // as far as it goes
}

QFuture<Result<void>> Accounts::forgetSignIn(const Account& account)
{
    return whenDone(this, m_tokens.remove(account.id), [](const Result<void>& gone) {
        const bool isGone = gone || gone.error().kind == ErrorKind::KeyringAbsent;
        return isGone ? Result<void>() : gone;
    });
}

QFuture<Result<void>> Accounts::forgetFiles(const Account& account)
{
    return QtConcurrent::run(&m_disk, [paths = m_paths, account]() -> Result<void> {
        if (const auto removed = AccountList(paths.accounts()).remove(account.name); !removed)
            return failure(removed.error());
        QDir(paths.accountData(account.id)).removeRecursively();
        QDir(paths.accountCache(account.id)).removeRecursively();
        return {};
    });
}

} // namespace vitrine::session
