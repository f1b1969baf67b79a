// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/accountactions.h"

#include "app/base/whendone.h"
#include "ui/accounts/accountassistant.h"

#include <QMessageBox>
#include <QPushButton>

namespace vitrine::ui {

using session::Account;

AccountActions::AccountActions(session::Accounts& accounts, access::TokenStore& tokens,
                               QObject* parent)
    : QObject(parent), m_accounts(accounts), m_tokens(tokens)
{}

void AccountActions::list()
{
    whenDone(this, m_accounts.all(), [this](const Result<QList<Account>>& accounts) {
        if (accounts)
            Q_EMIT listed(*accounts);
        else
            Q_EMIT failed(accounts.error());
    });
}

void AccountActions::add(QWidget& window)
{
    assistant(window).beginWithAddress();
}

void AccountActions::signIn(const Account& account, QWidget& window)
{
    assistant(window).beginWithSignIn(account);
}

AccountAssistant& AccountActions::assistant(QWidget& window)
{
    if (!m_assistant) {
        m_assistant = new AccountAssistant(m_accounts, m_tokens, &window);
        m_assistant->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_assistant, &AccountAssistant::added, this, [this](const Account& account) {
            list();
            Q_EMIT added(account);
        });
        connect(m_assistant, &AccountAssistant::signedIn, this, &AccountActions::signInChanged);
    }
    return *m_assistant;
}

void AccountActions::signOut(const Account& account)
{
    whenDone(this, m_tokens.remove(account.id), [this, account](const Result<void>& removed) {
        if (removed)
            Q_EMIT signInChanged(account);
        else
            Q_EMIT failed(removed.error());
    });
}

void AccountActions::askToRemove(const Account& account, QWidget& window)
{
    auto* question = new QMessageBox(&window);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setIcon(QMessageBox::Question);
    question->setText(tr("Forget “%1”?").arg(account.name));
    question->setInformativeText(
        tr("Vitrine forgets the address, the sign-in and the previews. What is shared at %1 stays "
           "there.")
            .arg(account.url.host()));
    auto* forget = question->addButton(tr("Forget it"), QMessageBox::DestructiveRole);
    auto* keep = question->addButton(tr("Keep it"), QMessageBox::RejectRole);
    question->setDefaultButton(keep);
    question->setEscapeButton(keep);
    connect(forget, &QPushButton::clicked, this,
            [this, account] { Q_EMIT removalAgreed(account); });
    question->open();
}

void AccountActions::remove(const Account& account)
{
    whenDone(this, m_accounts.remove(account), [this, account](const Result<void>& outcome) {
        list();
        if (outcome)
            Q_EMIT removed(account);
        else
            Q_EMIT failed(outcome.error());
    });
}

} // namespace vitrine::ui
