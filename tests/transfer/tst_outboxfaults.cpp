// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/server.h"
#include "app/backend/servicetokens.h"
#include "app/base/readyfuture.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/transfer/outbox.h"
#include "tests/support/failingvfs.h"
#include "tests/support/futures.h"
#include "tests/support/localserver.h"
#include "tests/support/pictures.h"

#include <QNetworkAccessManager>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::await;

namespace {

constexpr int kLimitMs = 30'000;

/// A person who shares two pictures, changes one twice and deletes the other. Whenever something
/// goes wrong the program is started again, and what it did not take is asked for again.
class Person
{
public:
    Person(const backend::ServerOptions& options, const imaging::PictureReader& pictures);

    void startAgain();
    /// Asks for both to be shared.
    Result<QStringList> share();
    /// All of it; what went wrong and stayed so, empty if nothing did.
    QString live();
    /// What the server has in the end, in a form that can be compared.
    QStringList listing();
    /// Whether the program is to be started again; reset by asking.
    std::function<bool()> hasFault = [] { return false; };

private:
    using Acts = std::function<bool()>;
    bool hasTrouble() const;
    bool isThrough() const;
    bool finish();
    bool handIn(const Acts& acts);
    bool describe();
    bool remove();
    QList<protocol::Image> images();

    const imaging::PictureReader& m_pictures;
    const SystemClock m_clock;
    QTemporaryDir m_directory;
    backend::ServerOptions m_options;
    std::unique_ptr<backend::Server> m_server;
    QNetworkAccessManager m_network;
    api::ApiClient m_client{m_network};
    QHash<QByteArray, QString> m_known;
    QStringList m_files;
    std::unique_ptr<Outbox> m_outbox;
};

Person::Person(const backend::ServerOptions& options, const imaging::PictureReader& pictures)
    : m_pictures(pictures), m_options(options)
{
    m_options.dataDirectory = m_directory.filePath(u"server"_s);
    m_server = backend::Server::start(m_options, pictures).value();
    m_client.setServer(
        m_server->url(),
        backend::issueServiceToken(m_options.dataDirectory, u"test"_s, backend::TokenLife::Kept)
            .value());
    for (const auto& [name, seed] : {std::pair(u"kept.jpg"_s, 1), std::pair(u"gone.jpg"_s, 2)})
        m_files.append(
            test::writeTo(m_directory.path(), name, test::jpeg(test::picture({90, 60}, seed))));
}

void Person::startAgain()
{
    const auto lookup = [this](const QByteArray& sha256) {
        return readyFuture(Result<QString>(m_known.value(sha256)));
    };
    do {
        m_outbox.reset();
        m_outbox = std::make_unique<Outbox>(m_directory.filePath(u"outbox"_s), m_client, m_pictures,
                                            m_clock, lookup);
        QObject::connect(
            m_outbox.get(), &Outbox::shared, m_outbox.get(),
            [this](const protocol::Image& image) { m_known.insert(image.sha256, image.id); });
    } while (!await(m_outbox->load()));
    m_outbox->setRunning(true);
}

bool Person::hasTrouble() const
{
    const auto& all = m_outbox->transfers();
    return std::any_of(all.begin(), all.end(), [](const Transfer& transfer) {
        return transfer.error && !isFinished(transfer.state);
    });
}

bool Person::isThrough() const
{
    const auto& all = m_outbox->transfers();
    return std::all_of(all.begin(), all.end(),
                       [](const Transfer& transfer) { return isFinished(transfer.state); });
}

/// Waits until nothing is left to do; false if that does not come.
bool Person::finish()
{
    return QTest::qWaitFor(
        [this] {
            if (hasFault() || hasTrouble())
                startAgain();
            return isThrough();
        },
        kLimitMs);
}

bool Person::handIn(const Acts& acts)
{
    for (int tries = 0; tries < 3; ++tries) {
        const bool isTaken = acts();
        if (!isTaken)
            startAgain();
        if (!finish())
            return false;
        if (isTaken)
            return true;
    }
    return false;
}

Result<QStringList> Person::share()
{
    QList<UploadOrder> orders;
    for (const QString& file : m_files)
        orders.append({.source = file});
    return await(m_outbox->share(orders));
}

QList<protocol::Image> Person::images()
{
    for (;;) { // the answer to this, too, may be lost
        if (const auto page = await(m_client.images(api::View::Owner, {}, 100)))
            return page->images;
    }
}

/// Twice, of which the second is made on top of the first.
bool Person::describe()
{
    for (const protocol::Image& image : images()) {
        if (image.name != "kept.jpg"_L1)
            continue;
        const auto hidden = m_outbox->edit(image, {.isPrivate = true});
        const auto described = m_outbox->edit(image, {.alt = u"A boat"_s});
        return await(hidden) && await(described);
    }
    return false;
}

bool Person::remove()
{
    for (const protocol::Image& image : images()) {
        if (image.name == "gone.jpg"_L1)
            return bool(await(m_outbox->remove(image, 0ms)));
    }
    return true;
}

QString Person::live()
{
    startAgain();
    const bool isDone = handIn([this] { return share().has_value(); }) &&
                        handIn([this] { return describe(); }) &&
                        handIn([this] { return remove(); });
    if (!isDone)
        return u"something waits for ever"_s;
    for (const Transfer& transfer : m_outbox->transfers()) {
        if (transfer.state == State::Failed)
            return u"%1 failed: %2"_s.arg(transfer.name, transfer.error->detail);
    }
    return {};
}

QStringList Person::listing()
{
    QStringList lines;
    for (const protocol::Image& image : images())
        lines.append(u"%1, %2, %3"_s.arg(image.name, image.alt).arg(image.isPrivate));
    return lines;
}

const QStringList kFinalState{u"kept.jpg, A boat, 1"_s};

/// How many faults from one to the next that is tried.
int stride(int ordinary)
{
    bool isSet = false;
    const int value = qEnvironmentVariableIntValue("VITRINE_FAULT_STRIDE", &isSet);
    return isSet && value > 0 ? value : ordinary;
}

} // namespace

