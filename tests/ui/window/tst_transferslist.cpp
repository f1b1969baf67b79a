// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/session.h"
#include "tests/support/futures.h"
#include "tests/support/linecostdouble.h"
#include "tests/support/pictures.h"
#include "tests/ui/support/livewindow.h"
#include "ui/rows/rowlist.h"
#include "ui/transfers/transferslist.h"
#include "ui/transfers/transfertext.h"
#include "ui/window/noticestack.h"
#include "ui/window/sessionnotices.h"

#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using session::Session;
using test::await;
using test::LiveWindow;
using transfer::State;
using transfer::Transfer;

namespace {

QPushButton* buttonIn(const QWidget& widget, const QString& text)
{
    for (auto* each : widget.findChildren<QPushButton*>()) {
        if (each->text() == text)
            return each;
    }
    return nullptr;
}

} // namespace

/// What a person sees of the queue, and does with it.
class TestTransfersList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_live = std::make_unique<LiveWindow>();
        QVERIFY(m_live->start());
        m_live->session.setPaused(true);
        for (int seed = 1; seed < 4; ++seed) {
            const QString file = test::writeTo(m_live->path({}), u"%1.jpg"_s.arg(seed),
                                               test::jpeg(test::picture({400, 300}, seed)));
            m_keys.append(await(outbox().share({{.source = file}})).value().first());
        }
        for (const QString& key : std::as_const(m_keys))
            QTRY_COMPARE_WITH_TIMEOUT(outbox().find(key)->state, State::Ready, 30'000);
        list().open();
    }

    void cleanup()
    {
        m_live.reset();
        m_keys.clear();
    }

    void tellsWhatWaitingTakesOfTheDisk()
    {
        const qint64 bytes = m_live->session.transfers().summary().spooled;
        QVERIFY(bytes > 0);
        const auto isTold = [&] {
            const auto labels = list().findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
                return label->isVisible() && label->text() == ui::spoolText(bytes);
            });
        };
        QTRY_VERIFY(isTold());
        m_live->session.setPaused(false);
        QTRY_VERIFY_WITH_TIMEOUT(!m_live->hasUnsent(), 30'000);
        QTRY_VERIFY(!isTold());
    }

    void oneIsSentFirstByItsMenu()
    {
        QContextMenuEvent asked(QContextMenuEvent::Keyboard, QPoint(), QPoint());
        QCoreApplication::sendEvent(rowOf(m_keys[2]), &asked);
        auto* menu = rowOf(m_keys[2])->findChild<QMenu*>();
        QVERIFY(menu);
        QCOMPARE(menu->actions().value(0)->text(), u"Send first"_s);
        menu->actions().first()->trigger();
        menu->close();
        QCOMPARE(order(), QStringList({m_keys[2], m_keys[0], m_keys[1]}));
    }

    void oneIsSentFirstByTheKeyboard()
    {
        auto* button = buttonIn(*rowOf(m_keys[1]), u"Take back"_s);
        QVERIFY(button);
        QTest::keyClick(button, Qt::Key_Home, Qt::ControlModifier);
        QCOMPARE(order(), QStringList({m_keys[1], m_keys[0], m_keys[2]}));
    }

    void whatIsThroughCannotGoFirst()
    {
        m_live->session.setPaused(false);
        QTRY_VERIFY_WITH_TIMEOUT(!m_live->hasUnsent(), 30'000);
        QContextMenuEvent asked(QContextMenuEvent::Keyboard, QPoint(), QPoint());
        QCoreApplication::sendEvent(rowOf(m_keys[2]), &asked);
        QVERIFY(!rowOf(m_keys[2])->findChild<QMenu*>());
    }

    void onlyWhatTheServerProvedIsVerified()
    {
        Transfer sent;
        sent.state = State::Done;
        sent.sha256 = "hash";
        sent.item = protocol::Image{.id = u"x"_s};
        QCOMPARE(ui::transferSentence(sent), u"Sent"_s);
        sent.item->sha256 = "hash";
        QCOMPARE(ui::transferSentence(sent), u"Verified"_s);
        sent.item->sha256.clear();
        sent.isReadBack = true;
        sent.isPrivate = true;
        QCOMPARE(ui::transferSentence(sent), u"Verified, frosted for others"_s);
    }

    void aLineThatCostsIsSaidAndCanBePaidFor()
    {
        const session::Account tower{u"tower"_s, u"tower"_s, QUrl(u"https://photos.example.org"_s)};
        Session session({m_live->path(u"a"_s), m_live->path(u"b"_s)}, tower, m_live->signIns,
                        m_live->pictures, m_live->clock);
        const test::LineCostDouble cost(true);
        ui::NoticeStack notices;
        const ui::SessionNotices told(session, m_live->settings, notices);
        session.heed(cost);
        QCOMPARE(notices.sentence(u"cost"_s), u"Paused because this line costs (metered)."_s);
        notices.show();
        auto* button = buttonIn(notices, u"Send anyway"_s);
        QVERIFY(button);
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(!session.isPaused());
        QVERIFY(notices.sentence(u"cost"_s).isEmpty());
    }

    void iconsFollowTheColoursOfTheDesktop()
    {
        QTRY_VERIFY(rowOf(m_keys.first()));
        const auto icon = [this] {
            for (const auto* label : rowOf(m_keys.first())->findChildren<QLabel*>()) {
                if (!label->pixmap().isNull())
                    return label->pixmap().toImage();
            }
            return QImage();
        };
        const QImage before = icon();
        QVERIFY(!before.isNull());
        const auto light =
            qScopeGuard([was = QApplication::palette()] { QApplication::setPalette(was); });
        QApplication::setPalette(QPalette(Qt::darkGray, Qt::black));
        QTRY_VERIFY(icon() != before);
    }

private:
    transfer::Outbox& outbox() { return m_live->session.outbox(); }
    ui::TransfersList& list() { return m_live->page().transfersList(); }
    QStringList order()
    {
        QStringList keys;
        for (const Transfer& transfer : outbox().transfers())
            keys.append(transfer.key);
        return keys;
    }
    QWidget* rowOf(const QString& key)
    {
        auto& transfers = m_live->session.transfers();
        auto* rows = list().findChild<ui::RowList*>();
        for (int row = 0; row < transfers.rowCount(); ++row) {
            if (transfers.index(row).data(transfer::TransferModel::KeyRole) == key)
                return rows->rowWidget(row);
        }
        return nullptr;
    }

    std::unique_ptr<LiveWindow> m_live;
    QStringList m_keys;
};

QTEST_MAIN(TestTransfersList)
#include "tst_transferslist.moc"
