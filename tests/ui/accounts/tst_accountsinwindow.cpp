// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/persontokens.h"
#include "app/backend/server.h"
#include "app/backend/servicetokens.h"
#include "tests/support/oauthgallery.h"
#include "tests/support/pictures.h"
#include "tests/support/referenceserver.h"
#include "tests/support/standin.h"
#include "tests/ui/support/browserdouble.h"
#include "tests/ui/support/livewindow.h"
#include "ui/accounts/accountassistant.h"
#include "ui/accounts/addressstep.h"
#include "ui/accounts/foundstep.h"
#include "ui/accounts/sidebarentry.h"
#include "ui/accounts/signinstep.h"
#include "ui/common/toggleswitch.h"
#include "ui/details/detailspanel.h"
#include "ui/staging/stagingpage.h"
#include "ui/window/noticestack.h"

#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QScopeGuard>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using session::Account;
using session::Session;
using test::LiveWindow;

/// Several galleries in one window: adding them by the assistant, going from one to the other,
/// signing in and out, forgetting.
class TestAccountsInWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_live.reset(); }

    void aGalleryIsAddedAsAGuest();
    void theOwnerSignsInOnTheWay();
    void aBadAddressSaysWhy();
    void aBadSignInSaysWhyAndKeepsNothing();
    void aGuestSignsInLater();
    void aPersonSignsInByTheBrowser();
    void theGallerysOwnPageSignsIn();
    void aVisitCanBeStopped();
    void aVisitThatFailsSaysWhy();
    void whatTheGalleryLacksIsGreyedOut();
    void signingOutLeavesAGuest();
    void whatWasOpenedGoesOn();
    void stagedPicturesElsewhereKeepTheWindowOpen();
    void aForgottenGalleryIsGone();
    void theLastOneIsOpenedAgain();
    void keysLeadToTheGalleries();

private:
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
    void chooseBrowser()
    {
        QTest::mouseClick(button(step<ui::SignInStep>(), u"Sign in in the browser…"_s),
                          Qt::LeftButton);
    }
    static bool isShown(const QString& text, const QWidget& where);
    bool isTold(const QString& beginning) { return isShown(beginning, step<ui::SignInStep>()); }
    /// "Sign in…" or the like of the menu of the gallery elsewhere.
    void chooseInMenu(const QString& text);
    Account elsewhere() { return window().page().session().account(); }
    bool isOnline() { return window().page().session().state() == Session::State::Online; }

    QTemporaryDir m_served;
    std::unique_ptr<LiveWindow> m_live;
    std::unique_ptr<backend::Server> m_server;
};

void TestAccountsInWindow::init()
{
    m_live = std::make_unique<LiveWindow>();
    m_live->settings.setUndoTime({});
    if (!m_server) {
        backend::ServerOptions options;
        options.dataDirectory = m_served.filePath(u"data"_s);
        auto started = backend::Server::start(options, m_live->pictures);
        QVERIFY(started);
        m_server = *std::move(started);
    }
    QVERIFY(m_live->start());
}

access::ServiceToken TestAccountsInWindow::issueToken() const
{
    return backend::issueServiceToken(m_served.filePath(u"data"_s), u"me"_s,
                                      backend::TokenLife::Kept)
        .value();
}

QPushButton* TestAccountsInWindow::button(QWidget& parent, const QString& text)
{
    const auto buttons = parent.findChildren<QPushButton*>();
    for (QPushButton* each : buttons) {
        if (each->text() == text)
            return each;
    }
    return nullptr;
}

ui::SidebarEntry* TestAccountsInWindow::entry(const QString& name)
{
    const auto entries = window().page().sidebar().findChildren<ui::SidebarEntry*>();
    for (ui::SidebarEntry* each : entries) {
        if (each->text() == name && each->isVisible())
            return each;
    }
    return nullptr;
}

void TestAccountsInWindow::typeAddress(const QString& address)
{
    QTest::mouseClick(entry(u"Add a gallery…"_s), Qt::LeftButton);
    QVERIFY(assistant());
    QVERIFY(step<ui::AddressStep>().isVisible());
    step<ui::AddressStep>().findChild<QLineEdit*>()->setText(address);
    QTest::keyClick(assistant(), Qt::Key_Return);
}

