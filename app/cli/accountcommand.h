// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/session/accounts.h"
#include "app/session/accountsetup.h"
#include "app/session/browsersignin.h"

namespace vitrine::cli {

/// vitrinectl account: adds, lists and forgets accounts, and signs in to them.
class AccountCommand final : public Command
{
    Q_OBJECT

public:
    /// \a pictures and \a clock must outlive it.
    AccountCommand(const Output& output, AccountArguments arguments, const Paths& paths,
                   const imaging::PictureReader& pictures, const Clock& clock);

    void run() override;

private:
    void add();
    void list();
    void listSignedIn(QList<session::Account> left);
    void tellListed(const session::Account& account, const access::Credential& signIn);
    void remove();
    void signIn();
    void signInByBrowser(const session::Account& account);
    bool showPage(const QUrl& page);
    void tryCredential(const session::Account& account, const access::Credential& credential);
    void tellAdded(const session::Account& account, const session::Found& found);
    Result<access::Credential> typedCredential() const;
    void end(const Result<void>& outcome, const QString& text);
    void fail(const Error& error);

    const AccountArguments m_arguments;
    const std::unique_ptr<access::TokenStore> m_tokens;
    session::AccountList m_list;
    session::Accounts m_accounts;
    session::AccountSetup m_setup;
    session::BrowserSignIn m_browser;
};

} // namespace vitrine::cli
