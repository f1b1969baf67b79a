// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/imagestore.h"
#include "app/backend/inspection.h"
#include "app/backend/schema.h"
#include "tests/support/fakeclock.h"
#include "tests/support/filecalls.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::backend;
namespace filecalls = vitrine::test::filecalls;

namespace {

using Call = filecalls::Call;

/// A data directory and the store over it.
class Store
{
public:
    Store() { open(); }

    void open()
    {
        m_images.reset();
        m_connections = *Connections::open(databasePath(m_directory.path()), migrations());
        m_images = *ImageStore::open(m_directory.path(), *m_connections, m_clock);
    }
    enum class Variants { AtOnce, Later };
    Result<KeyOutcome> add(const QByteArray& bytes, const QString& key = {},
                           Variants variants = Variants::AtOnce)
    {
        auto incoming = *m_images->begin();
        if (auto written = incoming->write(bytes); !written)
            return failure(written.error());
        incoming->finish();
        NewImage properties;
        properties.key = key;
        if (variants == Variants::Later)
            return m_images->addWaiting(*incoming, properties);
        for (const Form form : {Form::Preview, Form::Blurred, Form::Highres}) {
            if (auto added = incoming->add(form, "variant"); !added)
                return failure(added.error());
        }
        return m_images->add(*incoming, properties);
    }
    ImageStore& images() { return *m_images; }
    qsizetype count() { return m_images->page({}, 1000)->images.size(); }

    /// What is not as it should be, on the disk and in the rows.
    QStringList wrongs() const
    {
        QStringList wrongs = QDir(m_directory.filePath(u"incoming"_s))
                                 .entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
        const auto waiting = m_images->waiting();
        for (const ImageStore::Waiting& picture : *waiting)
            wrongs.removeOne(QString::fromLatin1(picture.digest.toHex()));
        (void)inspect(m_directory.path(),
                      [&](const Finding& finding) { wrongs.append(finding.what); });
        return wrongs;
    }

private:
    QTemporaryDir m_directory;
    test::FakeClock m_clock;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<ImageStore> m_images;
};

/// The place of the first such call; -1 if there is none.
qsizetype placeOf(Call::Kind kind, const QString& pattern)
{
    const QList<Call> calls = filecalls::seen();
    const QRegularExpression expression(pattern);
    for (qsizetype i = 0; i < calls.size(); ++i) {
        if (calls[i].kind == kind && expression.match(calls[i].path).hasMatch())
            return i;
    }
    return -1;
}

} // namespace

/// A power cut cannot be tried here; that everything is handed to the disk in the right order can,
/// and so can a disk that refuses.
class tst_Durability final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytesThenNamesThenRow();
    void removalIsAnnouncedFirst_data() { addVariantsColumn(); }
    void removalIsAnnouncedFirst();
    void allIsDurableBeforeVariantsAreMade();
    void whatIsDamagedNeverLiesWhereAPictureWaits();
    void aFailingDiskLeavesNothingHalf_data() { addVariantsColumn(); }
    void aFailingDiskLeavesNothingHalf();

private:
    static void addVariantsColumn();
};

void tst_Durability::bytesThenNamesThenRow()
{
    Store store;
    filecalls::watch();
    QVERIFY(store.add("picture"));
    const qsizetype moved = placeOf(Call::Kind::Rename, u"/images/../[0-9a-f]{64}$"_s);
    for (const QString& first :
         {u"/incoming/[^/]+/original$"_s, u"/incoming/[^/]+/preview.jpg$"_s,
          u"/incoming/[^/]+/blurred.jpg$"_s, u"/incoming/[^/]+/highres.jpg$"_s,
          u"/incoming/[^/.]+$"_s, u"/underway$"_s, u"/images$"_s}) { // the last: a new shard's name
        const qsizetype place = placeOf(Call::Kind::Sync, first);
        QVERIFY2(0 <= place && place < moved, qPrintable(first));
    }
    const qsizetype named = placeOf(Call::Kind::Sync, u"/images/..$"_s);
    const qsizetype row = placeOf(Call::Kind::Sync, u"/backend.sqlite-wal$"_s);
    QVERIFY(moved < named && named < row);
}

