// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/ingest.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::backend;

namespace {

/// Finds a picture of that many pixels in every file, and counts how often it looks.
class CountingReader final : public imaging::PictureReader
{
public:
    CountingReader(qint64 pixels, bool isDamaged) : m_pixels(pixels), m_isDamaged(isDamaged) {}
    Result<imaging::Findings> read(const imaging::PictureSource&,
                                   const imaging::ReadOrder& order) const override
    {
        ++m_looks;
        if (m_pixels > order.limits.pixels)
            return failure(ErrorKind::TooManyPixels);
        imaging::Findings found;
        found.variants.isDamaged = m_isDamaged;
        return found;
    }
    int looks() const { return m_looks; }

private:
    const qint64 m_pixels;
    const bool m_isDamaged;
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
    QTest::addColumn<bool>("isDamaged");
    QTest::addColumn<int>("looks");
    QTest::addColumn<int>("error"); // -1: none
    QTest::newRow("a photograph") << qint64(24'000'000) << false << 1 << -1;
    QTest::newRow("a damaged one")
        << qint64(24'000'000) << true << 1 << int(ErrorKind::DamagedImage);
    QTest::newRow("a panorama") << qint64(120'000'000) << false << 2 << -1;
    QTest::newRow("more than is allowed")
        << qint64(300'000'000) << false << 2 << int(ErrorKind::TooManyPixels);
}

void tst_Ingest::looksNoOftenerThanItHasTo()
{
    QFETCH(qint64, pixels);
    QFETCH(bool, isDamaged);
    QFETCH(int, looks);
    QFETCH(int, error);
    const QTemporaryDir directory;
    QFile file(directory.filePath(u"original"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const CountingReader reader(pixels, isDamaged);
    const imaging::Limits limits;
    PixelBudget budget(limits.pixels);
    const auto found = Ingest(reader, limits, budget).read(file.fileName());
    QCOMPARE(reader.looks(), looks);
    QCOMPARE(found ? -1 : int(found.error().kind), error);
    QCOMPARE(budget.used(), 0);
}

QTEST_GUILESS_MAIN(tst_Ingest)
#include "tst_ingest.moc"
