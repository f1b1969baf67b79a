// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/accountassistant.h"

#include "app/base/messages.h"
#include "app/base/whendone.h"
#include "ui/accounts/addressstep.h"
#include "ui/accounts/foundstep.h"
#include "ui/accounts/signinstep.h"

#include <QDesktopServices>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace vitrine::ui {

using session::Account;
using session::Found;

namespace {

constexpr QSize kSize(480, 370); // room for the fullest step, so that it does not jump

} // namespace

AccountAssistant::AccountAssistant(session::Accounts& accounts, access::TokenStore& tokens,
                                   QWidget* window)
    : QDialog(window)
    , m_accounts(accounts)
    , m_setup(tokens)
    , m_browser(&QDesktopServices::openUrl)
    , m_steps(new QStackedWidget(this))
    , m_address(new AddressStep)
    , m_found(new FoundStep)
    , m_signIn(new SignInStep)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_steps);
    for (QWidget* step : {static_cast<QWidget*>(m_address), static_cast<QWidget*>(m_found),
                          static_cast<QWidget*>(m_signIn)})
        m_steps->addWidget(step);
    resize(kSize.expandedTo(sizeHint()));

    connect(m_address, &AddressStep::given, this, &AccountAssistant::look);
    connect(m_address, &AddressStep::cancelled, this, &QDialog::reject);
    connect(m_found, &FoundStep::backRequested, this, [this] { show(*m_address); });
    connect(m_found, &FoundStep::guestChosen, this,
            [this](const QString& name) { add(name, Visit::Guest); });
    connect(m_found, &FoundStep::signInChosen, this,
            [this](const QString& name) { add(name, Visit::Owner); });
    connect(m_signIn, &SignInStep::given, this, &AccountAssistant::signIn);
    connect(m_signIn, &SignInStep::browserChosen, this, &AccountAssistant::signInByBrowser);
    connect(m_signIn, &SignInStep::visitStopped, &m_browser, &session::BrowserSignIn::stop);
    connect(m_signIn, &SignInStep::cancelled, this, &QDialog::reject);
}

void AccountAssistant::beginWithAddress()
{
    setWindowTitle(tr("Add a gallery"));
    begin(*m_address);
}

void AccountAssistant::beginWithSignIn(const Account& account)
{
    askForSignIn(account);
    begin(*m_signIn);
}

void AccountAssistant::begin(QWidget& step)
{
    show(step);
    open();
}

void AccountAssistant::show(QWidget& step)
{
    m_steps->setCurrentWidget(&step);
    step.setFocus();
}

void AccountAssistant::look(const QString& typed)
{
    const auto url = session::galleryUrl(typed);
    if (!url)
        return m_address->tell(messageFor(url.error()));
    m_address->setBusy(true);
    whenDone(this, m_setup.look(*url), [this, url = *url](const Result<Found>& found) {
        m_address->setBusy(false);
        if (!found)
            return m_address->tell(messageFor(found.error()));
        m_url = url;
        m_found->describe(url, *found);
        show(*m_found);
    });
}

void AccountAssistant::add(const QString& name, Visit visit)
{
    m_found->setBusy(true);
    whenDone(this, m_accounts.add(name, m_url), [this, visit](const Result<Account>& account) {
        m_found->setBusy(false);
        if (!account)
            return m_found->tell(messageFor(account.error()));
        Q_EMIT added(*account);
        if (visit == Visit::Guest)
            return accept();
        askForSignIn(*account);
        show(*m_signIn);
    });
}

void AccountAssistant::askForSignIn(const Account& account)
{
    m_account = account;
    setWindowTitle(tr("Sign in"));
    m_signIn->askFor(account);
}

void AccountAssistant::signInByBrowser()
{
    using access::Credential;
    m_signIn->setVisiting(true);
    const auto got = m_browser.signIn(m_account.url);
    whenDone(this, got, [this](const Result<Credential>& credential) {
        m_signIn->setVisiting(false);
        if (!credential)
            return m_signIn->tell(messageFor(credential.error()));
        raise();
        activateWindow(); // from behind the browser
        signIn(*credential);
    });
}

void AccountAssistant::signIn(const access::Credential& credential)
{
    m_signIn->setBusy(true);
    const auto tried = m_setup.signIn(m_account, credential);
    whenDone(this, tried, [this](const Result<void>& taken) {
        m_signIn->setBusy(false);
        if (!taken)
            return m_signIn->tell(taken.error());
        Q_EMIT signedIn(m_account);
        accept();
    });
}

} // namespace vitrine::ui
