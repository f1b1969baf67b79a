// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/stubmodel.h"
#include "ui/accounts/librarycounts.h"
#include "ui/accounts/sidebar.h"
#include "ui/accounts/sidebarentry.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace vitrine;

class TestSidebar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manyGalleriesScroll()
    {
        const test::StubModel model;
        const ui::LibraryCounts counts(model);
        ui::Sidebar sidebar(counts);
        QList<session::Account> accounts;
        for (int i = 0; i < 30; ++i) {
            const QString id = QString::number(i);
            accounts.append({id, u"Gallery "_s + id, QUrl(u"https://photos.example/"_s + id)});
        }
        sidebar.setAccounts(accounts, u"0"_s);
        sidebar.resize(sidebar.width(), 400);
        sidebar.show();
        QVERIFY(QTest::qWaitForWindowActive(&sidebar));
        QVERIFY(sidebar.minimumSizeHint().height() < 400); // or the window could not be so small

        const auto entries = sidebar.findChildren<ui::SidebarEntry*>();
        const auto last =
            std::max_element(entries.cbegin(), entries.cend(),
                             [](const QWidget* a, const QWidget* b) { return a->y() < b->y(); });
        QVERIFY(!isSeen(**last, sidebar));
        entries.first()->setFocus();
        for (qsizetype i = 0; i < entries.size() && !(*last)->hasFocus(); ++i)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY((*last)->hasFocus());
        QVERIFY(isSeen(**last, sidebar));
    }

private:
    static bool isSeen(const QWidget& entry, const QScrollArea& area)
    {
        const QRect place(entry.mapTo(area.viewport(), QPoint()), entry.size());
        return area.viewport()->rect().contains(place);
    }
};

QTEST_MAIN(TestSidebar)
#include "tst_sidebar.moc"
