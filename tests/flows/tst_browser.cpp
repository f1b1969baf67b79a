// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/witness.h"
#include "tests/support/oauthgallery.h"
#include "tests/support/standin.h"

#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 60'000; // milliseconds; keyrings and sanitizers are slow

} // namespace

/// A person signs in from the shell: the real vitrinectl, a real keyring
/// (tests/support/keyring.sh), and in the browser's place a program that goes where it is sent.
class Browser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aPersonSignsInAndStaysSo();
    void twoWhoFindItExpiredRenewOnce();
    void whoIsDeniedIsTold();

private:
    std::unique_ptr<QProcess> start(const QStringList& arguments)
    {
        return m_witness.start(u"vitrinectl"_s, arguments);
    }
    int run(const QStringList& arguments) { return m_witness.run(u"vitrinectl"_s, arguments); }

    const QString m_keyring = qEnvironmentVariable("VITRINE_KEYRING");
    QTemporaryDir m_programs;
    test::Witness m_witness;
};

void Browser::initTestCase()
{
    test::standIn(m_programs.path(), u"xdg-open"_s, "exec curl --silent --location \"$1\"");
    qputenv("PATH", m_programs.path().toLocal8Bit() + ':' + qgetenv("PATH"));
}

void Browser::aPersonSignsInAndStaysSo()
{
    const QString account = u"signed-in-"_s + m_keyring;
    test::OAuthGallery gallery;
    QCOMPARE(run({u"account"_s, u"add"_s, account, gallery.url().toString()}), 0);
    QCOMPARE(run({u"account"_s, u"sign-in"_s, account, u"--browser"_s}), 0);
    QCOMPARE(gallery.visits(), 1);
    QCOMPARE(run({u"--account"_s, account, u"status"_s}), 0);
    QVERIFY(m_witness.hasSeen("ada@example.org"));

    const QByteArray first = gallery.refreshToken();
    gallery.expire();
    QCOMPARE(run({u"--account"_s, account, u"status"_s}), 0);
    QVERIFY(gallery.refreshToken() != first);
    gallery.expire();
    QCOMPARE(run({u"--account"_s, account, u"status"_s}), 0); // with what was kept of the last
    QCOMPARE(gallery.visits(), 1);
    gallery.mood.refusesRenewal = true;
    gallery.expire();
    QCOMPARE(run({u"--account"_s, account, u"status"_s}), 1);

    QTRY_VERIFY(m_witness.hasHeardOfTheKeyring());
    for (const QByteArray& secret : gallery.secrets())
        QCOMPARE(m_witness.placeOf(secret), QString());
}

// The second finds it expired while the first renews, and would lose the sign-in of both by showing
// the same refresh token.
void Browser::twoWhoFindItExpiredRenewOnce()
{
    const QString account = u"twice-"_s + m_keyring;
    const QStringList status{u"--account"_s, account, u"status"_s};
    test::OAuthGallery gallery;
    QCOMPARE(run({u"account"_s, u"add"_s, account, gallery.url().toString()}), 0);
    QCOMPARE(run({u"account"_s, u"sign-in"_s, account, u"--browser"_s}), 0);
    const QByteArray over = gallery.accessToken();
    const auto shown = [&] {
        const auto requests = gallery.requests();
        return std::count_if(requests.begin(), requests.end(),
                             [&](const auto& request) { return request.mentions(over); });
    };
    std::unique_ptr<QProcess> second;
    gallery.mood.renewing = [&] {
        if (second)
            return;
        const auto before = shown();
        second = start(status);
        QVERIFY(QTest::qWaitFor([&] { return shown() > before; }, kPatience));
    };
    gallery.expire();
    const auto first = start(status);
    QTRY_VERIFY_WITH_TIMEOUT(second, kPatience);
    for (QProcess* each : {first.get(), second.get()}) {
        QTRY_COMPARE_WITH_TIMEOUT(each->state(), QProcess::NotRunning, kPatience);
        QVERIFY2(each->exitCode() == 0, m_witness.hear(*each).constData());
    }
    QCOMPARE(gallery.renewals(), 1);

    gallery.expire();
    QCOMPARE(run(status), 0); // with what was kept of it
    QCOMPARE(gallery.renewals(), 2);
    QCOMPARE(gallery.visits(), 1);
}

void Browser::whoIsDeniedIsTold()
{
    const QString account = u"denied-"_s + m_keyring;
    test::OAuthGallery gallery;
    gallery.mood.refusal = "error=access_denied";
    QCOMPARE(run({u"account"_s, u"add"_s, account, gallery.url().toString()}), 0);
    QCOMPARE(run({u"account"_s, u"sign-in"_s, account, u"--browser"_s}), 1);
    QVERIFY(m_witness.hasSeen("The gallery does not admit whoever is signed in."));
    QCOMPARE(run({u"--account"_s, account, u"status"_s}), 1);
}

QTEST_GUILESS_MAIN(Browser)
#include "tst_browser.moc"
