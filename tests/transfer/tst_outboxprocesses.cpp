// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/support/replayserver.h"
#include "tests/transfer/outboxfixture.h"

#include <QDir>
#include <QSignalSpy>
#include <QTest>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::await;

namespace {

/// Another process on the same account, as far as an outbox can tell: with a client of its own.
struct Process {
    explicit Process(const QUrl& url, const access::Credential& credential) : client(network)
    {
        client.setServer(url, credential);
    }

    QNetworkAccessManager network;
    api::ApiClient client;
    std::unique_ptr<Outbox> outbox;
};

/// Whether it knows the transfer, in that state.
bool has(const Outbox& outbox, const QString& key, State state)
{
    const Transfer* transfer = outbox.find(key);
    return transfer && transfer->state == state;
}

QString altIn(const Outbox& outbox, const QString& key)
{
    const Transfer* transfer = outbox.find(key);
    return transfer ? transfer->alt : QString();
}

} // namespace

/// (11) Two processes on one account: one of them works on the queue, the others hand in and learn
/// what becomes of it.
class TestOutboxProcesses : public test::OutboxFixture
{
    Q_OBJECT

private Q_SLOTS:
    void oneWorksAndTheOthersLearnTheEnd();
    void sameFileSharedByTwoAtOnceIsSharedOnce();
    void anotherTakesOverFromOneThatEnds();
    void heirLearnsWhatTheWorkerFinished();
    void oneThatCannotSendLetsAnother();
    void whatAPausedOneHandedInWaits();
    void pausedOneWithManyHoldsNobodyUp();
    void bellThatCouldNotBeMadeIsHeardLater();
    void undoTimeHoldsWhoeverWorks();
    void actsOfOthersAreCarriedOut();
    void changeThatComesTooLateBecomesAnEdit();
    void whatIsTakenBackTooLateIsDeleted();
    void changeOfAFailedOneIsKept();
    void changeOfADuplicateIsMade();
    void othersSeeWhatWasShared();
    void forgottenOnesGoEverywhere();

private:
    std::unique_ptr<Process> makeProcess(const QUrl& url);
    std::unique_ptr<Process> startProcess();
    QString shareFrom(const Process& process, const QByteArray& bytes, UploadOrder order = {});
};

std::unique_ptr<Process> TestOutboxProcesses::makeProcess(const QUrl& url)
{
    auto process = std::make_unique<Process>(url, m_server->newToken());
    process->outbox = makeOutbox(process->client);
    if (!await(process->outbox->load()))
        qFatal("the outbox could not be read");
    return process;
}

std::unique_ptr<Process> TestOutboxProcesses::startProcess()
{
    auto process = makeProcess(m_server->url());
    process->outbox->setRunning(true);
    return process;
}

QString TestOutboxProcesses::shareFrom(const Process& process, const QByteArray& bytes,
                                       UploadOrder order)
{
    order.source = test::writeTo(m_directory->path(), u"picture-%1.jpg"_s.arg(++m_files), bytes);
    return await(process.outbox->share({order})).value().first();
}

void TestOutboxProcesses::oneWorksAndTheOthersLearnTheEnd()
{
    QTRY_VERIFY(m_outbox->isWorker());
    const auto other = startProcess();
    QSignalSpy shared(other->outbox.get(), &Outbox::shared);
    const QByteArray bytes = test::withExif(test::jpeg(test::picture({400, 300})), 1, true);
    const QString key = shareFrom(*other, bytes, {.alt = u"A boat"_s});
    const QString bad = shareFrom(*other, "this is not an image");
    QTRY_VERIFY(has(*other->outbox, key, State::Done));
    QTRY_VERIFY(has(*other->outbox, bad, State::Failed));
    QVERIFY(m_outbox->isWorker());
    QVERIFY(!other->outbox->isWorker());
    const Transfer* told = other->outbox->find(key);
    const auto images = listing();
    QCOMPARE(images.size(), 1);
    QCOMPARE(images[0].alt, u"A boat"_s);
    QCOMPARE(told->imageId, images[0].id);
    QVERIFY(told->removed.contains(imaging::MetadataKind::SerialNumber));
    QCOMPARE(other->outbox->find(bad)->error->kind, ErrorKind::NotAnImage);
    QCOMPARE(shared.size(), 1);
    QCOMPARE(shared[0][0].value<protocol::Image>().sha256, images[0].sha256);
    QVERIFY(has(*m_outbox, key, State::Done)); // the worker shows it, too
}

