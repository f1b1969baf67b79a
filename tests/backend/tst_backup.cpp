// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/backup.h"
#include "app/backend/inspection.h"
#include "app/backend/schema.h"
#include "tests/backend/fixture.h"
#include "tests/backend/workshop.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"

#include <QDir>
#include <QDirIterator>
#include <QTest>

#include <sys/resource.h>

#include <csignal>
#include <thread>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::backend;

namespace {

QByteArray picture(int seed)
{
    return test::jpeg(test::picture({80, 60}, seed));
}

/// "missing images/…/original" and the like.
QStringList findings(const QString& directory)
{
    QStringList found;
    const auto checked = inspect(directory, [&](const Finding& finding) {
        static constexpr const char* words[] = {"missing ", "altered ", "orphan ", "rows "};
        found.append(QString::fromLatin1(words[int(finding.kind)]) + finding.what);
    });
    if (!checked || checked->findings != found.size())
        found.append(u"the check itself failed"_s);
    return found;
}

void overwrite(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s cannot be written", qPrintable(path));
}

/// Another backend over a copy of the data.
class Restored
{
public:
    explicit Restored(const QString& directory)
        : connections(*Connections::open(databasePath(directory), migrations()))
        , store(*ImageStore::open(directory, *connections, clock))
    {}

    test::FakeClock clock;
    std::unique_ptr<Connections> connections;
    std::unique_ptr<ImageStore> store;
};

/// No file may become larger for as long as this lives.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit lower{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &lower);
    }
    ~FileSizeLimit()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        (void)std::signal(SIGXFSZ, m_signal);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    using Handler = void (*)(int);
    const Handler m_signal = std::signal(SIGXFSZ, SIG_IGN);
    rlimit m_before = {};
};

bool areNeighbours(ImageStore& store)
{
    const auto images = store.page({}, 100)->images;
    for (qsizetype i = 1; i < images.size(); ++i) {
        if (images[i].sequence != images[i - 1].sequence - 1)
            return false;
    }
    return true;
}

} // namespace

class tst_Backup final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void copiesAreTheSame();
    void copiesAreForTheOwnerAlone();
    void copiesAreOfOneMoment();
    void damagedPicturesAreToldAndTheRestIsCopied();
    void aFullDiskIsTold_data();
    void aFullDiskIsTold();
    void placesThatAreTakenStayAsTheyAre();
    void dataThatIsNotThere();

    void soundDataGiveNoFinding();
    void everyDamageIsFound_data();
    void everyDamageIsFound();
    void whatIsUnderWayIsNoFinding();

private:
    QString source() const { return m_backend->directory.path(); }
    QString target() const { return m_place->filePath(u"copy"_s); }
    QString fileOf(const QString& id, Form form) const
    {
        return m_backend->store->path(*m_backend->store->find(id), form);
    }
    QString share(int seed) { return m_backend->share(picture(seed))["id"_L1].toString(); }

    std::unique_ptr<test::Backend> m_backend;
    std::unique_ptr<QTemporaryDir> m_place;
};

void tst_Backup::init()
{
    m_backend = std::make_unique<test::Backend>();
    m_place = std::make_unique<QTemporaryDir>();
}

void tst_Backup::copiesAreTheSame()
{
    const QString id = share(1);
    share(1); // shares the first one's bytes
    share(2);
    QVERIFY(m_backend->store->countDownload(id, ImageStore::Private::Refused));
    const auto copied = backUp(source(), target());
    VERIFY_OK(copied);
    QCOMPARE(copied->pictures, 2);
    QVERIFY(copied->unreadable.isEmpty());
    QCOMPARE(findings(target()), QStringList());

    const Restored restored(target());
    QCOMPARE(restored.store->page({}, 10)->images.size(), 3);
    const auto before = m_backend->store->find(id);
    const auto after = restored.store->find(id);
    QCOMPARE(after->image, before->image);
    QCOMPARE(after->image.downloadCount, 1);
    QCOMPARE(after->epoch, before->epoch); // addresses given out go on being good
    QFile original(restored.store->path(*after, Form::Original));
    QVERIFY(original.open(QIODevice::ReadOnly));
    QCOMPARE(original.readAll(), picture(1));
}

void tst_Backup::copiesAreForTheOwnerAlone()
{
    share(1);
    VERIFY_OK(backUp(source(), target()));
    QDirIterator entries(target(), QDir::AllEntries | QDir::NoDotAndDotDot,
                         QDirIterator::Subdirectories);
    constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                            QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QVERIFY(entries.hasNext());
    while (entries.hasNext()) {
        const QFileInfo info(entries.next());
        QVERIFY2(!(info.permissions() & others), qPrintable(info.filePath()));
    }
    QVERIFY(!(QFileInfo(target()).permissions() & others));
}

void tst_Backup::copiesAreOfOneMoment()
{
    // The oldest one is deleted after a newer one was shared: at every moment all those that are
    // there are neighbours in the order.
    QStringList wrongs;
    std::atomic<bool> isStopped = false;
    std::thread owner([&] {
        QStringList there;
        for (int number = 0; !isStopped; ++number) {
            there.append(share(number));
            if (there.size() > 3)
                (void)m_backend->store->remove(there.takeFirst());
        }
    });
    for (int copy = 0; copy < 5; ++copy) {
        const QString place = target() + QString::number(copy);
        const auto copied = backUp(source(), place);
        wrongs += copied ? findings(place) : QStringList(test::errorIn(copied));
        if (copied && !areNeighbours(*Restored(place).store))
            wrongs.append(u"images of different moments"_s);
    }
    isStopped = true;
    owner.join();
    QCOMPARE(wrongs, QStringList());
}

