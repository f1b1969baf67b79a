// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/accounts.h"
#include "app/session/accountsetup.h"
#include "app/session/browsersignin.h"

#include <QDialog>

class QStackedWidget;

namespace vitrine::ui {

class AddressStep;
class FoundStep;
class SignInStep;

/// From an address to a gallery in at most three steps: where it is, what is there, who comes.
/// Whoever closes it earlier keeps what was reached by then.
class AccountAssistant final : public QDialog
{
    Q_OBJECT

public:
    /// Both must outlive it.
    AccountAssistant(session::Accounts& accounts, access::TokenStore& tokens, QWidget* window);

    void beginWithAddress();
    void beginWithSignIn(const session::Account& account);

Q_SIGNALS:
    void added(const vitrine::session::Account& account);
    void signedIn(const vitrine::session::Account& account);

private:
    enum class Visit { Guest, Owner };

    void begin(QWidget& step);
    void show(QWidget& step);
    void look(const QString& typed);
    void add(const QString& name, Visit visit);
    void askForSignIn(const session::Account& account);
    void signIn(const access::Credential& credential);
    void signInByBrowser();

    session::Accounts& m_accounts;
    session::AccountSetup m_setup;
    session::BrowserSignIn m_browser;
    QStackedWidget* const m_steps;
    AddressStep* const m_address;
    FoundStep* const m_found;
    SignInStep* const m_signIn;
    QUrl m_url;
    session::Account m_account; ///< who signs in to which
};

} // namespace vitrine::ui
