// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/pictures.h"
#include "tests/support/referenceserver.h"
#include "tests/ui/accounts/accountsfixture.h"
#include "ui/common/toggleswitch.h"
#include "ui/details/detailspanel.h"
#include "ui/staging/stagingpage.h"
#include "ui/window/noticestack.h"

#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using session::Account;
using session::Session;
using test::LiveWindow;

/// Several galleries in one window: adding them by the assistant, going from one to the other,
/// signing in and out, forgetting.
class TestAccountsInWindow : public test::AccountsFixture
{
    Q_OBJECT

private Q_SLOTS:
    void aGalleryIsAddedAsAGuest();
    void theOwnerSignsInOnTheWay();
    void aBadAddressSaysWhy();
    void aBadSignInSaysWhyAndKeepsNothing();
    void aGuestSignsInLater();
    void whatTheGalleryLacksIsGreyedOut();
    void signingOutLeavesAGuest();
    void whatWasOpenedGoesOn();
    void stagedPicturesElsewhereKeepTheWindowOpen();
    void aForgottenGalleryIsGone();
    void theLastOneIsOpenedAgain();
    void keysLeadToTheGalleries();
};

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
    typeAddress(m_server.url().toString());
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
    typeAddress(m_server.url().toString());
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
    QVERIFY(!entry(u"Tower"_s)); // nobody opens it while it goes
    QTRY_COMPARE(m_live->accounts.all().result().value(), QList<Account>{Account::local()});
    QVERIFY(!entry(u"Tower"_s));
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