/// (2) and (4): a short life, in which one thing after another goes wrong once, ends like one in
/// which nothing does. An ordinary run tries some of the calls and requests; VITRINE_FAULT_STRIDE=1
/// tries each.
class TestOutboxFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anyDatabaseCallMayFail();
    void fullDiskIsTold();
    void whatTheDiskDidNotTakeStaysWithTheWorker();
    void lookThatFailsKeepsNobodyFromWorking();
    void workerLooksAgainAfterTrouble();
    void anyRequestMayFail_data();
    void anyRequestMayFail();

private:
    const imaging::InProcessPictureReader m_pictures;
};

void TestOutboxFaults::anyDatabaseCallMayFail()
{
    test::FailingVfs disk("/outbox/");
    int call = 1;
    for (bool isReached = true; isReached; call += stride(23)) {
        Person person({}, m_pictures);
        isReached = false;
        person.hasFault = [&] { return !std::exchange(isReached, disk.hasFailed()) && isReached; };
        disk.failAt(call);
        const QString wrong = person.live();
        disk.failAt(0);
        QVERIFY2(wrong.isEmpty(), qPrintable(u"call %1: %2"_s.arg(call).arg(wrong)));
        QCOMPARE(person.listing(), kFinalState);
    }
    qInfo("a short life takes fewer than %d calls", call);
    QVERIFY(call > 100);
}

// (9) Nothing is taken that cannot be kept, and what was taken before goes on.
void TestOutboxFaults::fullDiskIsTold()
{
    test::FailingVfs disk("/outbox/");
    Person person({}, m_pictures);
    person.startAgain();
    ErrorKind told = ErrorKind::Internal;
    for (int call = 1; call < 100 && told != ErrorKind::DiskFull; ++call) {
        disk.failAt(call);
        const auto shared = person.share();
        told = shared ? told : shared.error().kind;
    }
    disk.failAt(0);
    QCOMPARE(told, ErrorKind::DiskFull);
    QCOMPARE(person.live(), QString());
    QCOMPARE(person.listing(), kFinalState);
}