void TestOutboxProcesses::sameFileSharedByTwoAtOnceIsSharedOnce()
{
    const auto other = startProcess();
    const QByteArray bytes = test::jpeg(test::picture({400, 300}));
    const QString file = test::writeTo(m_directory->path(), u"same.jpg"_s, bytes);
    const auto ours = m_outbox->share({{.source = file}});
    const auto theirs = other->outbox->share({{.source = file}});
    const QString ourKey = await(ours).value().first();
    const QString theirKey = await(theirs).value().first();
    QTRY_VERIFY(isFinished(stateOf(ourKey)));
    QTRY_VERIFY(isFinished(other->outbox->find(theirKey)->state));
    QList<State> states{stateOf(ourKey), other->outbox->find(theirKey)->state};
    std::sort(states.begin(), states.end());
    QCOMPARE(states, QList<State>({State::Done, State::Duplicate}));
    QCOMPARE(m_outbox->find(ourKey)->imageId, other->outbox->find(theirKey)->imageId);
    QCOMPARE(listing().size(), 1);
}

void TestOutboxProcesses::anotherTakesOverFromOneThatEnds()
{
    m_outbox.reset();
    test::ReplayServer silent;
    silent.answer(QByteArray(), test::ReplayServer::Then::StayOpen);
    auto worker = makeProcess(silent.url());
    worker->outbox->setRunning(true);
    const QString key = shareFrom(*worker, test::jpeg(test::picture({400, 300})));
    QTRY_VERIFY(!silent.requests().isEmpty());
    startRun();
    const QString own = share(test::jpeg(test::picture({400, 300}, 2)));
    QTRY_VERIFY(has(*m_outbox, key, State::Sending));
    QVERIFY(!m_outbox->isWorker());
    worker->outbox.reset();
    QTRY_VERIFY(has(*m_outbox, key, State::Done));
    QTRY_VERIFY(has(*m_outbox, own, State::Done));
    QCOMPARE(listing().size(), 2);
}

// Else it would do it again: bring back an image that was deleted since.
void TestOutboxProcesses::heirLearnsWhatTheWorkerFinished()
{
    const QString directory = m_directory->filePath(u"other"_s);
    OutboxStore heir(directory);
    Transfer transfer = newUpload({.source = u"a.jpg"_s}, m_clock);
    {
        OutboxStore worker(directory);
        QVERIFY(await(worker.catchUp(0, true))->isWorker);
        VERIFY_OK(await(worker.put({transfer})));
        const auto seen = await(heir.catchUp(0, true));
        VERIFY_OK(seen);
        QVERIFY(!seen->isWorker);
        QCOMPARE(seen->transfers.value(0).key, transfer.key);
        transfer.state = State::Done;
        VERIFY_OK(await(worker.put({transfer})));
    }
    const auto news = await(heir.catchUp(0, true));
    VERIFY_OK(news);
    QVERIFY(news->isWorker);
    QCOMPARE(news->transfers.value(0).state, State::Done);
    QVERIFY(await(heir.catchUp(0, true))->transfers.isEmpty()); // and nobody else needs it
}

void TestOutboxProcesses::oneThatCannotSendLetsAnother()
{
    m_outbox->setRunning(false); // as without a connection
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_VERIFY(has(*m_outbox, key, State::Ready));
    const auto other = startProcess();
    QTRY_VERIFY(has(*m_outbox, key, State::Done));
    QCOMPARE(listing().size(), 1);
}

void TestOutboxProcesses::whatAPausedOneHandedInWaits()
{
    m_outbox->setPaused(true);
    m_outbox->setRunning(false);
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_VERIFY(has(*m_outbox, key, State::Ready));
    const auto other = startProcess();
    const QString theirs = shareFrom(*other, test::jpeg(test::picture({400, 300}, 2)));
    QTRY_VERIFY(has(*other->outbox, theirs, State::Done));
    QVERIFY(has(*m_outbox, key, State::Ready));
    m_outbox->setPaused(false);
    QTRY_VERIFY(has(*m_outbox, key, State::Done)); // by whichever of the two
    QCOMPARE(listing().size(), 2);
}

