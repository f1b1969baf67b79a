// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/localserver.h"
#include "tests/ui/support/livewindow.h"
#include "ui/accounts/accountassistant.h"
#include "ui/accounts/addressstep.h"
#include "ui/accounts/foundstep.h"
#include "ui/accounts/sidebarentry.h"
#include "ui/accounts/signinstep.h"

#include <QPushButton>
#include <QTest>

namespace vitrine::test {

using namespace Qt::StringLiterals;
using session::Account;
using session::Session;

/// A window, another one for each test, and a gallery elsewhere that can be added to it, with what
/// a person does in the assistant.
class AccountsFixture : public QObject
{
    Q_OBJECT

protected Q_SLOTS:
    void init();
    void cleanup() { m_live.reset(); }

protected:
    ui::MainWindow& window() { return m_live->window; }
    access::ServiceToken issueToken() const;
    ui::AccountAssistant* assistant() { return window().findChild<ui::AccountAssistant*>(); }
    template <typename Step>
    Step& step()
    {
        return *assistant()->findChild<Step*>();
    }
    QPushButton* button(QWidget& parent, const QString& text);
    ui::SidebarEntry* entry(const QString& name);
    void typeAddress(const QString& address);
    void typeToken(const access::ServiceToken& token);
    void addAsGuest();
    /// As far as the last step, of a gallery that shows guests nothing.
    void addClosed(const QUrl& url);
    static bool isShown(const QString& text, const QWidget& where);
    bool isTold(const QString& beginning) { return isShown(beginning, step<ui::SignInStep>()); }
    /// "Sign in…" or the like of the menu of the gallery elsewhere.
    void chooseInMenu(const QString& text);
    Account elsewhere() { return window().page().session().account(); }
    bool isOnline() { return window().page().session().state() == Session::State::Online; }

    const decoding::SandboxedPictureReader m_pictures{sandboxTerms()};
    LocalServer m_server{m_pictures};
    std::unique_ptr<LiveWindow> m_live;
};

} // namespace vitrine::test
