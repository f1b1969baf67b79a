// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/readyfuture.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/transfer/stagingmodel.h"
#include "tests/support/pictures.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/toggleswitch.h"
#include "ui/rows/rowlist.h"
#include "ui/staging/stagingpage.h"
#include "ui/staging/stagingtext.h"

#include <QApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace vitrine;
using transfer::StagingModel;

class TestStagingPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QByteArray photo = test::jpeg(test::picture({640, 480}));
        m_good = test::writeTo(m_directory.path(), u"Boat.jpg"_s, test::withExif(photo, 1, true));
        m_other = test::writeTo(m_directory.path(), u"Tree.png"_s,
                                test::png(test::picture({300, 400}, 2)));
        m_bad = test::writeTo(m_directory.path(), u"notes.jpg"_s, "Dear diary,");
    }

    void init()
    {
        m_model = std::make_unique<StagingModel>(m_directory.path(), m_pictures);
        m_page = std::make_unique<ui::StagingPage>(*m_model);
        m_page->resize(1000, 600);
        m_page->show();
    }

    void typingDescribes()
    {
        add({m_good});
        auto* edit = row(0)->findChild<QLineEdit*>();
        edit->clear();
        QTest::keyClicks(edit, u"Boats at low tide"_s);
        QCOMPARE(m_model->index(0).data(StagingModel::AltRole).toString(), u"Boats at low tide"_s);
        QCOMPARE(m_model->describedCount(), 1);
        QVERIFY(shownTexts().contains(u"1 of 1 described"_s));
    }

    void theSwitchMakesPrivate()
    {
        add({m_good});
        auto* toggle = row(0)->findChild<ui::ToggleSwitch*>();
        QVERIFY(!toggle->isChecked());
        QTest::keyClick(toggle, Qt::Key_Space);
        QVERIFY(m_model->index(0).data(StagingModel::IsPrivateRole).toBool());
        QVERIFY(noteOf(0).contains(u"others see only the frosted picture"_s));
    }

    void saysWhatWillBeRemoved()
    {
        add({m_good});
        QVERIFY2(noteOf(0).contains(u"location, serial number"_s), qPrintable(noteOf(0)));
        QVERIFY(noteOf(0).contains(u"will be removed"_s));
    }

    void metadataCanBeKept()
    {
        add({m_good});
        auto* keep = m_page->findChild<ui::ToggleSwitch*>({}, Qt::FindDirectChildrenOnly);
        QTest::keyClick(keep, Qt::Key_Space);
        QTRY_VERIFY2(noteOf(0).contains(u"will be sent"_s), qPrintable(noteOf(0)));
        QVERIFY(m_model->orders({}).first().keepMetadata);
        QTest::keyClick(keep, Qt::Key_Space);
        QTRY_VERIFY2(noteOf(0).contains(u"will be removed"_s), qPrintable(noteOf(0)));
    }

    void whatIsTooLargeCanBeScaledDown()
    {
        m_model->setRules({{.pixels = 100'000}, {}});
        add({m_good});
        QVERIFY2(noteOf(0).contains(u"640 × 480"_s), qPrintable(noteOf(0)));
        QVERIFY(!shareButton()->isEnabled());
        QVERIFY(row(0)->findChild<QLineEdit*>()->isVisible()); // worth describing
        auto* remedy = row(0)->findChild<QPushButton*>();
        QCOMPARE(remedy->text(), u"Scale down to fit"_s);
        QTest::mouseClick(remedy, Qt::LeftButton);
        QVERIFY2(noteOf(0).contains(u"a smaller copy will be sent"_s), qPrintable(noteOf(0)));
        QCOMPARE(shareButton()->text(), u"Share 1 image"_s);
        QTest::keyClick(remedy, Qt::Key_Space); // undone
        QCOMPARE(remedy->text(), u"Scale down to fit"_s);
        QVERIFY(!shareButton()->isEnabled());
    }

    void whatIsNotTakenCanBeConverted()
    {
        m_model->setRules({{}, {u"image/jpeg"_s}});
        add({m_other});
        auto* remedy = row(0)->findChild<QPushButton*>();
        QCOMPARE(remedy->text(), u"Convert to JPEG"_s);
        QTest::mouseClick(remedy, Qt::LeftButton);
        QVERIFY(m_model->orders({}).first().fit);
    }

    void namesWhatWasSharedBefore()
    {
        transfer::KnownImages known;
        QFile file(m_other);
        QVERIFY(file.open(QIODevice::ReadOnly));
        known.add({u"id-1"_s, u"Oak.png"_s},
                  QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256), {});
        m_model->setKnownLookup(
            [known] { return readyFuture(Result<transfer::KnownImages>(known)); });
        add({m_other});
        QVERIFY2(noteOf(0).contains(u"shared already as Oak.png"_s), qPrintable(noteOf(0)));
        QTRY_VERIFY(!shareButton()->isEnabled());
        QTest::mouseClick(row(0)->findChild<QPushButton*>(), Qt::LeftButton);
        QTRY_VERIFY(shareButton()->isEnabled());
    }

    void aBadFileSaysWhyAndDoesNotBlockTheOthers()
    {
        add({m_bad, m_good, m_other});
        QCOMPARE(m_model->shareableCount(), 2);
        QCOMPARE(shareButton()->text(), u"Share 2 images"_s);
        QVERIFY(shareButton()->isEnabled());
        QVERIFY2(noteOf(0).startsWith(u"This is not a picture."_s), qPrintable(noteOf(0)));
        QVERIFY(!row(0)->findChild<QLineEdit*>()->isVisible());
        QVERIFY(shownTexts().contains(u"1 file stays behind"_s));
    }

    void nothingGoodNothingToShare()
    {
        add({m_bad});
        QVERIFY(!shareButton()->isEnabled());
        QSignalSpy shared(m_page.get(), &ui::StagingPage::shareRequested);
        QTest::keyClick(m_page.get(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(shared.count(), 0);
    }

    void aRowCanBeTakenOut()
    {
        add({m_good, m_other});
        QTest::mouseClick(row(0)->findChild<QToolButton*>(), Qt::LeftButton);
        QCOMPARE(m_model->rowCount(), 1);
        QTRY_COMPARE(row(0)->findChild<QLineEdit*>()->accessibleName(),
                     u"Description of Tree.png"_s);
        QCOMPARE(shareButton()->text(), u"Share 1 image"_s);
    }

    void keysGoThroughTheRowsAndShare()
    {
        add({m_good, m_bad, m_other});
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_page->focusFirstRow();
        QTRY_COMPARE(QApplication::focusWidget(), row(0)->findChild<QLineEdit*>());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(QApplication::focusWidget(), row(2)->findChild<QLineEdit*>());

        QSignalSpy shared(m_page.get(), &ui::StagingPage::shareRequested);
        QSignalSpy cancelled(m_page.get(), &ui::StagingPage::cancelRequested);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(shared.count(), 1);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape); // out of the description
        QCOMPARE(cancelled.count(), 0);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QCOMPARE(cancelled.count(), 1);
    }

    void summarises_data()
    {
        QTest::addColumn<int>("total");
        QTest::addColumn<int>("shareable");
        QTest::addColumn<int>("described");
        QTest::addColumn<int>("undoSeconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << 0 << 0 << 0 << 5 << u""_s;
        QTest::newRow("all well")
            << 4 << 4 << 2 << 5
            << u"2 of 4 described · public images leave after 5 s, so that you can undo"_s;
        QTest::newRow("no undo") << 1 << 1 << 0 << 0 << u"0 of 1 described"_s;
        QTest::newRow("some are bad")
            << 5 << 3 << 3 << 0 << u"3 of 3 described · 2 files stay behind"_s;
        QTest::newRow("all are bad") << 1 << 0 << 0 << 5 << u"1 file stays behind"_s;
    }
    void summarises()
    {
        QFETCH(int, total);
        QFETCH(int, shareable);
        QFETCH(int, described);
        QFETCH(int, undoSeconds);
        QTEST(ui::stagingSummary(total, shareable, described, std::chrono::seconds(undoSeconds)),
              "text");
    }

private:
    void add(const QStringList& paths)
    {
        m_model->addPaths(paths);
        QTRY_COMPARE_WITH_TIMEOUT(m_model->rowCount(), int(paths.size()), 20'000);
        for (int i = 0; i < paths.size(); ++i) {
            QTRY_VERIFY_WITH_TIMEOUT(!m_model->index(i).data(StagingModel::IsLoadingRole).toBool(),
                                     20'000);
        }
        QTRY_VERIFY(row(int(paths.size()) - 1));
        QCoreApplication::sendPostedEvents(m_model.get()); // the summary follows the rows
    }
    ui::RowWidget* row(int number) { return m_page->findChild<ui::RowList*>()->rowWidget(number); }
    QString noteOf(int number) { return row(number)->findChild<ui::ElidedLabel*>()->text(); }
    QString shownTexts()
    {
        QStringList texts;
        const auto labels = m_page->findChildren<QLabel*>(QString(), Qt::FindDirectChildrenOnly);
        for (const QLabel* label : labels)
            texts += label->text();
        return texts.join(u'\n');
    }
    QPushButton* shareButton()
    {
        const auto buttons =
            m_page->findChildren<QPushButton*>(QString(), Qt::FindDirectChildrenOnly);
        for (QPushButton* button : buttons) {
            if (button->text().startsWith("Share"_L1))
                return button;
        }
        return nullptr;
    }

    const imaging::InProcessPictureReader m_pictures;
    QTemporaryDir m_directory;
    QString m_good;
    QString m_other;
    QString m_bad;
    std::unique_ptr<StagingModel> m_model;
    std::unique_ptr<ui::StagingPage> m_page;
};

QTEST_MAIN(TestStagingPage)
#include "tst_stagingpage.moc"