void TestAccountsInWindow::typeToken(const access::ServiceToken& token)
{
    const auto fields = step<ui::SignInStep>().findChildren<QLineEdit*>();
    for (QLineEdit* field : fields) {
        if (field->isVisible())
            field->setText(field->echoMode() == QLineEdit::Password
                               ? QString::fromLatin1(token.clientSecret.reveal())
                               : token.clientId);
    }
    QTest::keyClick(assistant(), Qt::Key_Return);
}

void TestAccountsInWindow::addAsGuest()
{
    typeAddress(m_server->url().toString());
    QTRY_VERIFY(step<ui::FoundStep>().isVisible());
    step<ui::FoundStep>().findChild<QLineEdit*>()->setText(u"Tower"_s);
    QTest::mouseClick(button(step<ui::FoundStep>(), u"Look as a guest"_s), Qt::LeftButton);
    QTRY_VERIFY(!assistant());
    QTRY_VERIFY(entry(u"Tower"_s));
    QTRY_VERIFY(isOnline());
}

void TestAccountsInWindow::addClosed(const QUrl& url)
{
    typeAddress(url.toString());
    QTRY_VERIFY(step<ui::FoundStep>().isVisible());
    QTest::keyClick(assistant(), Qt::Key_Return);
    QTRY_VERIFY(step<ui::SignInStep>().isVisible());
}

bool TestAccountsInWindow::isShown(const QString& text, const QWidget& where)
{
    const auto labels = where.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
        return label->isVisible() && label->text().contains(text);
    });
}

void TestAccountsInWindow::chooseInMenu(const QString& text)
{
    Q_EMIT entry(u"Tower"_s)->customContextMenuRequested({});
    const auto actions = window().page().sidebar().findChild<QMenu*>()->actions();
    for (QAction* action : actions) {
        if (action->text() == text)
            action->trigger();
    }
}

void TestAccountsInWindow::aGalleryIsAddedAsAGuest()
{
    addAsGuest();
    QCOMPARE(elsewhere().name, u"Tower"_s);
    QVERIFY(window().page().session().isGuest());
    QVERIFY(window().windowTitle().contains(u"Tower"_s));
    QTest::mouseClick(entry(u"This computer"_s), Qt::LeftButton);
    QVERIFY(elsewhere().isLocal());
    QVERIFY(isOnline());
}

void TestAccountsInWindow::theOwnerSignsInOnTheWay()
{
    typeAddress(m_server->url().toString());
    QTRY_VERIFY(step<ui::FoundStep>().isVisible());
    QTest::keyClick(assistant(), Qt::Key_Return); // the name that is offered, and to sign in
    QTRY_VERIFY(step<ui::SignInStep>().isVisible());
    const access::ServiceToken token = issueToken();
    typeToken(token);
    QTRY_VERIFY(!assistant());
    QTRY_VERIFY(isOnline() && !window().page().session().isGuest());
    const auto kept = m_live->signIns->read(elsewhere().id).result();
    QCOMPARE(kept.value(), access::Credential(token));
}

void TestAccountsInWindow::aBadAddressSaysWhy()
{
    typeAddress(u"http://photos.example.org"_s);
    const auto labels = step<ui::AddressStep>().findChildren<QLabel*>();
    const bool isTold = std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->isVisible() && label->text().contains(u"https address"_s);
    });
    QVERIFY(isTold);
    QVERIFY(step<ui::AddressStep>().isVisible());
    QTest::keyClick(assistant(), Qt::Key_Escape);
    QTRY_VERIFY(!assistant());
    QCOMPARE(m_live->accounts.all().result().value().size(), 1);
}

void TestAccountsInWindow::aBadSignInSaysWhyAndKeepsNothing()
{
    typeAddress(m_server->url().toString());
    QTRY_VERIFY(step<ui::FoundStep>().isVisible());
    QTest::keyClick(assistant(), Qt::Key_Return);
    QTRY_VERIFY(step<ui::SignInStep>().isVisible());
    access::ServiceToken wrong = issueToken();
    wrong.clientSecret = access::Secret("wrong");
    typeToken(wrong);
    QTRY_VERIFY(isTold(u"The gallery does not take"_s));
    QVERIFY(step<ui::SignInStep>().isVisible());
    QTest::mouseClick(button(step<ui::SignInStep>(), u"Later"_s), Qt::LeftButton);
    QTRY_VERIFY(!assistant());
    QTRY_VERIFY(isOnline());
    QVERIFY(window().page().session().isGuest());
    QCOMPARE(m_live->signIns->read(elsewhere().id).result().value(), access::Credential());
}

