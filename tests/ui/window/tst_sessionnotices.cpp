// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/server.h"
#include "app/backend/servicetokens.h"
#include "app/base/messages.h"
#include "app/session/session.h"
#include "tests/support/futures.h"
#include "tests/support/linecostdouble.h"
#include "tests/support/replayserver.h"
#include "tests/support/sandbox.h"
#include "ui/settings/appsettings.h"
#include "ui/window/noticestack.h"
#include "ui/window/sessionnotices.h"

#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace vitrine;
using namespace Qt::StringLiterals;
using session::Session;

namespace {

constexpr int kPatience = 30'000; // milliseconds; sanitizers are slow

QUrl closedPort()
{
    QTcpServer closed;
    closed.listen(QHostAddress::LocalHost);
    return QUrl(u"http://127.0.0.1:%1"_s.arg(closed.serverPort()));
}

} // namespace

/// What the strip above a gallery says of how it stands.
class TestSessionNotices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoCannotReachItIsToldWhy();
    void whoIsHeldUpByTheNetworkIsToldSo();
    void aServersTroubleIsNotCalledOneOfTheLine();
    void whatIsShownMeanwhileIsSaidToo();
    void thatThereIsNoKeyringIsSaidOnce();

private:
    std::unique_ptr<Session> sessionAt(const QUrl& url)
    {
        m_home = std::make_unique<QTemporaryDir>();
        return std::make_unique<Session>(
            Paths{m_home->filePath(u"data"_s), m_home->filePath(u"cache"_s)},
            session::Account{u"tower"_s, u"tower"_s, url},
            m_tokens = access::makeMemoryTokenStore(), m_pictures, m_clock);
    }
    QString said(Session& session)
    {
        ui::AppSettings settings(m_home->filePath(u"vitrine.ini"_s));
        ui::NoticeStack notices;
        const ui::SessionNotices told(session, settings, notices);
        return notices.sentence(u"session"_s);
    }

    std::unique_ptr<QTemporaryDir> m_home;
    std::shared_ptr<access::TokenStore> m_tokens;
    const SystemClock m_clock;
    const decoding::SandboxedPictureReader m_pictures{test::sandboxTerms()};
};

void TestSessionNotices::whoCannotReachItIsToldWhy()
{
    const auto session = sessionAt(closedPort());
    session->start();
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), Session::State::Offline, kPatience);
    QVERIFY(said(*session).startsWith(u"There is a computer at the gallery's address"_s));
}

void TestSessionNotices::whoIsHeldUpByTheNetworkIsToldSo()
{
    test::LineCostDouble line(false);
    line.hasPortal = true;
    const auto session = sessionAt(closedPort());
    session->heed(line);
    session->start();
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), Session::State::Offline, kPatience);
    QVERIFY(said(*session).startsWith(u"This network wants a sign-in of its own."_s));
}

void TestSessionNotices::aServersTroubleIsNotCalledOneOfTheLine()
{
    test::ReplayServer server;
    for (int i = 0; i < 20; ++i) // a client asks again
        server.answer(500, "text/plain", "TypeError");
    const auto session = sessionAt(server.url());
    session->start();
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), Session::State::Offline, kPatience);
    QVERIFY(said(*session).startsWith(u"The gallery has trouble"_s));
}

void TestSessionNotices::whatIsShownMeanwhileIsSaidToo()
{
    const QTemporaryDir served;
    backend::ServerOptions options;
    options.dataDirectory = served.filePath(u"data"_s);
    auto server = backend::Server::start(options, m_pictures);
    QVERIFY(server);
    const auto session = sessionAt((*server)->url());
    session->start();
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), Session::State::Online, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(session->gallery().refreshed().isValid(), kPatience);
    server->reset();
    QVERIFY(!test::await(session->refresh()));
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), Session::State::Offline, kPatience);
    QVERIFY(said(*session).contains(u"Showing what was here at"_s));
}

void TestSessionNotices::thatThereIsNoKeyringIsSaidOnce()
{
    const QTemporaryDir served;
    backend::ServerOptions options;
    options.dataDirectory = served.filePath(u"data"_s);
    const auto server = backend::Server::start(options, m_pictures);
    QVERIFY(server);
    const auto session = sessionAt((*server)->url());
    const auto token =
        backend::issueServiceToken(options.dataDirectory, u"me"_s, backend::TokenLife::Kept);
    QVERIFY(test::await(m_tokens->write(session->account().id, *token)));
    session->start();
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), Session::State::Online, kPatience);
    ui::AppSettings settings(m_home->filePath(u"vitrine.ini"_s));
    ui::NoticeStack notices;
    notices.show();
    const ui::SessionNotices told(*session, settings, notices);
    QCOMPARE(notices.sentence(u"keyring"_s), messageFor({ErrorKind::KeyringAbsent, {}, {}}));
    notices.findChild<QToolButton*>()->click(); // it is put away
    ui::NoticeStack next;
    const ui::SessionNotices toldAgain(*session, settings, next);
    QCOMPARE(next.sentence(u"keyring"_s), QString());
}

QTEST_MAIN(TestSessionNotices)
#include "tst_sessionnotices.moc"
