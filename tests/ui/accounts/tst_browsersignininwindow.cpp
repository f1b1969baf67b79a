// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/oauthgallery.h"
#include "tests/support/standin.h"
#include "tests/ui/accounts/accountsfixture.h"
#include "tests/ui/support/browserdouble.h"

#include <QScopeGuard>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;

/// Signing in by the browser, on the assistant's last step.
class TestBrowserSignInInWindow : public test::AccountsFixture
{
    Q_OBJECT

private Q_SLOTS:
    void aPersonSignsInByTheBrowser();
    void theGallerysOwnPageSignsIn();
    void aVisitCanBeStopped();
    void aVisitThatFailsSaysWhy();

private:
    void chooseBrowser()
    {
        QTest::mouseClick(button(step<ui::SignInStep>(), u"Sign in in the browser…"_s),
                          Qt::LeftButton);
    }
};

void TestBrowserSignInInWindow::aPersonSignsInByTheBrowser()
{
    const access::Secret token =
        m_server.newPersonToken(u"ada@example.org"_s, std::chrono::hours(1));
    const QTemporaryDir programs;
    test::standIn(programs.path(), u"cloudflared"_s, "echo " + token.reveal());
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
             access::Credential(access::PersonToken{token}));
}

void TestBrowserSignInInWindow::theGallerysOwnPageSignsIn()
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

void TestBrowserSignInInWindow::aVisitCanBeStopped()
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

void TestBrowserSignInInWindow::aVisitThatFailsSaysWhy()
{
    test::OAuthGallery gallery;
    gallery.mood.refusal = "error=access_denied";
    const test::BrowserDouble browser([&](const QUrl& page) { gallery.visit(page); });
    addClosed(gallery.url());
    chooseBrowser();
    QTRY_VERIFY(isTold(u"The gallery does not admit whoever is signed in."_s));
    m_live.reset();
}

QTEST_MAIN(TestBrowserSignInInWindow)
#include "tst_browsersignininwindow.moc"
