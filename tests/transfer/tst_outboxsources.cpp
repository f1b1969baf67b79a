// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/messages.h"
#include "app/transfer/pathlist.h"
#include "tests/support/bareuser.h"
#include "tests/support/diskcalls.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/transfer/outboxfixture.h"

#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <functional>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using test::await;

namespace {

using Act = std::function<void(const QByteArray& path)>;

/// Writes \a bytes over what is there, as an editor does that saves in place.
void overwrite(const QByteArray& path, const QByteArray& bytes, bool truncates)
{
    QFile file(QString::fromUtf8(path));
    const auto mode = truncates ? QIODevice::WriteOnly : QIODevice::ReadWrite;
    if (!file.open(mode) || file.write(bytes) != bytes.size())
        qFatal("the test's file cannot be written");
}

void cutOff(const QByteArray& path)
{
    if (::truncate(path.constData(), 1000) != 0)
        qFatal("the test's file cannot be cut off");
}

} // namespace

/// What happens to the files that an outbox reads. Names in parentheses are rows of the list of
/// faults that it has to survive.
class TestOutboxSources : public test::OutboxFixture
{
    Q_OBJECT

private Q_SLOTS:
    void changedWhileItIsRead_data();
    void changedWhileItIsRead();
    void changedWhileItIsSent_data();
    void changedWhileItIsSent();
    void namesThatAreNoTextArrive();
    void everythingBelowAFolderArrives();
    void vanishedDriveFailsWithItsSentence_data();
    void vanishedDriveFailsWithItsSentence();
    void vanishedFolderFailsWithItsSentence();
    void forbiddenFileFailsWithItsSentence();

private:
    QString place(const QString& name, const QByteArray& bytes)
    {
        return test::writeTo(m_directory->path(), name, bytes);
    }
    QString shareFile(const QString& path)
    {
        return await(m_outbox->share({{.source = path}})).value().first();
    }
    QString failureOf(const QString& key);

    // Of the same length, so that nothing but their bytes tells them apart, and of more than one
    // piece that is read at once.
    const QByteArray m_before = padded(1);
    const QByteArray m_after = padded(2);

    static QByteArray padded(int seed)
    {
        const QByteArray picture = test::png(test::picture({700, 500}, seed));
        return picture + QByteArray(2'000'000 - picture.size(), char('0' + seed));
    }
};

/// The sentence that a person reads.
QString TestOutboxSources::failureOf(const QString& key)
{
    if (!finishes(key) || stateOf(key) != State::Failed)
        return u"it has not failed"_s;
    return messageFor(*m_outbox->find(key)->error);
}

// (8) Edited, replaced, truncated, deleted or growing in the middle of the reading.
void TestOutboxSources::changedWhileItIsRead_data()
{
    QTest::addColumn<Act>("act");
    QTest::addColumn<QByteArray>("arrives"); // empty: nothing does
    QTest::newRow("edited in place")
        << Act([this](const QByteArray& path) { overwrite(path, m_after, false); }) << m_after;
    QTest::newRow("written anew") << Act([this](const QByteArray& path) {
        overwrite(path, m_after, true);
    }) << m_after;
    QTest::newRow("replaced") << Act([this](const QByteArray& path) {
        overwrite(path + ".new", m_after, true);
        ::rename((path + ".new").constData(), path.constData());
    }) << m_after;
    QTest::newRow("grown") << Act([this](const QByteArray& path) {
        overwrite(path, m_before + "more", false);
    }) << m_before + "more";
    QTest::newRow("truncated") << Act(cutOff) << QByteArray();
    QTest::newRow("deleted") << Act([](const QByteArray& path) { ::unlink(path.constData()); })
                             << QByteArray();
}

void TestOutboxSources::changedWhileItIsRead()
{
    QFETCH(Act, act);
    QFETCH(QByteArray, arrives);
    const QString source = place(u"edited.png"_s, m_before);
    std::atomic<int> reads = 0;
    const test::diskcalls::StepIn stepIn("/edited.png", [&](test::diskcalls::Kind kind) {
        if (kind == test::diskcalls::Kind::Read && ++reads == 3)
            act(source.toUtf8());
        return 0;
    });
    const auto key =
        await(m_outbox->share({{.source = source, .keepMetadata = true}})).value().first();
    QVERIFY(finishes(key));
    QVERIFY(reads >= 3);
    QCOMPARE(stateOf(key), arrives.isEmpty() ? State::Failed : State::Done);
    QCOMPARE(listing().size(), arrives.isEmpty() ? 0 : 1);
    if (!arrives.isEmpty())
        QVERIFY(originalOf(m_outbox->find(key)->imageId) == arrives);
}

// (8) The same while its bytes are on their way.
void TestOutboxSources::changedWhileItIsSent_data()
{
    QTest::addColumn<Act>("act");
    QTest::newRow("edited in place")
        << Act([this](const QByteArray& path) { overwrite(path, m_after, false); });
    QTest::newRow("truncated") << Act(cutOff);
    QTest::newRow("grown") << Act(
        [this](const QByteArray& path) { overwrite(path, m_before + "more", false); });
    QTest::newRow("deleted") << Act([](const QByteArray& path) { ::unlink(path.constData()); });
}

void TestOutboxSources::changedWhileItIsSent()
{
    QFETCH(Act, act);
    const QString source = place(u"sent.png"_s, m_before);
    bool hasActed = false;
    const QObject scope;
    connect(m_outbox.get(), &Outbox::changed, &scope, [&](const QString& key) {
        if (stateOf(key) == State::Sending && !std::exchange(hasActed, true))
            act(source.toUtf8());
    });
    const auto key =
        await(m_outbox->share({{.source = source, .keepMetadata = true}})).value().first();
    QVERIFY(finishes(key));
    QCOMPARE(stateOf(key), State::Done);
    QVERIFY(hasActed);
    QVERIFY(originalOf(m_outbox->find(key)->imageId) == m_before);
}