// Neither by what it has prepared, nor by what it has yet to, nor where it has the same picture.
void TestOutboxProcesses::pausedOneWithManyHoldsNobodyUp()
{
    constexpr int kMany = 20;
    m_outbox->setPaused(true);
    m_outbox->setRunning(false);
    for (int seed = 1; seed <= kMany; ++seed)
        share(test::jpeg(test::picture({80, 60}, seed)));
    const auto prepared = [this] {
        const auto& all = m_outbox->transfers();
        return std::count_if(all.begin(), all.end(),
                             [](const Transfer& one) { return one.state == State::Ready; });
    };
    QTRY_COMPARE(prepared(), 16);
    const auto other = startProcess();
    const QString theirs = shareFrom(*other, test::jpeg(test::picture({80, 60}, 1)));
    QTRY_VERIFY(has(*other->outbox, theirs, State::Done));
    QCOMPARE(listing().size(), 1);
    QVERIFY(prepared() >= 16);
}

void TestOutboxProcesses::bellThatCouldNotBeMadeIsHeardLater()
{
    m_outbox.reset();
    const QString directory = m_directory->filePath(u"outbox"_s);
    QVERIFY(QDir(directory).removeRecursively());
    test::writeTo(m_directory->path(), u"outbox"_s, "in the way");
    const auto listener = makeOutbox(m_server->client());
    QVERIFY(!await(listener->load()));
    QVERIFY(QFile::remove(directory));
    QTRY_VERIFY(QFile::exists(directory + u"/bell"_s)); // it has looked again by itself
    QTRY_VERIFY(!listener->isWorker());
    const auto other = startProcess();
    const QString key = shareFrom(*other, test::jpeg(test::picture({400, 300})));
    QTRY_VERIFY(listener->find(key));
}

void TestOutboxProcesses::undoTimeHoldsWhoeverWorks()
{
    m_outbox->setRunning(false);
    const auto other = startProcess();
    const QString key = share(test::jpeg(test::picture({400, 300})), {.undoTime = 1h});
    const QString next = share(test::jpeg(test::picture({400, 300}, 2)));
    QTRY_VERIFY(other->outbox->isWorker()); // who has nothing to do need not be
    QTRY_VERIFY(has(*m_outbox, next, State::Done));
    QTRY_VERIFY(has(*m_outbox, key, State::Ready));
    m_outbox->cancel(key);
    QTRY_VERIFY(has(*m_outbox, key, State::Cancelled));
    QTRY_VERIFY(has(*other->outbox, key, State::Cancelled));
    QCOMPARE(listing().size(), 1);
}

void TestOutboxProcesses::actsOfOthersAreCarriedOut()
{
    QTRY_VERIFY(m_outbox->isWorker());
    const auto other = startProcess();
    const QString file = m_directory->filePath(u"later.jpg"_s);
    const QString late = await(other->outbox->share({{.source = file}})).value().first();
    QTRY_VERIFY(has(*other->outbox, late, State::Failed)); // there is no such file yet
    const QByteArray bytes = test::jpeg(test::picture({400, 300}));
    test::writeTo(m_directory->path(), u"later.jpg"_s, bytes);
    other->outbox->retry(late);
    QTRY_VERIFY(has(*other->outbox, late, State::Done));

    const QString held =
        shareFrom(*other, test::jpeg(test::picture({400, 300}, 2)), {.undoTime = 1h});
    QVERIFY(other->outbox->amend(held, {u"A second thought"_s, true}));
    QTRY_VERIFY(has(*m_outbox, held, State::Ready));
    QTRY_COMPARE(altIn(*m_outbox, held), u"A second thought"_s);
    QTRY_COMPARE(altIn(*other->outbox, held), u"A second thought"_s);
    other->outbox->sendFirst(held);
    QTRY_COMPARE(m_outbox->transfers().first().key, held);
}

