// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/accounts.h"

#include <QObject>
#include <QPointer>

class QWidget;

namespace vitrine::ui {

class AccountAssistant;

/// What a person does with accounts: adds one, signs in and out, forgets one. Each dialog belongs
/// to the window that it is asked for on.
class AccountActions final : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it; \a tokens is where sign-ins are kept.
    AccountActions(session::Accounts& accounts, access::TokenStore& tokens,
                   QObject* parent = nullptr);

    /// Reads the list: listed() follows.
    void list();
    void add(QWidget& window);
    void signIn(const session::Account& account, QWidget& window);
    void signOut(const session::Account& account);
    /// removalAgreed() follows, or nothing.
    void askToRemove(const session::Account& account, QWidget& window);
    /// Forgets it; no session may use it any more.
    void remove(const session::Account& account);

Q_SIGNALS:
    void listed(const QList<vitrine::session::Account>& accounts);
    /// It is in the list, and to be shown.
    void added(const vitrine::session::Account& account);
    void signInChanged(const vitrine::session::Account& account);
    void removalAgreed(const vitrine::session::Account& account);
    /// It is forgotten.
    void removed(const vitrine::session::Account& account);
    void failed(const vitrine::Error& error);

private:
    AccountAssistant& assistant(QWidget& window);

    session::Accounts& m_accounts;
    access::TokenStore& m_tokens;
    QPointer<AccountAssistant> m_assistant;
};

} // namespace vitrine::ui
