// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "app/base/messages.h"
#include "app/session/session.h"
#include "ui/accountpage.h"
#include "ui/accounts/accountactions.h"
#include "ui/accounts/accountname.h"
#include "ui/settings/appsettings.h"
#include "ui/window/noticestack.h"

#include <QCloseEvent>
#include <QScreen>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using session::Account;

namespace {

constexpr QSize kFirstSize(1280, 820);
constexpr QSize kSmallestSize(640, 480);
constexpr QSize kRoomForFrame(16, 48); // what window managers put around a window
constexpr int kAccountKeys = 9;        // Alt+1 to Alt+9
const QString kTrouble = u"account"_s;

} // namespace

/// An account that was opened. The page goes first, for it looks at the session.
struct MainWindow::Opened {
    std::unique_ptr<session::Session> session;
    std::unique_ptr<AccountPage> page;
    Sidebar::AccountState state = Sidebar::AccountState::Busy;
    QString words = {};
    bool isStarted = false;
};

MainWindow::MainWindow(MakeSession makeSession, AccountActions& actions, AppSettings& settings,
                       const Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_makeSession(std::move(makeSession))
    , m_actions(actions)
    , m_settings(settings)
    , m_clock(clock)
    , m_pages(new QStackedWidget(this))
{
    setWindowTitle(tr("Vitrine"));
    setMinimumSize(kSmallestSize);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    resize(kFirstSize.boundedTo(screen()->availableSize() - kRoomForFrame));
    restoreGeometry(m_settings.windowGeometry());
    addKeys();
    connectActions();
}

MainWindow::~MainWindow() = default;

MainWindow::Opened& MainWindow::opened(const Account& account)
{
    const auto found = std::find_if(m_opened.begin(), m_opened.end(), [&](const auto& each) {
        return each->session->account().id == account.id;
    });
    if (found != m_opened.end())
        return **found;
    auto session = m_makeSession(account);
    auto page = std::make_unique<AccountPage>(*session, m_settings, m_clock);
    m_opened.push_back(
        std::make_unique<Opened>(Opened{.session = std::move(session), .page = std::move(page)}));
    m_pages->addWidget(m_opened.back()->page.get());
    connectPage(*m_opened.back()->page);
    showAccounts();
    return *m_opened.back();
}

AccountPage& MainWindow::pageOf(const Account& account)
{
    return *opened(account).page;
}

AccountPage& MainWindow::page()
{
    return *static_cast<AccountPage*>(m_pages->currentWidget());
}

void MainWindow::openAccount(const Account& account)
{
    Opened& chosen = opened(account);
    m_pages->setCurrentWidget(chosen.page.get());
    if (!std::exchange(chosen.isStarted, true))
        chosen.session->start(session::Session::Outgoing::Resident);
    setWindowTitle(account.isLocal() ? tr("Vitrine") : tr("%1 – Vitrine").arg(account.name));
    m_settings.setLastAccount(account.id);
    showAccounts();
    chosen.page->focusContent();
}

void MainWindow::connectPage(AccountPage& page)
{
    const Account account = page.session().account();
    connect(&page, &AccountPage::standingChanged, this,
            [this, account](Sidebar::AccountState state, const QString& words) {
                Opened& one = opened(account);
                one.state = state;
                one.words = words;
                showAccounts();
            });
    connect(&page, &AccountPage::closingAgreed, this, &QWidget::close);
    connect(&page, &AccountPage::signInRequested, this,
            [this, account] { m_actions.signIn(account, *this); });
    const Sidebar& sidebar = page.sidebar();
    connect(&sidebar, &Sidebar::accountChosen, this, &MainWindow::openAccount);
    connect(&sidebar, &Sidebar::addAccountRequested, this, [this] { m_actions.add(*this); });
    connect(&sidebar, &Sidebar::foldersRequested, this, [this](const Account& chosen) {
        openAccount(chosen);
        this->page().showWatchedFolders();
    });
    connect(&sidebar, &Sidebar::speedLimitsRequested, this, [this](const Account& chosen) {
        openAccount(chosen);
        this->page().showSpeedLimits();
    });
    connect(&sidebar, &Sidebar::signInRequested, this,
            [this](const Account& chosen) { m_actions.signIn(chosen, *this); });
    connect(&sidebar, &Sidebar::signOutRequested, &m_actions, &AccountActions::signOut);
    connect(&sidebar, &Sidebar::removeRequested, this,
            [this](const Account& chosen) { m_actions.askToRemove(chosen, *this); });
}

void MainWindow::connectActions()
{
    connect(&m_actions, &AccountActions::listed, this, &MainWindow::setAccounts);
    connect(&m_actions, &AccountActions::added, this, &MainWindow::openAccount);
    connect(&m_actions, &AccountActions::signInChanged, this, [this](const Account& account) {
        Opened& one = opened(account);
        if (one.isStarted)
            one.session->signInAgain();
    });
    connect(&m_actions, &AccountActions::removalAgreed, this, [this](const Account& account) {
        QList<Account> others = m_accounts;
        others.removeOne(account); // nobody opens it again meanwhile
        setAccounts(others);
        closeAccount(account);
        m_actions.remove(account);
    });
    connect(&m_actions, &AccountActions::removed, this,
            [this](const Account& account) { m_settings.setSpeedLimits(account.id, {}); });
    connect(&m_actions, &AccountActions::failed, this, [this](const Error& error) {
        page().toasts().tell(kTrouble,
                             {.level = NoticeBar::Level::Error, .sentence = messageFor(error)});
    });
}

void MainWindow::addKeys()
{
    for (int number = 1; number <= kAccountKeys; ++number) {
        auto* key = new QShortcut(QKeyCombination(Qt::ALT, Qt::Key(Qt::Key_0 + number)), this);
        connect(key, &QShortcut::activated, this, [this, number] {
            if (number <= m_accounts.size())
                openAccount(m_accounts[number - 1]);
        });
    }
}

// What it was about to send stays on the disk, and keeps the account from being forgotten.
void MainWindow::closeAccount(const Account& account)
{
    if (page().session().account().id == account.id)
        openAccount(Account::local());
    std::erase_if(m_opened,
                  [&](const auto& each) { return each->session->account().id == account.id; });
}

void MainWindow::setAccounts(const QList<Account>& accounts)
{
    m_accounts = accounts;
    showAccounts();
}

void MainWindow::showAccounts()
{
    for (const auto& one : m_opened) {
        Sidebar& sidebar = one->page->sidebar();
        sidebar.setAccounts(m_accounts, one->session->account().id);
        for (const auto& each : m_opened)
            sidebar.setAccountState(each->session->account().id, each->state, each->words);
    }
}

// What is staged for an account that is not in sight is shown before it is asked about.
void MainWindow::closeEvent(QCloseEvent* event)
{
    for (const auto& one : m_opened) {
        if (one->page->mayClose())
            continue;
        openAccount(one->session->account());
        event->ignore();
        return;
    }
    m_settings.setWindowGeometry(saveGeometry());
    QWidget::closeEvent(event);
}

} // namespace vitrine::ui
