// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/accountcommand.h"

#include "app/base/file.h"
#include "app/base/whendone.h"

#include <QDir>
#include <QFile>

#include <cstdio>

namespace vitrine::cli {
namespace {

using namespace Qt::StringLiterals;
using access::Credential;
using session::Account;
using session::Dialect;
using session::Found;

constexpr qint64 kMaxSecret = 16 * 1024; // a person's token has some 1 to 8 kB

QString word(Dialect dialect)
{
    switch (dialect) {
    case Dialect::Vitrine:
        return u"vitrine"_s;
    case Dialect::Reference:
        return u"reference"_s;
    case Dialect::Article:
        return u"article"_s;
    case Dialect::Unknown:
        break;
    }
    return u"unknown"_s;
}

/// "-" is standard input: a secret on the command line could be read by everybody on this machine.
Result<access::Secret> secretFrom(const QString& path)
{
    QByteArray bytes;
    if (path == "-"_L1) {
        QFile input;
        if (!input.open(stdin, QIODevice::ReadOnly))
            return failure(ErrorKind::NotFound, path);
        bytes = input.read(kMaxSecret);
    } else {
        auto read = readFile(path, kMaxSecret);
        if (!read)
            return failure(read.error());
        bytes = *std::move(read);
    }
    if (bytes.trimmed().isEmpty())
        return failure(ErrorKind::EmptyFile, path);
    return access::Secret(bytes.trimmed());
}

} // namespace

AccountCommand::AccountCommand(const Output& output, AccountArguments arguments, const Paths& paths,
                               const imaging::PictureReader& pictures, const Clock& clock)
    : Command(output)
    , m_arguments(std::move(arguments))
    , m_paths(paths)
    , m_pictures(pictures)
    , m_clock(clock)
    , m_tokens(access::makeKeyringTokenStore())
    , m_accounts(paths.accounts())
    , m_setup(*m_tokens)
{}

void AccountCommand::run()
{
    switch (m_arguments.action) {
    case AccountArguments::Action::Add:
        return add();
    case AccountArguments::Action::List:
        return list();
    case AccountArguments::Action::Remove:
        return remove();
    case AccountArguments::Action::SignIn:
        return signIn();
    }
}

void AccountCommand::list()
{
    const auto accounts = m_accounts.all();
    if (!accounts)
        return fail(accounts.error());
    for (const Account& account : *accounts) {
        const QString url = account.url.toString();
        output().print({{u"account"_s, account.name},
                        {u"url"_s, account.isLocal() ? QJsonValue() : QJsonValue(url)}},
                       account.isLocal() ? tr("%1  the gallery on this computer").arg(account.name)
                                         : tr("%1  %2").arg(account.name, url));
    }
    Q_EMIT finished(kAllDone);
}

// Looked at first: an address that leads nowhere is told now, and not at the first upload.
void AccountCommand::add()
{
    const auto url = session::galleryUrl(m_arguments.url);
    if (!url)
        return fail(url.error());
    whenDone(this, m_setup.look(*url), [this, url](const Result<Found>& found) {
        if (!found)
            return fail(found.error());
        const auto account = m_accounts.add(m_arguments.name, *url);
        if (!account)
            return fail(account.error());
        tellAdded(*account, *found);
        Q_EMIT finished(kAllDone);
    });
}

void AccountCommand::tellAdded(const Account& account, const Found& found)
{
    const QString sentence =
        found.isClosed()
            ? tr("%1 was added. It shows nothing to guests: vitrinectl account sign-in %1")
            : tr("%1 was added, to look at as a guest. To share there: vitrinectl account sign-in "
                 "%1");
    output().print({{u"account"_s, account.name},
                    {u"url"_s, account.url.toString()},
                    {u"server"_s, word(found.dialect)},
                    {u"open"_s, !found.isClosed()}},
                   sentence.arg(account.name));
}

void AccountCommand::remove()
{
    const auto account = m_accounts.find(m_arguments.name);
    if (!account)
        return fail(account.error());
    if (account->isLocal())
        return fail(m_accounts.remove(account->name).error());
    removeIfNothingWaits(*account);
}

void AccountCommand::removeIfNothingWaits(const Account& account)
{
    auto session = std::make_shared<session::Session>(
        m_paths, account, access::makeMemoryTokenStore(), m_pictures, m_clock);
    whenDone(this, session->outbox().look(), [this, account, session](const Result<void>& looked) {
        if (!looked)
            return fail(looked.error());
        const int waiting = session->transfers().summary().unfinished;
        if (waiting > 0)
            return fail({ErrorKind::InvalidInput,
                         u"%1 changes were not sent yet; vitrinectl sync sends them"_s.arg(waiting),
                         {}});
        forget(account);
    });
}

void AccountCommand::forget(const Account& account)
{
    whenDone(this, m_setup.signOut(account), [this, account](const Result<void>& signedOut) {
        const bool hasSecret = !signedOut && signedOut.error().kind != ErrorKind::KeyringAbsent;
        if (hasSecret)
            return fail(
                signedOut.error()); // it would stay in the keyring with nobody to know of it
        const auto removed = m_accounts.remove(account.name);
        if (!removed)
            return fail(removed.error());
        QDir(m_paths.accountData(account.id)).removeRecursively();
        QDir(m_paths.accountCache(account.id)).removeRecursively();
        end({}, tr("%1 is forgotten.").arg(account.name));
    });
}

Result<Credential> AccountCommand::typedCredential() const
{
    const auto secret = secretFrom(m_arguments.secretFile);
    if (!secret)
        return failure(secret.error());
    if (m_arguments.clientId.isEmpty())
        return access::PersonToken{*secret};
    return access::ServiceToken{m_arguments.clientId, *secret};
}

void AccountCommand::signIn()
{
    const auto account = m_accounts.find(m_arguments.name);
    if (!account)
        return fail(account.error());
    if (account->isLocal())
        return end({}, tr("The gallery on this computer needs no sign-in."));
    const auto credential = typedCredential();
    if (!credential)
        return fail(credential.error());
    whenDone(this, m_setup.signIn(*account, *credential), [this](const Result<void>& signedIn) {
        end(signedIn, tr("%1: signed in.").arg(m_arguments.name));
    });
}

void AccountCommand::end(const Result<void>& outcome, const QString& text)
{
    if (!outcome)
        return fail(outcome.error());
    output().print({{u"account"_s, m_arguments.name}, {u"done"_s, true}}, text);
    Q_EMIT finished(kAllDone);
}

void AccountCommand::fail(const Error& error)
{
    output().complain(m_arguments.name, error);
    Q_EMIT finished(error.kind == ErrorKind::InvalidInput ? kUsage : kSomeFailed);
}

} // namespace vitrine::cli
