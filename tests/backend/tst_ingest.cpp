// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/ingest.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::backend;

namespace {

enum class Find { Sound, Damaged, NoMemory };

/// Finds a picture of that many pixels in every file, and counts how often it looks.
class CountingReader final : public imaging::PictureReader
{
public:
    CountingReader(qint64 pixels, Find find) : m_pixels(pixels), m_find(find) {}
    Result<imaging::Findings> read(const imaging::PictureSource&,
                                   const imaging::ReadOrder& order) const override
    {
        ++m_looks;
        if (m_pixels > order.limits.pixels)
            return failure(ErrorKind::TooManyPixels);
        imaging::Findings found;
        found.variants.isDamaged = m_find == Find::Damaged;
        found.encoded = {"preview", "blurred", m_find == Find::NoMemory ? "" : "highres"};
        return found;
    }
    int looks() const { return m_looks; }

private:
    const qint64 m_pixels;
    const Find m_find;
    mutable int m_looks = 0;
};

} // namespace

class tst_Ingest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void looksNoOftenerThanItHasTo_data();
    void looksNoOftenerThanItHasTo();
};

void tst_Ingest::looksNoOftenerThanItHasTo_data()
{
    QTest::addColumn<qint64>("pixels");
    QTest::addColumn<int>("find");
    QTest::addColumn<int>("looks");
    QTest::addColumn<int>("error"); // -1: none
    QTest::newRow("a photograph") << qint64(24'000'000) << int(Find::Sound) << 1 << -1;
    QTest::newRow("a damaged one")
        << qint64(24'000'000) << int(Find::Damaged) << 1 << int(ErrorKind::DamagedImage);
    QTest::newRow("one for which memory is short")
        << qint64(24'000'000) << int(Find::NoMemory) << 1 << int(ErrorKind::MemoryExhausted);
    QTest::newRow("a panorama") << qint64(120'000'000) << int(Find::Sound) << 2 << -1;
    QTest::newRow("more than is allowed")
        << qint64(300'000'000) << int(Find::Sound) << 2 << int(ErrorKind::TooManyPixels);
}

void tst_Ingest::looksNoOftenerThanItHasTo()
{
    QFETCH(qint64, pixels);
    QFETCH(int, find);
    QFETCH(int, looks);
    QFETCH(int, error);
    const QTemporaryDir directory;
    QFile file(directory.filePath(u"original"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const CountingReader reader(pixels, Find(find));
    const imaging::Limits limits;
    PixelBudget budget(limits.pixels);
    const auto found = Ingest(reader, limits, budget).read(file.fileName());
    QCOMPARE(reader.looks(), looks);
    QCOMPARE(found ? -1 : int(found.error().kind), error);
    QCOMPARE(budget.used(), 0);
}

QTEST_GUILESS_MAIN(tst_Ingest)
#include "tst_ingest.moc"
