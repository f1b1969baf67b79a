// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/justifiedlayout.h"

#include <QTest>

#include <limits>

using vitrine::ui::JustifiedLayout;

namespace {

JustifiedLayout::Metrics metrics(int width)
{
    JustifiedLayout::Metrics result;
    result.width = width;
    result.rowHeight = 172;
    result.margin = 16;
    result.headingHeight = 40;
    return result;
}

/// The layout's rows as lists of items, read off the rectangles.
std::vector<std::vector<int>> rowsOf(const JustifiedLayout& layout)
{
    std::vector<std::vector<int>> rows;
    for (int item = 0; item < layout.count(); ++item) {
        if (item == 0 || layout.rect(item).top() != layout.rect(item - 1).top())
            rows.emplace_back();
        rows.back().push_back(item);
    }
    return rows;
}

} // namespace

class TestJustifiedLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fillsRows_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<QList<double>>("shapes");
        const QList<double> mixed{1.5, 1.0, 1.33, 0.75, 1.78, 1.33, 0.8, 1.5, 2.4, 0.66};
        QTest::newRow("usual") << 1000 << mixed;
        QTest::newRow("narrow") << 420 << mixed;
        QTest::newRow("wide") << 3800 << mixed;
        QTest::newRow("portraits") << 900 << QList<double>{0.66, 0.7, 0.56};
        QTest::newRow("panoramas") << 900 << QList<double>{8, 12, 5, 20};
        QTest::newRow("slivers") << 900 << QList<double>{0.01, 0.02};
        QTest::newRow("unknown and hostile")
            << 900 << QList<double>{0,
                                    -3,
                                    std::numeric_limits<double>::infinity(),
                                    std::numeric_limits<double>::quiet_NaN(),
                                    1e30,
                                    1e-30};
    }
    void fillsRows()
    {
        QFETCH(int, width);
        QFETCH(QList<double>, shapes);
        std::vector<float> aspects;
        for (int i = 0; i < 12; ++i) {
            for (const double shape : shapes)
                aspects.push_back(float(shape));
        }
        JustifiedLayout layout;
        layout.build(aspects, {0}, metrics(width));

        const auto rows = rowsOf(layout);
        for (std::size_t row = 0; row < rows.size(); ++row) {
            const QRect first = layout.rect(rows[row].front());
            const QRect last = layout.rect(rows[row].back());
            QCOMPARE(first.left(), 16);
            if (row + 1 < rows.size())
                QCOMPARE(last.right(), width - 16 - 1);
            QVERIFY(last.right() <= width - 16 - 1);
            QVERIFY(first.height() >= 172 * 0.5);
            for (std::size_t i = 1; i < rows[row].size(); ++i) {
                const QRect left = layout.rect(rows[row][i - 1]);
                const QRect right = layout.rect(rows[row][i]);
                QVERIFY(std::abs(right.left() - left.right() - 1 - 8) <= 1); // rounding
                QCOMPARE(right.height(), first.height());
            }
            if (row > 0)
                QCOMPARE(first.top() - layout.rect(rows[row - 1].front()).bottom() - 1, 8);
        }
        QVERIFY(layout.height() > layout.rect(layout.count() - 1).bottom());
    }

    void keepsShapes()
    {
        JustifiedLayout layout;
        layout.build(std::vector<float>(40, 1.5F), {0}, metrics(1000));
        for (int item = 0; item < layout.count(); ++item) {
            const QRect rect = layout.rect(item);
            QVERIFY(std::abs(rect.width() - rect.height() * 1.5) <= 4);
        }
    }

    void aSinglePictureIsNotBlownUp()
    {
        JustifiedLayout layout;
        layout.build({1.5F}, {0}, metrics(2000));
        QCOMPARE(layout.rect(0).height(), 172);
    }

    void sectionsBeginRows()
    {
        JustifiedLayout layout;
        layout.build(std::vector<float>(20, 1.0F), {0, 1, 9}, metrics(1000));
        QCOMPARE(layout.sections().size(), std::size_t(3));
        QCOMPARE(layout.sections()[1].count, 8);
        for (const auto& section : layout.sections()) {
            QCOMPARE(layout.rect(section.first).left(), 16);
            QCOMPARE(layout.rect(section.first).top(), section.heading.bottom() + 1);
        }
        QVERIFY(layout.sections()[1].heading.top() > layout.rect(0).bottom());
    }

    void findsWhatIsAtAPoint()
    {
        JustifiedLayout layout;
        layout.build(std::vector<float>(500, 1.33F), {0, 100}, metrics(1000));
        for (int item = 0; item < layout.count(); ++item)
            QCOMPARE(layout.itemAt(layout.rect(item).center()), item);
        QCOMPARE(layout.itemAt({2, 2}), -1);
        QCOMPARE(layout.itemAt(layout.sections()[1].heading.center()), -1);
        QCOMPARE(layout.itemAt({500, layout.height() + 50}), -1);
    }

    void movesUpAndDown()
    {
        JustifiedLayout layout;
        layout.build(std::vector<float>(100, 1.0F), {0}, metrics(1000));
        const int middle = 50;
        const int below = layout.moved(middle, 1);
        QVERIFY(layout.rect(below).top() > layout.rect(middle).bottom());
        QVERIFY(std::abs(layout.rect(below).center().x() - layout.rect(middle).center().x()) < 100);
        QCOMPARE(layout.moved(below, -1), middle);
        QCOMPARE(layout.moved(0, -1), 0);
        QCOMPARE(layout.moved(99, 1), 99);
    }

    void nothingIsNothing_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("width");
        QTest::newRow("no pictures") << 0 << 800;
        QTest::newRow("no width") << 10 << 0;
        QTest::newRow("only margins") << 10 << 32;
    }
    void nothingIsNothing()
    {
        QFETCH(int, count);
        QFETCH(int, width);
        JustifiedLayout layout;
        layout.build(std::vector<float>(std::size_t(count), 1.5F),
                     count > 0 ? std::vector<int>{0} : std::vector<int>{}, metrics(width));
        QCOMPARE(layout.itemAt({20, 60}), -1);
        QCOMPARE(layout.rect(0), QRect());
        QCOMPARE(layout.itemsBetween(0, 1000), JustifiedLayout::Range());
        QCOMPARE(layout.moved(0, 1), 0);
    }

    void manyPictures()
    {
        const std::vector<float> aspects(100'000, 1.5F);
        JustifiedLayout layout;
        QBENCHMARK
        {
            layout.build(aspects, {0}, metrics(1200));
        }
        const int middle = layout.height() / 2;
        const auto range = layout.itemsBetween(middle, middle + 800);
        QVERIFY(range.end - range.first > 10);
        QVERIFY(range.end - range.first < 60);
    }
};

QTEST_APPLESS_MAIN(TestJustifiedLayout)
#include "tst_justifiedlayout.moc"