void TestOutboxProcesses::changeThatComesTooLateBecomesAnEdit()
{
    QTRY_VERIFY(m_outbox->isWorker());
    const auto other = startProcess();
    const QString key =
        shareFrom(*other, test::jpeg(test::picture({1600, 1200})), {.undoTime = 1ms});
    QVERIFY(other->outbox->amend(key, {u"A second thought"_s, {}}));
    QTRY_VERIFY(listing().size() == 1 && listing().first().alt == "A second thought"_L1);
}

void TestOutboxProcesses::whatIsTakenBackTooLateIsDeleted()
{
    m_server->stop();
    m_server->start(0, {*backend::parseFaultRule(u"delay=300,path=/api/admin/upload"_s)});
    QTRY_VERIFY(m_outbox->isWorker());
    const auto other = startProcess();
    const QString key = shareFrom(*other, test::jpeg(test::picture({400, 300})));
    QTRY_VERIFY(listing().size() == 1 && has(*m_outbox, key, State::Sending));
    OutboxStore asking(m_directory->filePath(u"outbox"_s));
    VERIFY_OK(await(asking.ask({.key = key, .act = Request::Act::Cancel})));
    QTRY_VERIFY(listing().isEmpty());
    QTRY_VERIFY(has(*other->outbox, key, State::Done)); // and not taken back before it was sent
    QVERIFY(m_outbox->isWorker());
}

void TestOutboxProcesses::changeOfAFailedOneIsKept()
{
    QTRY_VERIFY(m_outbox->isWorker());
    const auto other = startProcess();
    const QString file = m_directory->filePath(u"later.jpg"_s);
    const QString key = await(other->outbox->share({{.source = file}})).value().first();
    QTRY_VERIFY(has(*other->outbox, key, State::Failed)); // there is no such file yet
    test::writeTo(m_directory->path(), u"later.jpg"_s, test::jpeg(test::picture({400, 300})));
    QVERIFY(other->outbox->amend(key, {u"A second thought"_s, true}));
    other->outbox->retry(key);
    QTRY_VERIFY(has(*other->outbox, key, State::Done));
    QCOMPARE(listing().first().alt, u"A second thought"_s);
    QVERIFY(listing().first().isPrivate);
}

void TestOutboxProcesses::changeOfADuplicateIsMade()
{
    QTRY_VERIFY(m_outbox->isWorker());
    const QByteArray bytes = test::jpeg(test::picture({400, 300}));
    const QString first = share(bytes);
    QTRY_COMPARE(stateOf(first), State::Done);
    const QString twin = share(bytes);
    QTRY_COMPARE(stateOf(twin), State::Duplicate);
    // By somebody who did not know yet.
    OutboxStore asking(m_directory->filePath(u"outbox"_s));
    const protocol::ImagePatch hide{{}, true};
    VERIFY_OK(await(asking.ask({.key = twin, .act = Request::Act::Amend, .patch = hide})));
    QTRY_VERIFY(listing().first().isPrivate);
}

void TestOutboxProcesses::othersSeeWhatWasShared()
{
    QTRY_VERIFY(m_outbox->isWorker());
    const auto other = startProcess();
    QSignalSpy shared(other->outbox.get(), &Outbox::shared);
    QSignalSpy deleted(other->outbox.get(), &Outbox::deleted);
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_COMPARE(shared.size(), 1);
    const auto image = shared[0][0].value<protocol::Image>();
    QCOMPARE(image.id, m_outbox->find(key)->imageId);
    await(m_outbox->remove(image, 0ms));
    QTRY_COMPARE(deleted.size(), 1);
    QCOMPARE(deleted[0][0].toString(), image.id);
}

void TestOutboxProcesses::forgottenOnesGoEverywhere()
{
    QTRY_VERIFY(m_outbox->isWorker());
    const auto other = startProcess();
    const QString bad = shareFrom(*other, "this is not an image");
    QTRY_VERIFY(has(*other->outbox, bad, State::Failed));
    QVERIFY(has(*m_outbox, bad, State::Failed));
    other->outbox->forget({bad});
    QTRY_VERIFY(!m_outbox->find(bad));
    startRun();
    QVERIFY(!m_outbox->find(bad));
}

QTEST_GUILESS_MAIN(TestOutboxProcesses)
#include "tst_outboxprocesses.moc"