// (14) Invalid UTF-8: what is shown of it is made safe, and it is found by that all the same.
void TestOutboxSources::namesThatAreNoTextArrive()
{
    const QByteArray bytes = test::jpeg(test::picture({400, 300}));
    const QString made = place(u"plain.jpg"_s, bytes);
    const QByteArray odd = QFile::encodeName(m_directory->path()) + "/gr\xfc\xdf\x65.jpg";
    QCOMPARE(::rename(QFile::encodeName(made).constData(), odd.constData()), 0);
    const QString key = shareFile(QFile::decodeName(odd));
    QTRY_COMPARE(stateOf(key), State::Done);
    const auto images = listing();
    QCOMPARE(images.size(), 1);
    QCOMPARE(images[0].name, u"gre.jpg"_s);
    QCOMPARE(originalOf(images[0].id), bytes);
}

// (14) Also where only a folder was named, and where its own name is no text.
void TestOutboxSources::everythingBelowAFolderArrives()
{
    const QByteArray folder = QFile::encodeName(m_directory->path()) + "/al\xe9";
    QCOMPARE(::mkdir(folder.constData(), 0700), 0);
    int seed = 0;
    for (const char* name : {"/\xff.jpg", "/b\"\n.jpg", "/⛵.jpg"}) {
        const QString made = place(u"plain.jpg"_s, test::jpeg(test::picture({400, 300}, ++seed)));
        QCOMPARE(::rename(QFile::encodeName(made).constData(), (folder + name).constData()), 0);
    }
    const QStringList files = picturesIn({QFile::decodeName(folder)});
    QCOMPARE(files.size(), 3);
    QList<UploadOrder> orders;
    for (const QString& file : files)
        orders.append({.source = file});
    const QStringList keys = await(m_outbox->share(orders)).value();
    for (const QString& key : keys)
        QTRY_COMPARE(stateOf(key), State::Done);
    QStringList names;
    for (const auto& image : listing())
        names.append(image.name);
    names.sort();
    QCOMPARE(names, QStringList({u"b\".jpg"_s, u"image.jpg"_s, u"⛵.jpg"_s}));
}

// (15) A mount that vanishes: before it is opened, and in the middle of the reading.
void TestOutboxSources::vanishedDriveFailsWithItsSentence_data()
{
    QTest::addColumn<bool>("isOpen");
    QTest::addColumn<int>("code");
    for (const bool isOpen : {false, true}) {
        const char* when = isOpen ? "open" : "not opened yet";
        for (const int code : {EIO, ENOTCONN, ESTALE, ENODEV, EHOSTDOWN})
            QTest::addRow("%s, %s", when, strerrorname_np(code)) << isOpen << code;
    }
}

void TestOutboxSources::vanishedDriveFailsWithItsSentence()
{
    QFETCH(bool, isOpen);
    QFETCH(int, code);
    const QString source = place(u"far.png"_s, m_before);
    std::atomic<int> reads = 0;
    std::atomic<bool> isGone = true;
    const test::diskcalls::StepIn stepIn("/far.png", [&](test::diskcalls::Kind kind) {
        const bool isNow = isOpen ? kind == test::diskcalls::Kind::Read && ++reads > 2 : true;
        return isGone && isNow ? code : 0;
    });
    const QString key = shareFile(source);
    const QString near = shareFile(place(u"near.jpg"_s, test::jpeg(test::picture({400, 300}))));
    QCOMPARE(failureOf(key),
             u"It is not there. Check the name; it may have been moved or deleted."_s);
    QTRY_COMPARE(stateOf(near), State::Done); // the others go on
    isGone = false;
    m_outbox->retry(key);
    QVERIFY(finishes(key));
    QCOMPARE(stateOf(key), State::Done);
}

// (15) A mount that vanishes leaves an empty folder, or none.
void TestOutboxSources::vanishedFolderFailsWithItsSentence()
{
    const QString mount = m_directory->filePath(u"mount"_s);
    const QString away = m_directory->filePath(u"away"_s);
    QVERIFY(QDir().mkpath(mount));
    const QString source = test::writeTo(mount, u"a.jpg"_s, test::jpeg(test::picture({400, 300})));
    QVERIFY(QFile::rename(mount, away));
    const QString key = shareFile(source);
    QCOMPARE(failureOf(key),
             u"It is not there. Check the name; it may have been moved or deleted."_s);
    QVERIFY(QFile::rename(away, mount));
    m_outbox->retry(key);
    QTRY_COMPARE(stateOf(key), State::Done);
}

// (15) No permission; for whoever the tests run as.
void TestOutboxSources::forbiddenFileFailsWithItsSentence()
{
    const test::BareUser bare;
    startRun(); // its threads begin without the right, too
    const QString source = place(u"secret.jpg"_s, test::jpeg(test::picture({400, 300})));
    QVERIFY(QFile::setPermissions(source, {}));
    const QString key = shareFile(source);
    QCOMPARE(failureOf(key), u"You may not read or write it. Change its permissions, or choose "
                             "another place."_s);
    QVERIFY(QFile::setPermissions(source, QFile::ReadOwner));
    m_outbox->retry(key);
    QTRY_COMPARE(stateOf(key), State::Done);
}

QTEST_GUILESS_MAIN(TestOutboxSources)
#include "tst_outboxsources.moc"
