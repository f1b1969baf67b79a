// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/rowlist.h"

#include <QApplication>
#include <QLineEdit>
#include <QScrollBar>
#include <QStringListModel>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine::ui;

namespace {

constexpr int kRowHeight = 40;

class TextRow final : public RowWidget
{
public:
    explicit TextRow(QWidget* parent) : RowWidget(parent), m_edit(new QLineEdit(this)) {}
    QList<QWidget*> tabStops() const override { return {m_edit}; }
    QString text() const { return m_edit->text(); }
    QLineEdit& edit() { return *m_edit; }

protected:
    void refresh(bool) override { m_edit->setText(index().data().toString()); }

private:
    QLineEdit* const m_edit;
};

QStringList numbers(int count)
{
    QStringList list;
    for (int i = 0; i < count; ++i)
        list += QString::number(i);
    return list;
}

struct Fixture {
    explicit Fixture(int rows)
        : model(numbers(rows))
        , list(model, kRowHeight, [](QWidget* parent) { return new TextRow(parent); })
    {
        list.resize(300, 10 * kRowHeight);
        list.show();
    }
    QString textAt(int row)
    {
        const auto* widget = static_cast<TextRow*>(list.rowWidget(row));
        return widget ? widget->text() : QString();
    }

    QStringListModel model;
    RowList list;
};

} // namespace

class TestRowList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesAScreenfulOfWidgetsHoweverManyRowsThereAre()
    {
        Fixture f(20'000);
        QCOMPARE(f.textAt(0), u"0"_s);
        for (int row : {100, 19'999, 5, 12'345}) {
            f.list.scrollToRow(row);
            QCOMPARE(f.textAt(row), QString::number(row));
        }
        QVERIFY2(f.list.widgetCount() <= 16, qPrintable(QString::number(f.list.widgetCount())));
    }

    void followsTheModel()
    {
        Fixture f(5);
        f.model.insertRows(0, 1);
        f.model.setData(f.model.index(0), u"new"_s);
        QTRY_COMPARE(f.textAt(0), u"new"_s);
        QTRY_COMPARE(f.textAt(1), u"0"_s);
        f.model.removeRows(1, 2);
        QTRY_COMPARE(f.textAt(1), u"2"_s);
        QTRY_COMPARE(f.list.rowWidget(4), nullptr);
        f.model.setStringList({});
        QTRY_COMPARE(f.list.rowWidget(0), nullptr);
    }

    void tabWalksBeyondTheLastVisibleRow()
    {
        Fixture f(50);
        QVERIFY(QTest::qWaitForWindowActive(&f.list));
        static_cast<TextRow*>(f.list.rowWidget(0))->edit().setFocus();
        for (int row = 1; row <= 30; ++row) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            QCOMPARE(static_cast<QLineEdit*>(QApplication::focusWidget())->text(),
                     QString::number(row));
        }
        QVERIFY(f.list.verticalScrollBar()->value() > 0);
    }

    void keepsWhereSomebodyTypesWhenItScrollsAway()
    {
        Fixture f(500);
        QVERIFY(QTest::qWaitForWindowActive(&f.list));
        QLineEdit& edit = static_cast<TextRow*>(f.list.rowWidget(3))->edit();
        edit.setFocus();
        f.list.verticalScrollBar()->setValue(200 * kRowHeight);
        QCOMPARE(QApplication::focusWidget(), &edit);
        QCOMPARE(edit.text(), u"3"_s);
    }
};

QTEST_MAIN(TestRowList)
#include "tst_rowlist.moc"