// (9) Else another process sends what was taken back.
void TestOutboxFaults::whatTheDiskDidNotTakeStaysWithTheWorker()
{
    test::FailingVfs disk("/outbox/");
    const QTemporaryDir directory;
    const SystemClock clock;
    test::LocalServer server(m_pictures);
    const auto open = [&] {
        const auto nothing = [](const QByteArray&) { return readyFuture(Result<QString>()); };
        auto outbox = std::make_unique<Outbox>(directory.filePath(u"outbox"_s), server.client(),
                                               m_pictures, clock, nothing);
        if (!await(outbox->load()))
            qFatal("the outbox could not be read");
        outbox->setRunning(true);
        return outbox;
    };
    const auto share = [&](Outbox& outbox, const QString& name, int seed) {
        const auto bytes = test::jpeg(test::picture({90, 60}, seed));
        const QString source = test::writeTo(directory.path(), name, bytes);
        return await(outbox.share({{.source = source}})).value().first();
    };
    const auto worker = open();
    worker->setPaused(true);
    const QString key = share(*worker, u"taken back.jpg"_s, 1);
    OutboxStore onlooker(directory.filePath(u"outbox"_s));
    const auto isPrepared = [&] {
        const auto rows = await(onlooker.peek());
        return rows && rows->size() == 1 && rows->first().state == State::Ready;
    };
    QTRY_VERIFY(isPrepared());
    disk.failAt(1);
    worker->cancel(key);
    worker->setRunning(false); // whereupon it would let go
    QTRY_VERIFY(disk.hasFailed());
    disk.failAt(0);
    worker->setPaused(false);
    QCOMPARE(worker->find(key)->state, State::Cancelled);
    const auto other = open();
    const QString sent = share(*other, u"sent.jpg"_s, 2);
    QTRY_COMPARE_WITH_TIMEOUT(other->find(sent)->state, State::Done, kLimitMs);
    const auto images = await(server.client().images(api::View::Owner, {}, 100)).value().images;
    QCOMPARE(images.size(), 1);
    QCOMPARE(images.first().name, u"sent.jpg"_s);
}

void TestOutboxFaults::lookThatFailsKeepsNobodyFromWorking()
{
    test::FailingVfs disk("/outbox/");
    const SystemClock clock;
    int failures = 0;
    bool isReached = true;
    for (int call = 1; isReached; ++call) {
        const QTemporaryDir directory;
        OutboxStore first(directory.filePath(u"outbox"_s));
        OutboxStore second(directory.filePath(u"outbox"_s));
        VERIFY_OK(await(first.catchUp(0, false)));
        VERIFY_OK(await(second.put({newUpload({.source = u"a.jpg"_s}, clock)})));
        disk.failAt(call);
        const auto looked = await(first.catchUp(0, true));
        isReached = disk.hasFailed();
        disk.failAt(0);
        if (looked)
            continue;
        ++failures;
        const auto heir = await(second.catchUp(0, true));
        VERIFY_OK(heir);
        QVERIFY2(heir->isWorker, qPrintable(u"call %1"_s.arg(call)));
    }
    QVERIFY(failures > 0);
}

// What another process handed in rings the bell once.
void TestOutboxFaults::workerLooksAgainAfterTrouble()
{
    test::FailingVfs disk("/outbox/");
    const QTemporaryDir directory;
    const QString outbox = directory.filePath(u"outbox"_s);
    test::LocalServer server(m_pictures);
    const SystemClock clock;
    const auto nothing = [](const QByteArray&) { return readyFuture(Result<QString>()); };
    Outbox worker(outbox, server.client(), m_pictures, clock, nothing);
    VERIFY_OK(await(worker.load()));
    worker.setRunning(true);
    const Transfer upload = newUpload(
        {.source = test::writeTo(directory.path(), u"a.jpg"_s, test::jpeg(test::picture({9, 6})))},
        clock);
    OutboxStore other(outbox);
    VERIFY_OK(await(other.put({upload})));
    disk.failAt(1);
    QTRY_VERIFY(disk.hasFailed());
    disk.failAt(0);
    const auto isDone = [&] {
        const Transfer* known = worker.find(upload.key);
        return known && known->state == State::Done;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isDone(), 10'000);
}

void TestOutboxFaults::anyRequestMayFail_data()
{
    QTest::addColumn<QString>("fault");
    QTest::newRow("answer lost") << u"drop=0"_s;
    QTest::newRow("answer cut off") << u"drop=20"_s;
    QTest::newRow("request lost") << u"drop-request=0"_s;
    QTest::newRow("request cut off") << u"drop-request=400"_s;
    QTest::newRow("in trouble") << u"status=503"_s;
    QTest::newRow("half an answer") << u"truncate"_s;
}

void TestOutboxFaults::anyRequestMayFail()
{
    QFETCH(QString, fault);
    constexpr int kMoreThanThereAre = 16;
    for (int request = 0; request < kMoreThanThereAre; request += stride(3)) {
        backend::ServerOptions options;
        const auto rule = backend::parseFaultRule(u"%1,count=1,skip=%2"_s.arg(fault).arg(request));
        VERIFY_OK(rule);
        options.faults = {*rule};
        Person person(options, m_pictures);
        const QString wrong = person.live();
        QVERIFY2(wrong.isEmpty(), qPrintable(u"request %1: %2"_s.arg(request).arg(wrong)));
        QCOMPARE(person.listing(), kFinalState);
    }
}

QTEST_GUILESS_MAIN(TestOutboxFaults)
#include "tst_outboxfaults.moc"