void tst_Backup::damagedPicturesAreToldAndTheRestIsCopied()
{
    const QString damaged = share(1);
    const QString sound = share(2);
    QVERIFY(QFile::remove(fileOf(damaged, Form::Preview)));
    const auto copied = backUp(source(), target());
    VERIFY_OK(copied);
    QCOMPARE(copied->unreadable, QStringList{damaged});
    const Restored restored(target());
    QVERIFY(QFile::exists(restored.store->path(*restored.store->find(sound), Form::Original)));
    QVERIFY(QFile::exists(restored.store->path(*restored.store->find(damaged), Form::Original)));
}

void tst_Backup::aFullDiskIsTold_data()
{
    QTest::addColumn<bool>("isWaiting");
    QTest::newRow("the original of a picture") << false;
    QTest::newRow("the original of one that waits for its variants") << true;
}

// A limit to the size of files stands for the disk.
void tst_Backup::aFullDiskIsTold()
{
    QFETCH(bool, isWaiting);
    const QTemporaryDir directory;
    test::Workshop workshop(directory.path());
    const QByteArray large(4'000'000, 'x');
    isWaiting ? workshop.share(large) : workshop.shareWhole(large);
    {
        const FileSizeLimit limit(1'000'000);
        const auto copied = backUp(directory.path(), target());
        QVERIFY(!copied);
        QCOMPARE(copied.error().kind, ErrorKind::DiskFull);
    }
    QVERIFY(QDir(m_place->path()).isEmpty());
    VERIFY_OK(backUp(directory.path(), target()));
    QCOMPARE(findings(target()), QStringList());
}

void tst_Backup::placesThatAreTakenStayAsTheyAre()
{
    share(1);
    QVERIFY(QDir().mkpath(target()));
    VERIFY_OK(backUp(source(), target())); // empty: that will do
    const auto again = backUp(source(), target());
    QVERIFY(!again);
    QCOMPARE(again.error().kind, ErrorKind::InvalidInput);
    QCOMPARE(findings(target()), QStringList());
    QCOMPARE(QDir(m_place->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).size(), 1);
}

void tst_Backup::dataThatIsNotThere()
{
    const QString nowhere = m_place->filePath(u"nowhere"_s);
    QCOMPARE(backUp(nowhere, target()).error().kind, ErrorKind::NotFound);
    QCOMPARE(inspect(nowhere, [](const Finding&) {}).error().kind, ErrorKind::NotFound);
    QVERIFY(!QFile::exists(target()));
    QVERIFY(!QFile::exists(nowhere));
}

void tst_Backup::soundDataGiveNoFinding()
{
    QCOMPARE(findings(source()), QStringList());
    share(1);
    share(2);
    const auto checked = inspect(source(), [](const Finding&) {});
    VERIFY_OK(checked);
    QCOMPARE(checked->findings, 0);
    QCOMPARE(checked->pictures, 2);
    QVERIFY(checked->bytes > picture(1).size() + picture(2).size());
}

void tst_Backup::everyDamageIsFound_data()
{
    QTest::addColumn<int>("form");
    QTest::addColumn<QString>("damage");
    QTest::newRow("original gone") << int(Form::Original) << u"missing"_s;
    QTest::newRow("original altered") << int(Form::Original) << u"altered"_s;
    QTest::newRow("preview gone") << int(Form::Preview) << u"missing"_s;
    QTest::newRow("preview altered") << int(Form::Preview) << u"altered"_s;
    QTest::newRow("blurred altered") << int(Form::Blurred) << u"altered"_s;
    QTest::newRow("highres altered") << int(Form::Highres) << u"altered"_s;
    QTest::newRow("a file too many") << int(Form::Original) << u"orphan"_s;
}

void tst_Backup::everyDamageIsFound()
{
    QFETCH(int, form);
    QFETCH(QString, damage);
    share(1);
    QString path = fileOf(share(2), Form(form));
    if (damage == u"missing"_s)
        QVERIFY(QFile::remove(path));
    else if (damage == u"altered"_s)
        overwrite(path, QByteArray(QFileInfo(path).size(), 'x'));
    else
        overwrite(path += u".old"_s, "x");
    QCOMPARE(findings(source()),
             QStringList{damage + u' ' + QDir(source()).relativeFilePath(path)});
}

void tst_Backup::whatIsUnderWayIsNoFinding()
{
    ContentFiles files(source());
    auto incoming = *m_backend->store->begin();
    QVERIFY(incoming->write("picture"));
    incoming->finish();
    const auto note = files.announce(incoming->digest());
    VERIFY_OK(files.place(*incoming)); // the row has not come yet
    QCOMPARE(findings(source()), QStringList());
    files.settled(*note);
    QCOMPARE(findings(source()).size(), 1);
}

QTEST_GUILESS_MAIN(tst_Backup)
#include "tst_backup.moc"
