// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/server.h"
#include "app/backend/servicetokens.h"
#include "app/base/file.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/session/accounts.h"
#include "app/session/accountsetup.h"
#include "app/session/session.h"
#include "app/transfer/downloadstore.h"
#include "tests/support/futures.h"
#include "tests/support/keyringdouble.h"
#include "tests/support/pictures.h"

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using session::Account;
using session::AccountList;
using session::Accounts;
using session::AccountSetup;
using session::Dialect;
using session::Session;
using test::await;

/// Accounts on servers elsewhere: adding them, signing in, and what a guest may do.
class TestAccounts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void addressesAreMadeSafe_data();
    void addressesAreMadeSafe();
    void theListOutlivesTheProcess();
    void namesAreTakenOnce();
    void aDamagedListIsNotWrittenOver();
    void handEditsLeadNowhere();
    void theServerTellsWhatItIs();
    void onlyAGoodSignInIsKept();
    void theOwnerComesInByTheKeyring();
    void aGuestLooksAndSendsNothing();
    void aLockedKeyringIsNoGuest_data();
    void aLockedKeyringIsNoGuest();
    void aGuestWhoSignsInIsTheOwner();
    void whatGoesLeavesNothingBehind();
    void whatIsOpenSomewhereStays();
    void whatWaitsToBeSentKeepsItsAccount();
    void anotherNameKeepsTheSignIn();
    void theSignInIsNotLeftInALockedKeyring();

private:
    QString path(const QString& name) const { return m_home->filePath(name); }
    void startServer();
    access::ServiceToken issueToken() const;
    std::unique_ptr<Session> makeSession(const Account& account);
    Paths paths() const { return {path(u"data"_s), path(u"cache"_s)}; }
    /// In the list, with a folder for its data and one for its cache.
    Account addedAccount(Accounts& accounts);

    const SystemClock m_clock;
    const imaging::InProcessPictureReader m_pictures;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<backend::Server> m_server;
    test::SharedKeyring m_keyring;
    test::KeyringDouble m_tokens{m_keyring};
};

void TestAccounts::init()
{
    m_server.reset();
    m_home = std::make_unique<QTemporaryDir>();
    m_keyring = {};
}

void TestAccounts::startServer()
{
    backend::ServerOptions options;
    options.dataDirectory = path(u"served"_s);
    auto started = backend::Server::start(options, m_pictures);
    VERIFY_OK(started);
    m_server = *std::move(started);
}

access::ServiceToken TestAccounts::issueToken() const
{
    return backend::issueServiceToken(path(u"served"_s), u"me"_s, backend::TokenLife::Kept).value();
}

std::unique_ptr<Session> TestAccounts::makeSession(const Account& account)
{
    return std::make_unique<Session>(
        paths(), account, std::make_unique<test::KeyringDouble>(m_keyring), m_pictures, m_clock);
}

Account TestAccounts::addedAccount(Accounts& accounts)
{
    const Account account = await(accounts.add(u"tower"_s, m_server->url())).value();
    for (const QString& folder :
         {paths().accountData(account.id), paths().accountCache(account.id)})
        QDir().mkpath(folder);
    m_keyring.entries.insert(account.id, issueToken());
    return account;
}

void TestAccounts::addressesAreMadeSafe_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("url"); // empty: refused
    QTest::newRow("https") << u"https://pics.example.org/"_s << u"https://pics.example.org"_s;
    QTest::newRow("bare") << u" pics.example.org "_s << u"https://pics.example.org"_s;
    QTest::newRow("path") << u"pics.example.org/a/"_s << u"https://pics.example.org/a"_s;
    QTest::newRow("secrets") << u"https://me:pw@a.org/?t=1#x"_s << u"https://a.org"_s;
    QTest::newRow("here") << u"http://127.0.0.1:8080"_s << u"http://127.0.0.1:8080"_s;
    QTest::newRow("bare here") << u"localhost:8080"_s << u"http://localhost:8080"_s;
    QTest::newRow("http elsewhere") << u"http://pics.example.org"_s << QString();
    QTest::newRow("looks like here") << u"http://127.0.0.1.example.org"_s << QString();
    QTest::newRow("file") << u"file:///etc/passwd"_s << QString();
    QTest::newRow("nothing") << QString() << QString();
}