void TestAccountsInWindow::aPersonSignsInByTheBrowser()
{
    const auto token = backend::issuePersonToken(m_served.filePath(u"data"_s), u"ada@example.org"_s,
                                                 std::chrono::hours(1));
    QVERIFY(token);
    const QTemporaryDir programs;
    test::standIn(programs.path(), u"cloudflared"_s, "echo " + token->reveal());
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", programs.path().toLocal8Bit() + ':' + path);
    const auto restored = qScopeGuard([&] { qputenv("PATH", path); });

    addAsGuest();
    chooseInMenu(u"Sign in…"_s);
    QTRY_VERIFY(assistant() && step<ui::SignInStep>().isVisible());
    chooseBrowser();
    QTRY_VERIFY(!assistant());
    QTRY_VERIFY(isOnline() && !window().page().session().isGuest());
    QCOMPARE(window().page().session().identity().who, u"ada@example.org"_s);
    QTRY_VERIFY(entry(u"Tower"_s)->toolTip().contains(u"ada@example.org"_s));
    QCOMPARE(m_live->signIns->read(elsewhere().id).result().value(),
             access::Credential(access::PersonToken{*token}));
}

void TestAccountsInWindow::theGallerysOwnPageSignsIn()
{
    test::OAuthGallery gallery;
    const test::BrowserDouble browser([&](const QUrl& page) { gallery.visit(page); });
    addClosed(gallery.url());
    chooseBrowser();
    QTRY_VERIFY(!assistant());
    QTRY_VERIFY(isOnline() && !window().page().session().isGuest());
    QCOMPARE(window().page().session().identity().who, u"ada@example.org"_s);
    const auto kept = m_live->signIns->read(elsewhere().id).result().value();
    QCOMPARE(std::get<access::OAuthToken>(kept).refreshToken.reveal(), gallery.refreshToken());
    m_live.reset(); // before its gallery
}

void TestAccountsInWindow::aVisitCanBeStopped()
{
    test::OAuthGallery gallery;
    bool isShown = false;
    const test::BrowserDouble browser([&](const QUrl&) { isShown = true; });
    addClosed(gallery.url());
    chooseBrowser();
    QTRY_VERIFY(isShown);
    QTest::mouseClick(button(step<ui::SignInStep>(), u"Stop"_s), Qt::LeftButton);
    QTRY_VERIFY(isTold(u"Stopped, as asked."_s));
    QVERIFY(button(step<ui::SignInStep>(), u"Sign in"_s)->isEnabled()); // the other ways are open
    QTest::mouseClick(button(step<ui::SignInStep>(), u"Later"_s), Qt::LeftButton);
    QTRY_VERIFY(!assistant());
    QVERIFY(m_live->signIns->read(elsewhere().id).result().value() == access::Credential());
    m_live.reset();
}

void TestAccountsInWindow::aVisitThatFailsSaysWhy()
{
    test::OAuthGallery gallery;
    gallery.mood.refusal = "error=access_denied";
    const test::BrowserDouble browser([&](const QUrl& page) { gallery.visit(page); });
    addClosed(gallery.url());
    chooseBrowser();
    QTRY_VERIFY(isTold(u"The gallery does not admit whoever is signed in."_s));
    m_live.reset();
}

void TestAccountsInWindow::aGuestSignsInLater()
{
    addAsGuest();
    chooseInMenu(u"Sign in…"_s);
    QTRY_VERIFY(assistant() && step<ui::SignInStep>().isVisible());
    typeToken(issueToken());
    QTRY_VERIFY(!assistant());
    QTRY_VERIFY(isOnline() && !window().page().session().isGuest());
}

