// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/accountshots.h"

#include "app/backend/server.h"
#include "tests/ui/support/livewindow.h"
#include "tests/ui/window/photographer.h"
#include "ui/accounts/accountassistant.h"
#include "ui/accounts/addressstep.h"
#include "ui/accounts/foundstep.h"
#include "ui/accounts/signinstep.h"
#include "ui/common/toggleswitch.h"
#include "ui/settings/speedlimitsdialog.h"
#include "ui/transfers/transferslist.h"

#include <QTest>

namespace vitrine::test {

using namespace Qt::StringLiterals;
using session::Session;

namespace {

constexpr int kPatience = 30'000; // milliseconds

/// How fast a gallery elsewhere may be, and where that is said.
void shootSpeedLimits(LiveWindow& live, Photographer& camera)
{
    live.page().showSpeedLimits();
    auto& dialog = *live.window.findChild<ui::SpeedLimitsDialog*>();
    dialog.findChild<ui::ToggleSwitch*>()->click();
    camera.shoot(u"speed-limits"_s, dialog);
    camera.shootMirrored(u"speed-limits"_s, dialog);
    dialog.reject();
    live.page().transfersList().open();
    camera.shoot(u"transfers-limited"_s);
    camera.shootMirrored(u"transfers-limited"_s);
    live.page().transfersList().close();
}

} // namespace

void shootAccounts(LiveWindow& live, Photographer& camera)
{
    backend::ServerOptions options;
    options.dataDirectory = live.path(u"elsewhere"_s);
    auto server = backend::Server::start(options, live.pictures);
    if (!server)
        return;
    live.actions.add(live.window);
    auto& assistant = *live.window.findChild<ui::AccountAssistant*>();
    camera.shoot(u"account-address"_s, assistant);
    auto& address = *assistant.findChild<ui::AddressStep*>();
    Q_EMIT address.given(u"http://photos.example.org"_s);
    camera.shoot(u"account-bad-address"_s, assistant);
    Q_EMIT address.given((*server)->url().toString());
    auto& found = *assistant.findChild<ui::FoundStep*>();
    (void)QTest::qWaitFor([&] { return found.isVisible(); }, kPatience);
    camera.shoot(u"account-found"_s, assistant);
    Q_EMIT found.signInChosen(u"Family gallery"_s);
    auto& signIn = *assistant.findChild<ui::SignInStep*>();
    (void)QTest::qWaitFor([&] { return signIn.isVisible(); }, kPatience);
    camera.shoot(u"account-sign-in"_s, assistant);
    Q_EMIT signIn.cancelled();
    Session& session = live.page().session();
    (void)QTest::qWaitFor([&] { return session.state() == Session::State::Online; }, kPatience);
    camera.shoot(u"account-guest"_s);
    shootSpeedLimits(live, camera);
    live.window.openAccount(session::Account::local());
    camera.shoot(u"account-two"_s);
    server->reset();
    live.window.openAccount(session.account());
    session.refresh();
    (void)QTest::qWaitFor([&] { return session.state() == Session::State::Offline; }, kPatience);
    camera.shoot(u"account-unreachable"_s);
    live.window.openAccount(session::Account::local());
}

} // namespace vitrine::test