void TestAccounts::addressesAreMadeSafe()
{
    QFETCH(QString, typed);
    QFETCH(QString, url);
    const auto found = session::galleryUrl(typed);
    QCOMPARE(found ? found->toString() : QString(), url);
    if (!found)
        QCOMPARE(found.error().kind, ErrorKind::InvalidInput);
}

void TestAccounts::theListOutlivesTheProcess()
{
    AccountList list(path(u"data/accounts.json"_s));
    QCOMPARE(list.all().value(), QList<Account>{Account::local()});
    const Account added = list.add(u"tower"_s, QUrl(u"https://a.org"_s)).value();
    AccountList next(path(u"data/accounts.json"_s));
    QCOMPARE(next.find(u"tower"_s).value(), added);
    QCOMPARE(next.remove(u"tower"_s).value(), added);
    QCOMPARE(list.find(u"tower"_s).error().kind, ErrorKind::NotFound);
    QCOMPARE(list.remove(u"local"_s).error().kind, ErrorKind::InvalidInput);
}

void TestAccounts::namesAreTakenOnce()
{
    AccountList list(path(u"accounts.json"_s));
    VERIFY_OK(list.add(u"tower"_s, QUrl(u"https://a.org"_s)));
    for (const QString& name :
         {u"tower"_s, u"local"_s, QString(), u" x"_s, u"a\nb"_s, u"x"_s.repeated(65)})
        QCOMPARE(list.add(name, QUrl(u"https://b.org"_s)).error().kind, ErrorKind::InvalidInput);
    QCOMPARE(list.all().value().size(), 2);
}

void TestAccounts::aDamagedListIsNotWrittenOver()
{
    const QString file = test::writeTo(m_home->path(), u"accounts.json"_s, "[{\"id\":");
    AccountList list(file);
    QCOMPARE(list.add(u"tower"_s, QUrl(u"https://a.org"_s)).error().kind, ErrorKind::Storage);
    QCOMPARE(readFile(file, 100).value(), QByteArray("[{\"id\":"));
    QVERIFY(list.find(u"local"_s)); // which needs no list
}

// The id names folders: it must not lead out of them.
void TestAccounts::handEditsLeadNowhere()
{
    const QByteArray entries = R"([
        {"id":"../../x","name":"a","url":"https://a.org"},
        {"id":"0d9c2a34-96c1-4d5c-b08c-5a4f2f8c1c11","name":"b","url":"http://b.org"},
        {"id":"0d9c2a34-96c1-4d5c-b08c-5a4f2f8c1c12","name":"local","url":"https://c.org"},
        {"id":"0d9c2a34-96c1-4d5c-b08c-5a4f2f8c1c13","name":"d","url":"https://d.org"}, 7])";
    AccountList list(test::writeTo(m_home->path(), u"accounts.json"_s, entries));
    const auto accounts = list.all().value();
    QCOMPARE(accounts.size(), 2);
    QCOMPARE(accounts[0], Account::local());
    QCOMPARE(accounts[1].name, u"d"_s);
}

void TestAccounts::theServerTellsWhatItIs()
{
    startServer();
    AccountSetup setup(m_tokens);
    const auto found = await(setup.look(m_server->url()));
    VERIFY_OK(found);
    QCOMPARE(found->dialect, Dialect::Vitrine);
    QVERIFY(!found->isClosed());
    m_server.reset();
    QCOMPARE(await(setup.look(QUrl(u"http://127.0.0.1:9"_s))).error().kind, ErrorKind::Network);
}