void TestAccountsInWindow::whatTheGalleryLacksIsGreyedOut()
{
    test::ReferenceServer reference;
    addClosed(reference.url());
    typeToken({QString::fromLatin1(test::ReferenceServer::kClientId),
               access::Secret(test::ReferenceServer::kClientSecret)});
    QTRY_VERIFY(!assistant());
    QTRY_VERIFY(isOnline() && !window().page().session().isGuest());
    const QString photo =
        test::writeTo(m_live->path({}), u"a.jpg"_s, test::jpeg(test::picture({300, 200})));
    QVERIFY(window().page().session().outbox().share({{.source = photo}}).isValid());
    QTRY_COMPARE(window().page().session().gallery().model().rowCount(), 1);
    QTRY_COMPARE(window().page().session().transfers().summary().unfinished, 0);
    m_live->select({0});

    auto& details = *window().page().findChild<ui::DetailsPanel*>();
    QVERIFY(!button(details, u"Delete"_s)->isEnabled());
    QVERIFY(!details.findChild<ui::ToggleSwitch*>()->isEnabled());
    QVERIFY(button(details, u"Download"_s)->isEnabled());
    QVERIFY(isShown(u"This gallery cannot change what was shared."_s, details));
    m_live->press(Qt::Key_Delete);
    QTRY_VERIFY(isShown(u"This gallery cannot delete what was shared."_s, window()));
    QCOMPARE(window().page().session().transfers().summary().failed, 0);
    m_live.reset(); // before its gallery
}

void TestAccountsInWindow::signingOutLeavesAGuest()
{
    aGuestSignsInLater();
    chooseInMenu(u"Sign out"_s);
    QTRY_VERIFY(isOnline() && window().page().session().isGuest());
    QCOMPARE(m_live->signIns->read(elsewhere().id).result().value(), access::Credential());
}

void TestAccountsInWindow::whatWasOpenedGoesOn()
{
    addAsGuest();
    const QString photo =
        test::writeTo(m_live->path({}), u"a.jpg"_s, test::jpeg(test::picture({300, 200})));
    QVERIFY(m_live->session.outbox().share({{.source = photo}}).isValid());
    QTRY_COMPARE(m_live->session.gallery().model().rowCount(), 1); // while the other is looked at
    QVERIFY(!elsewhere().isLocal());
    QCOMPARE(window().page().session().gallery().model().rowCount(), 0);
}

void TestAccountsInWindow::stagedPicturesElsewhereKeepTheWindowOpen()
{
    const QString photo =
        test::writeTo(m_live->path({}), u"a.jpg"_s, test::jpeg(test::picture({300, 200})));
    m_live->drop({photo});
    QTRY_COMPARE(m_live->session.staging().rowCount(), 1);
    addAsGuest();
    QVERIFY(!window().close());
    QVERIFY(elsewhere().isLocal());
    QVERIFY(window().findChild<QMessageBox*>());
}

void TestAccountsInWindow::aForgottenGalleryIsGone()
{
    aGuestSignsInLater();
    const Account account = elsewhere();
    chooseInMenu(u"Forget this gallery…"_s);
    auto* question = window().findChild<QMessageBox*>();
    QVERIFY(question);
    QTest::mouseClick(button(*question, u"Forget it"_s), Qt::LeftButton);
    QVERIFY(elsewhere().isLocal());
    QTRY_VERIFY(!entry(u"Tower"_s));
    QCOMPARE(m_live->accounts.all().result().value(), QList<Account>{Account::local()});
    QCOMPARE(m_live->signIns->read(account.id).result().value(), access::Credential());
}

void TestAccountsInWindow::theLastOneIsOpenedAgain()
{
    addAsGuest();
    QCOMPARE(m_live->settings.lastAccount(), elsewhere().id);
    QTest::mouseClick(entry(u"This computer"_s), Qt::LeftButton);
    QCOMPARE(m_live->settings.lastAccount(), Account::local().id);
}

void TestAccountsInWindow::keysLeadToTheGalleries()
{
    addAsGuest();
    window().activateWindow(); // as a window manager does once the dialog is gone
    QTRY_VERIFY(window().isActiveWindow());
    m_live->press(Qt::Key_1, Qt::AltModifier);
    QVERIFY(elsewhere().isLocal());
    m_live->press(Qt::Key_2, Qt::AltModifier);
    QCOMPARE(elsewhere().name, u"Tower"_s);
    m_live->press(Qt::Key_3, Qt::AltModifier); // there is none
    QCOMPARE(elsewhere().name, u"Tower"_s);
}

QTEST_MAIN(TestAccountsInWindow)
#include "tst_accountsinwindow.moc"
