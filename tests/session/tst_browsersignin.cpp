// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/browsersignin.h"
#include "tests/support/futures.h"
#include "tests/support/oauthgallery.h"
#include "tests/support/standin.h"

#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace Qt::StringLiterals;
using access::Credential;
using session::BrowserSignIn;
using test::await;

namespace {

constexpr char kToken[] = "e30.eyJlbWFpbCI6ImFkYUBleGFtcGxlLm9yZyJ9.c2ln";

} // namespace

/// Which of the ways into a browser is taken.
class BrowserSignInTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_gallery.mood = {}; }
    void whatTheGalleryOffersIsTakenFirst();
    void elseCloudflaredIs();
    void withNeitherItIsSaid();
    void whoIsDeniedIsNotAskedAgain();
    void waitingCanBeStopped_data();
    void waitingCanBeStopped();

private:
    session::Browser browser()
    {
        return [this](const QUrl& page) {
            m_gallery.visit(page);
            return true;
        };
    }
    QString cloudflared(const QByteArray& script = QByteArray("echo ") + kToken)
    {
        return test::standIn(m_directory.path(), u"cloudflared"_s, script);
    }

    test::OAuthGallery m_gallery;
    QTemporaryDir m_directory;
};

void BrowserSignInTest::whatTheGalleryOffersIsTakenFirst()
{
    BrowserSignIn signIn(browser(), cloudflared("exit 1"));
    const auto credential = await(signIn.signIn(m_gallery.url()));
    VERIFY_OK(credential);
    QCOMPARE(std::get<access::OAuthToken>(*credential).accessToken.reveal(),
             m_gallery.accessToken());
}

void BrowserSignInTest::elseCloudflaredIs()
{
    m_gallery.mood.tellsOfItself = false;
    BrowserSignIn signIn(browser(), cloudflared());
    const auto credential = await(signIn.signIn(m_gallery.url()));
    VERIFY_OK(credential);
    QVERIFY(*credential == Credential(access::PersonToken{access::Secret(kToken)}));
}

void BrowserSignInTest::withNeitherItIsSaid()
{
    m_gallery.mood.tellsOfItself = false;
    BrowserSignIn signIn(browser(), QString());
    const auto credential = await(signIn.signIn(m_gallery.url()));
    QCOMPARE(credential.error().kind, ErrorKind::Unsupported);
    QCOMPARE(credential.error().cause, Cause::NoBrowserSignIn);
}

void BrowserSignInTest::whoIsDeniedIsNotAskedAgain()
{
    m_gallery.mood.refusal = "error=access_denied";
    BrowserSignIn signIn(browser(), cloudflared());
    QCOMPARE(await(signIn.signIn(m_gallery.url())).error().cause, Cause::NotAllowed);
}

void BrowserSignInTest::waitingCanBeStopped_data()
{
    QTest::addColumn<bool>("isOffered");
    QTest::newRow("by the gallery") << true;
    QTest::newRow("by cloudflared") << false;
}

void BrowserSignInTest::waitingCanBeStopped()
{
    QFETCH(bool, isOffered);
    m_gallery.mood.tellsOfItself = isOffered;
    bool isShown = false;
    BrowserSignIn signIn([&](const QUrl&) { return isShown = true; },
                         cloudflared("echo > \"$(dirname \"$0\")/shown\"\nexec sleep 60"));
    const auto credential = signIn.signIn(m_gallery.url());
    QTRY_VERIFY(isShown || QFile::exists(m_directory.filePath(u"shown"_s)));
    signIn.stop();
    QCOMPARE(await(credential).error().kind, ErrorKind::Cancelled);
    VERIFY_OK(await(BrowserSignIn(browser(), cloudflared()).signIn(m_gallery.url())));
}

QTEST_GUILESS_MAIN(BrowserSignInTest)
#include "tst_browsersignin.moc"
