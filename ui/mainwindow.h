// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/session/accountlist.h"

#include <QList>
#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

class QStackedWidget;

namespace vitrine::session {
class Session;
}

namespace vitrine::ui {

class AccountActions;
class AccountPage;
class AppSettings;

/// The window: one page an account, of which one is shown. An account that was opened stays
/// connected and goes on sending while another is looked at.
class MainWindow final : public QWidget
{
    Q_OBJECT

public:
    /// A session that was not started yet.
    using MakeSession =
        std::function<std::unique_ptr<session::Session>(const session::Account& account)>;

    /// All must outlive the window. Nothing is shown before openAccount().
    MainWindow(MakeSession makeSession, AccountActions& actions, AppSettings& settings,
               const Clock& clock, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Shows the account; the first time, its session starts.
    void openAccount(const session::Account& account);
    /// The account's page; made, but not shown or started, if it was not opened yet.
    AccountPage& pageOf(const session::Account& account);
    /// The page that is shown.
    AccountPage& page();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    struct Opened;

    Opened& opened(const session::Account& account);
    void connectPage(AccountPage& page);
    void connectActions();
    void addKeys();
    void closeAccount(const session::Account& account);
    void setAccounts(const QList<session::Account>& accounts);
    void showAccounts();

    const MakeSession m_makeSession;
    AccountActions& m_actions;
    AppSettings& m_settings;
    const Clock& m_clock;
    QStackedWidget* const m_pages;
    QList<session::Account> m_accounts{session::Account::local()};
    std::vector<std::unique_ptr<Opened>> m_opened;
};

} // namespace vitrine::ui