// "Secrets": what the server does not take never reaches the keyring
void TestAccounts::onlyAGoodSignInIsKept()
{
    startServer();
    AccountSetup setup(m_tokens);
    const Account account{u"some-id"_s, u"tower"_s, m_server->url()};
    access::ServiceToken wrong = issueToken();
    wrong.clientSecret = access::Secret("wrong");
    QCOMPARE(await(setup.signIn(account, wrong)).error().kind, ErrorKind::SignInRequired);
    QVERIFY(m_keyring.entries.isEmpty());
    const access::ServiceToken token = issueToken();
    VERIFY_OK(await(setup.signIn(account, token)));
    QCOMPARE(m_keyring.entries.value(account.id), access::Credential(token));
    VERIFY_OK(await(setup.signOut(account)));
    QVERIFY(m_keyring.entries.isEmpty());
}

void TestAccounts::theOwnerComesInByTheKeyring()
{
    startServer();
    const Account account{u"some-id"_s, u"tower"_s, m_server->url()};
    m_keyring.entries.insert(account.id, issueToken());
    const auto session = makeSession(account);
    session->start();
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), Session::State::Online, 20'000);
    QVERIFY(!session->isGuest());
    const QString file =
        test::writeTo(m_home->path(), u"a.jpg"_s, test::jpeg(test::picture({300, 200})));
    VERIFY_OK(await(session->outbox().share({{.source = file, .isPrivate = true}})));
    QTRY_COMPARE_WITH_TIMEOUT(session->gallery().model().rowCount(), 1, 20'000);
    QVERIFY(session->gallery().model().images().first().isPrivate);
    QVERIFY(!QFileInfo::exists(path(u"data/backend"_s))); // no embedded one was started for it
}

void TestAccounts::aGuestLooksAndSendsNothing()
{
    startServer();
    const Account account{u"some-id"_s, u"tower"_s, m_server->url()};
    const auto session = makeSession(account);
    session->start();
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), Session::State::Online, 20'000);
    QVERIFY(session->isGuest());
    QVERIFY(!session->outbox().isRunning());
}

void TestAccounts::aLockedKeyringIsNoGuest_data()
{
    QTest::addColumn<ErrorKind>("trouble");
    QTest::addColumn<ErrorKind>("told");
    QTest::newRow("locked") << ErrorKind::KeyringLocked << ErrorKind::KeyringLocked;
    QTest::newRow("refused") << ErrorKind::KeyringRefused << ErrorKind::KeyringRefused;
    QTest::newRow("unanswered") << ErrorKind::TimedOut << ErrorKind::KeyringLocked;
}

// "Secrets": a locked, absent or refusing keyring are different states; nothing asks twice
void TestAccounts::aLockedKeyringIsNoGuest()
{
    QFETCH(ErrorKind, trouble);
    startServer();
    m_keyring.trouble = trouble;
    const Account account{u"some-id"_s, u"tower"_s, m_server->url()};
    m_keyring.entries.insert(account.id, issueToken());
    const auto session = makeSession(account);
    session->start();
    QTRY_COMPARE(session->state(), Session::State::SignedOut);
    QTEST(session->error().kind, "told");
    m_keyring.trouble.reset();
    session->reconnect();
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), Session::State::Online, 20'000);
    QVERIFY(!session->isGuest());
}

void TestAccounts::aGuestWhoSignsInIsTheOwner()
{
    startServer();
    const Account account{u"some-id"_s, u"tower"_s, m_server->url()};
    const auto session = makeSession(account);
    session->start();
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), Session::State::Online, 20'000);
    m_keyring.entries.insert(account.id, issueToken());
    QSignalSpy changed(session.get(), &Session::stateChanged);
    session->signInAgain();
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), Session::State::Online, 20'000);
    QVERIFY(!session->isGuest());
    QTRY_VERIFY(session->outbox().isRunning()); // the guest's listing may answer first
    QVERIFY(!changed.isEmpty());
}

