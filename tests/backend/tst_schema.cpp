// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/imagestore.h"
#include "app/backend/keyrows.h"
#include "app/backend/schema.h"
#include "app/backend/sql.h"
#include "tests/support/fakeclock.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::backend;

namespace {

QString fixture(int version)
{
    return u"%1/tests/fixtures/backend/schema-%2.sql"_s.arg(QStringLiteral(VITRINE_SOURCE_DIR))
        .arg(version);
}

/// A data directory as \a version left it.
void restore(const QString& directory, int version)
{
    QFile sql(fixture(version));
    if (!sql.open(QIODevice::ReadOnly))
        qFatal("every version but the newest needs a fixture: %s", qPrintable(sql.fileName()));
    SQLite::Database database(databasePath(directory).toStdString(),
                              SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(sql.readAll().toStdString());
}

/// Tables and indexes, however their text is broken into lines.
QStringList schemaOf(const QString& directory)
{
    SQLite::Database database(databasePath(directory).toStdString());
    SQLite::Statement query(database, "SELECT sql FROM sqlite_master ORDER BY name");
    QStringList schema;
    while (query.executeStep())
        schema.append(sql::text(query.getColumn(0)).simplified());
    return schema;
}

} // namespace

class tst_Schema final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void everyVersionBecomesTheNewest_data();
    void everyVersionBecomesTheNewest();
    void newerOnesAreLeftAlone();

private:
    std::unique_ptr<ImageStore> open();

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Connections> m_connections;
    test::FakeClock m_clock;
};

std::unique_ptr<ImageStore> tst_Schema::open()
{
    auto opened = Connections::open(databasePath(m_directory->path()), migrations());
    if (!opened)
        qFatal("the rows could not be opened: %s", qPrintable(opened.error().detail));
    m_connections = *std::move(opened);
    return *ImageStore::open(m_directory->path(), *m_connections, m_clock);
}

void tst_Schema::everyVersionBecomesTheNewest_data()
{
    QTest::addColumn<int>("version");
    for (int version = 1; version < int(migrations().size()); ++version)
        QTest::addRow("from version %d", version) << version;
}

void tst_Schema::everyVersionBecomesTheNewest()
{
    QFETCH(int, version);
    restore(m_directory->path(), version);
    const auto store = open();

    const auto first = store->find(u"first"_s);
    QVERIFY(first);
    const protocol::Image& image = first->image;
    QCOMPARE(image.name, u"boat.jpg"_s);
    QCOMPARE(image.alt, u"A boat"_s);
    QCOMPARE(image.uploaded.toMSecsSinceEpoch(), 1700000000000);
    QCOMPARE(image.downloadCount, 7);
    QCOMPARE(image.revision, 3);
    QCOMPARE(image.bytes, 5000000);
    QCOMPARE(image.type, u"image/jpeg"_s);
    QCOMPARE(image.size, QSize(4000, 3000));
    QCOMPARE(image.placeholder, QByteArray::fromHex("0102030405"));
    QCOMPARE(image.sha256, QByteArray("\xaa") + QByteArray(31, '\x11'));
    QVERIFY(!image.isPrivate);
    QCOMPARE(first->epoch, QByteArray::fromHex("00112233445566778899aabbccddeeff"));

    const auto totals = store->totals();
    QCOMPARE(totals->images, 3);
    QCOMPARE(totals->files, 2);
    QCOMPARE(totals->bytes, 5001234);

    QStringList order;
    const auto page = store->page({}, 10);
    for (const StoredImage& stored : page->images)
        order.append(stored.image.id);
    QCOMPARE(order, (QStringList{u"fourth"_s, u"second"_s, u"first"_s}));
    QVERIFY(store->find(u"second"_s)->image.isPrivate);
    QVERIFY(std::holds_alternative<StoredImage>(*store->outcome(u"key-1"_s)));
    QVERIFY(std::holds_alternative<Deleted>(*store->outcome(u"key-3"_s)));

    const auto keyId = m_connections->read([](SQLite::Database& database) -> Result<QString> {
        return keys::signing(database).map([](const AccessKey& key) { return key.id(); });
    });
    QCOMPARE(keyId.value_or(QString()), u"the-first-key"_s);

    // The file goes with its last image, not before; a place in the order is never used twice.
    QVERIFY(store->remove(u"first"_s));
    QVERIFY(store->find(u"fourth"_s));
    const auto incoming = *store->begin();
    QVERIFY(incoming->write("picture"));
    incoming->finish();
    QVERIFY(std::get<StoredImage>(*store->add(*incoming, {})).sequence > 9);
    QCOMPARE(store->totals()->bytes, 5001241);

    const QTemporaryDir fresh;
    QVERIFY(Connections::open(databasePath(fresh.path()), migrations()));
    QCOMPARE(schemaOf(m_directory->path()), schemaOf(fresh.path()));
}

void tst_Schema::newerOnesAreLeftAlone()
{
    const auto newer = u"PRAGMA user_version = %1"_s.arg(migrations().size() + 1);
    SQLite::Database(databasePath(m_directory->path()).toStdString(),
                     SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec(newer.toStdString());
    const auto opened = Connections::open(databasePath(m_directory->path()), migrations());
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Storage);
}

QTEST_GUILESS_MAIN(tst_Schema)
#include "tst_schema.moc"