void tst_Durability::addVariantsColumn()
{
    QTest::addColumn<bool>("isDeferred");
    QTest::newRow("variants at once") << false;
    QTest::newRow("variants later") << true;
}

void tst_Durability::removalIsAnnouncedFirst()
{
    QFETCH(bool, isDeferred);
    Store store;
    const auto variants = isDeferred ? Store::Variants::Later : Store::Variants::AtOnce;
    const auto added = std::get<StoredImage>(*store.add("picture", {}, variants));
    filecalls::watch();
    QVERIFY(store.images().remove(added.image.id));
    const qsizetype note = placeOf(Call::Kind::Sync, u"/underway$"_s);
    const qsizetype row = placeOf(Call::Kind::Sync, u"/backend.sqlite-wal$"_s);
    const qsizetype moved = placeOf(Call::Kind::Rename, u"/incoming/"_s);
    const qsizetype gone =
        placeOf(Call::Kind::Sync, isDeferred ? u"/incoming$"_s : u"/images/..$"_s);
    QVERIFY(0 <= note && note < row && row < moved && moved < gone);
}

void tst_Durability::allIsDurableBeforeVariantsAreMade()
{
    Store store;
    filecalls::watch();
    QVERIFY(store.add("picture", {}, Store::Variants::Later));
    const qsizetype row = placeOf(Call::Kind::Sync, u"/backend.sqlite-wal$"_s);
    for (const QString& path :
         {u"/incoming/[0-9a-f]{64}/original$"_s, u"/incoming/[0-9a-f]{64}$"_s, u"/incoming$"_s}) {
        const qsizetype place = placeOf(Call::Kind::Sync, path);
        QVERIFY2(0 <= place && place < row, qPrintable(path));
    }
}

// Exchanged with the good one it would, until it is removed: and be taken for it after a power cut.
void tst_Durability::whatIsDamagedNeverLiesWhereAPictureWaits()
{
    Store store;
    const auto stored = std::get<StoredImage>(*store.add("picture"));
    QVERIFY(QFile::resize(store.images().path(stored, Form::Original), 0));
    QVERIFY(store.add("picture", {}, Store::Variants::Later));
    const auto picture = *store.images().resume(stored.image.sha256);
    QVERIFY(picture);
    for (const Form form : kVariants)
        QVERIFY(picture->add(form, "variant"));
    filecalls::watch();
    QVERIFY(store.images().complete(*picture, "placeholder"));
    const qsizetype synced = placeOf(Call::Kind::Sync, u"/incoming/[0-9a-f]{64}$"_s);
    const qsizetype removed = placeOf(Call::Kind::Rename, u"/incoming/[0-9a-f-]{36}$"_s);
    const qsizetype gone = placeOf(Call::Kind::Sync, u"/images/..$"_s);
    const qsizetype moved = placeOf(Call::Kind::Rename, u"/images/../[0-9a-f]{64}$"_s);
    QVERIFY(0 <= synced && synced < removed && removed < gone && gone < moved);
    QCOMPARE(store.wrongs(), QStringList());
}

void tst_Durability::aFailingDiskLeavesNothingHalf()
{
    QFETCH(bool, isDeferred);
    const auto variants = isDeferred ? Store::Variants::Later : Store::Variants::AtOnce;
    Store store;
    QVERIFY(store.add("another"));
    bool isRefused = true;
    for (int call = 0; isRefused; ++call) {
        QVERIFY(call < 100);
        const qsizetype before = store.count();
        const QString key = u"key-%1"_s.arg(call);
        filecalls::watch(call);
        const auto added = store.add("picture " + QByteArray::number(call), key, variants);
        isRefused = filecalls::seen().size() > call;
        filecalls::watch();
        store.open(); // what could not be tidied then is tidied now
        const bool isThere = !std::holds_alternative<Unused>(*store.images().outcome(key));
        QVERIFY2(isThere || !added, qPrintable(u"call %1: confirmed and lost"_s.arg(call)));
        QCOMPARE(store.count(), before + (isThere ? 1 : 0));
        QCOMPARE(store.wrongs(), QStringList());
    }
}

QTEST_GUILESS_MAIN(tst_Durability)
#include "tst_durability.moc"