void TestAccounts::whatGoesLeavesNothingBehind()
{
    startServer();
    Accounts accounts(paths(), m_tokens, m_pictures, m_clock);
    const Account account = addedAccount(accounts);
    const QString part = test::writeTo(m_home->path(), u".vitrine-1.part"_s, "half of it");
    {
        transfer::DownloadStore downloads(paths().accountData(account.id));
        const transfer::DownloadJob job{
            .key = u"1"_s, .directory = m_home->path(), .part = part, .created = m_clock.now()};
        VERIFY_OK(await(downloads.put(QList{job})));
    }
    VERIFY_OK(await(accounts.remove(account)));
    QVERIFY(!QFileInfo::exists(part));
    QCOMPARE(await(accounts.all()).value(), QList<Account>{Account::local()});
    QVERIFY(m_keyring.entries.isEmpty());
    QVERIFY(!QFileInfo::exists(paths().accountData(account.id)));
    QVERIFY(!QFileInfo::exists(paths().accountCache(account.id)));
    QCOMPARE(await(accounts.remove(Account::local())).error().kind, ErrorKind::InvalidInput);
}

void TestAccounts::whatIsOpenSomewhereStays()
{
    startServer();
    Accounts accounts(paths(), m_tokens, m_pictures, m_clock);
    const Account account = addedAccount(accounts);
    auto session = makeSession(account);
    VERIFY_OK(await(session->outbox().load()));
    QCOMPARE(await(accounts.remove(account)).error().kind, ErrorKind::Busy);
    QVERIFY(QFileInfo::exists(paths().accountData(account.id)));
    QCOMPARE(await(accounts.all()).value().size(), 2);
    session.reset();
    VERIFY_OK(await(accounts.remove(account)));
}

void TestAccounts::whatWaitsToBeSentKeepsItsAccount()
{
    startServer();
    Accounts accounts(paths(), m_tokens, m_pictures, m_clock);
    const Account account = addedAccount(accounts);
    {
        const auto session = makeSession(account);
        VERIFY_OK(await(session->outbox().load()));
        const QString file =
            test::writeTo(m_home->path(), u"a.jpg"_s, test::jpeg(test::picture({300, 200})));
        VERIFY_OK(await(session->outbox().share({{.source = file}})));
    }
    QCOMPARE(await(accounts.remove(account)).error().kind, ErrorKind::InvalidInput);
    QVERIFY(m_keyring.entries.contains(account.id));
    QCOMPARE(await(accounts.all()).value().size(), 2);
}

// "Secrets": entries survive renames
void TestAccounts::anotherNameKeepsTheSignIn()
{
    startServer();
    Accounts accounts(paths(), m_tokens, m_pictures, m_clock);
    const Account account = addedAccount(accounts);
    QByteArray list = readFile(paths().accounts(), 10'000).value();
    list.replace("tower", "castle");
    QFile file(paths().accounts());
    QVERIFY(file.open(QFile::WriteOnly) && file.write(list) == list.size());
    file.close();
    const Account castle = AccountList(paths().accounts()).find(u"castle"_s).value();
    auto session = makeSession(castle);
    session->start();
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), Session::State::Online, 20'000);
    QVERIFY(!session->isGuest());
    session.reset();
    VERIFY_OK(await(accounts.remove(castle)));
    QVERIFY(m_keyring.entries.isEmpty());
}

// "Secrets": removing an account removes its secret
void TestAccounts::theSignInIsNotLeftInALockedKeyring()
{
    startServer();
    Accounts accounts(paths(), m_tokens, m_pictures, m_clock);
    const Account account = addedAccount(accounts);
    m_keyring.trouble = ErrorKind::KeyringLocked;
    QCOMPARE(await(accounts.remove(account)).error().kind, ErrorKind::KeyringLocked);
    QCOMPARE(await(accounts.all()).value().size(), 2);
    m_keyring.trouble = ErrorKind::KeyringAbsent; // then there is nothing in it
    VERIFY_OK(await(accounts.remove(account)));
}

QTEST_GUILESS_MAIN(TestAccounts)
#include "tst_accounts.moc"
