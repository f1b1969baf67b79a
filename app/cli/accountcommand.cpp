// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/accountcommand.h"

#include "app/base/file.h"
#include "app/base/readyfuture.h"
#include "app/base/whendone.h"
#include "app/cli/identitywords.h"
#include "app/session/foundwords.h"

#include <QFile>
#include <QProcess>

#include <cstdio>

namespace vitrine::cli {
namespace {

using namespace Qt::StringLiterals;
using access::Credential;
using session::Account;
using session::Dialect;
using session::Found;

constexpr qint64 kMaxSecret = 16 * 1024; // a person's token has some 1 to 8 kB

QString word(std::optional<Dialect> dialect)
{
    if (!dialect)
        return u"unknown"_s;
    switch (*dialect) {
    case Dialect::Vitrine:
        return u"vitrine"_s;
    case Dialect::Reference:
        return u"reference"_s;
    case Dialect::Article:
        return u"article"_s;
    }
    return {};
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
    , m_tokens(access::makeKeyringTokenStore())
    , m_list(paths.accounts())
    , m_accounts(paths, *m_tokens, pictures, clock)
    , m_setup(*m_tokens)
    , m_browser([this](const QUrl& page) { return showPage(page); })
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
    const auto accounts = m_list.all();
    if (!accounts)
        return fail(accounts.error());
    listSignedIn(*accounts);
}

// One after the other, as they are listed; where the keyring does not tell, nobody is named.
void AccountCommand::listSignedIn(QList<Account> left)
{
    if (left.isEmpty()) {
        Q_EMIT finished(kAllDone);
        return;
    }
    const Account account = left.takeFirst();
    const auto kept = account.isLocal() ? readyFuture(Result<Credential>(Credential()))
                                        : m_tokens->read(account.id);
    whenDone(this, kept, [this, account, left](const Result<Credential>& signIn) {
        tellListed(account, signIn.value_or(Credential()));
        listSignedIn(left);
    });
}

void AccountCommand::tellListed(const Account& account, const Credential& signIn)
{
    const QString url = account.url.toString();
    const auto identity = access::identityOf(signIn);
    const bool isSignedIn = !std::holds_alternative<std::monostate>(signIn);
    const QString until = identity.until.toString(Qt::ISODate);
    const QString line = account.isLocal()
                             ? tr("%1  the gallery on this computer").arg(account.name)
                             : tr("%1  %2").arg(account.name, url);
    output().print({{u"account"_s, account.name},
                    {u"url"_s, account.isLocal() ? QJsonValue() : QJsonValue(url)},
                    {u"signedInAs"_s, identity.who.isEmpty() ? QJsonValue() : identity.who},
                    {u"until"_s, until.isEmpty() ? QJsonValue() : until}},
                   isSignedIn ? line + u"  "_s + identityWords(identity) : line);
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
        const auto account = m_list.add(m_arguments.name, *url);
        if (!account)
            return fail(account.error());
        tellAdded(*account, *found);
        Q_EMIT finished(kAllDone);
    });
}

void AccountCommand::tellAdded(const Account& account, const Found& found)
{
    output().print(
        {{u"account"_s, account.name},
         {u"url"_s, account.url.toString()},
         {u"server"_s, word(found.dialect)},
         {u"open"_s, !found.isClosed()}},
        session::wordsFor(found) + u' ' +
            tr("%1 was added. To sign in: vitrinectl account sign-in %1").arg(account.name));
}

void AccountCommand::remove()
{
    const auto account = m_list.find(m_arguments.name);
    if (!account)
        return fail(account.error());
    whenDone(this, m_accounts.remove(*account), [this, account](const Result<void>& removed) {
        end(removed, tr("%1 is forgotten.").arg(account->name));
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
    const auto account = m_list.find(m_arguments.name);
    if (!account)
        return fail(account.error());
    if (account->isLocal())
        return end({}, tr("The gallery on this computer needs no sign-in."));
    if (m_arguments.usesBrowser)
        return signInByBrowser(*account);
    const auto credential = typedCredential();
    if (!credential)
        return fail(credential.error());
    tryCredential(*account, *credential);
}

void AccountCommand::signInByBrowser(const Account& account)
{
    output().note(tr("Sign in in the browser that opens now."));
    const auto signedIn = m_browser.signIn(account.url);
    whenDone(this, signedIn, [this, account](const Result<Credential>& credential) {
        if (!credential)
            return fail(credential.error());
        tryCredential(account, *credential);
    });
}

// Where none opens, the person does it: a shell is not always on a desktop.
bool AccountCommand::showPage(const QUrl& page)
{
    const QString address = page.toString(QUrl::FullyEncoded);
    output().note(tr("If none opens, open this address on this computer: %1").arg(address));
    QProcess opener;
    opener.setProgram(u"xdg-open"_s);
    opener.setArguments({address});
    for (const auto set : {&QProcess::setStandardOutputFile, &QProcess::setStandardErrorFile})
        (opener.*set)(QProcess::nullDevice(), QIODevice::Truncate);
    opener.startDetached();
    return true;
}

void AccountCommand::tryCredential(const Account& account, const Credential& credential)
{
    whenDone(this, m_setup.signIn(account, credential), [this](const Result<void>& signedIn) {
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
