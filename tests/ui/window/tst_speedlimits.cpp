// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/futures.h"
#include "tests/support/localserver.h"
#include "tests/support/pictures.h"
#include "tests/ui/support/livewindow.h"
#include "ui/common/toggleswitch.h"
#include "ui/settings/speedlimitsdialog.h"
#include "ui/transfers/transferbar.h"
#include "ui/transfers/transferslist.h"

#include <QLabel>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSpinBox>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using session::Account;
using session::Session;
using test::await;
using test::LiveWindow;
using transfer::State;

namespace {

constexpr int kPatience = 60'000; // milliseconds; sanitizers are slow

/// More than a megabyte, for noise cannot be packed: at 10 kB/s it takes minutes.
QByteArray largePicture()
{
    QImage noise(1200, 900, QImage::Format_RGB32);
    QRandomGenerator random(1);
    for (int y = 0; y < noise.height(); ++y)
        random.fillRange(reinterpret_cast<quint32*>(noise.scanLine(y)), noise.width());
    return test::jpeg(noise, 90);
}

template <typename Widget>
Widget* shown(const QWidget& where, const QString& text)
{
    const auto all = where.findChildren<Widget*>();
    for (Widget* each : all) {
        if (each->text() == text && each->isVisible())
            return each;
    }
    return nullptr;
}

ui::ToggleSwitch* toggle(const QWidget& where, const QString& name)
{
    const auto all = where.findChildren<ui::ToggleSwitch*>();
    for (ui::ToggleSwitch* each : all) {
        if (each->accessibleName() == name)
            return each;
    }
    return nullptr;
}

} // namespace

/// How fast an account may be: chosen by a person, seen where the transfers are.
class TestSpeedLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_live.reset(); }

    void aLimitHoldsAtOnceAndIsSaid();
    void aLimitIsTakenByTheNextRun();
    void itIsFoundInTheMenuOfTheAccount();
    void aHalfTypedNumberIsNoLimit();
    void whatStaysHereHasNoLimit();
    void aForgottenGalleryLeavesNone();

private:
    void openTower() { m_live->window.openAccount(m_tower); }
    Session& tower() { return m_live->window.pageOf(m_tower).session(); }
    ui::TransfersList& list() { return m_live->page().transfersList(); }
    ui::TransferBar& bar() { return *m_live->page().findChild<ui::TransferBar*>(); }
    /// As a person opens it, from the list of transfers.
    ui::SpeedLimitsDialog* dialog();
    static State stateOf(Session& session)
    {
        const auto all = session.outbox().transfers();
        return all.isEmpty() ? State::Waiting : all.first().state;
    }

    const decoding::SandboxedPictureReader m_pictures{test::sandboxTerms()};
    test::LocalServer m_server{m_pictures};
    std::unique_ptr<LiveWindow> m_live;
    Account m_tower;
};

void TestSpeedLimits::init()
{
    m_live = std::make_unique<LiveWindow>();
    m_live->settings.setUndoTime({});
    m_tower = await(m_live->accounts.add(u"Tower"_s, m_server.url())).value();
    QVERIFY(await(m_live->signIns->write(m_tower.id, m_server.newToken())));
    QVERIFY(m_live->start());
}

ui::SpeedLimitsDialog* TestSpeedLimits::dialog()
{
    list().open();
    auto* button = shown<QPushButton>(list(), u"Speed limits…"_s);
    if (!button)
        return nullptr;
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    return m_live->window.findChild<ui::SpeedLimitsDialog*>();
}

// The same picture goes to a gallery without a limit meanwhile, and is through first.
void TestSpeedLimits::aLimitHoldsAtOnceAndIsSaid()
{
    const QString file = test::writeTo(m_live->path({}), u"a.jpg"_s, largePicture());
    m_live->settings.setSpeedLimits(m_tower.id, {10'000, 0});
    openTower();
    QTRY_COMPARE_WITH_TIMEOUT(tower().state(), Session::State::Online, kPatience);
    QVERIFY(tower().outbox().share({{.source = file}}).isValid());
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(tower()), State::Sending, kPatience);
    QVERIFY(m_live->session.outbox().share({{.source = file}}).isValid());
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(m_live->session), State::Done, kPatience);
    QCOMPARE(stateOf(tower()), State::Sending);
    QVERIFY(bar().text().endsWith(u"limited to 10 kB/s"_s));

    auto* limits = dialog();
    QVERIFY(limits);
    QVERIFY(shown<QLabel>(list(), u"Limited to 10 kB/s up"_s));
    auto* box = toggle(*limits, u"Limit uploads to"_s);
    QVERIFY(box && box->isChecked());
    QTest::keyClick(box, Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(tower()), State::Done, kPatience);
    QVERIFY(!shown<QLabel>(list(), u"Limited to 10 kB/s up"_s));
    QCOMPARE(m_live->settings.speedLimits(m_tower.id), ui::SpeedLimits());
}

void TestSpeedLimits::aLimitIsTakenByTheNextRun()
{
    openTower();
    auto* limits = dialog();
    QVERIFY(limits);
    auto* box = toggle(*limits, u"Limit downloads to"_s);
    QTest::keyClick(box, Qt::Key_Space);
    limits->reject();
    QCOMPARE(m_live->settings.speedLimits(m_tower.id), (ui::SpeedLimits{0, 500'000}));

    const auto home = m_live->home;
    m_live.reset();
    m_live = std::make_unique<LiveWindow>(home);
    QVERIFY(m_live->start());
    openTower();
    list().open();
    QVERIFY(shown<QLabel>(list(), u"Limited to 500 kB/s down"_s));
}

void TestSpeedLimits::itIsFoundInTheMenuOfTheAccount()
{
    Q_EMIT m_live->page().sidebar().speedLimitsRequested(m_tower);
    QCOMPARE(m_live->page().session().account(), m_tower);
    auto* limits = m_live->window.findChild<ui::SpeedLimitsDialog*>();
    QVERIFY(limits && limits->isVisible());
    for (const QSpinBox* rate : limits->findChildren<QSpinBox*>())
        QVERIFY(!rate->accessibleName().isEmpty());
}

void TestSpeedLimits::aHalfTypedNumberIsNoLimit()
{
    openTower();
    auto* limits = dialog();
    QVERIFY(limits);
    limits->activateWindow(); // as a window manager does
    QTRY_VERIFY(limits->isActiveWindow());
    QTest::keyClick(toggle(*limits, u"Limit uploads to"_s), Qt::Key_Space);
    auto* rate = limits->findChildren<QSpinBox*>().value(0);
    rate->setFocus();
    rate->selectAll();
    QTest::keyClicks(rate, u"1200"_s);
    QCOMPARE(m_live->settings.speedLimits(m_tower.id), (ui::SpeedLimits{500'000, 0}));
    QTest::keyClick(rate, Qt::Key_Tab);
    QCOMPARE(m_live->settings.speedLimits(m_tower.id), (ui::SpeedLimits{1'200'000, 0}));
}

void TestSpeedLimits::whatStaysHereHasNoLimit()
{
    list().open();
    QVERIFY(!shown<QPushButton>(list(), u"Speed limits…"_s));
}

void TestSpeedLimits::aForgottenGalleryLeavesNone()
{
    m_live->settings.setSpeedLimits(m_tower.id, {10'000, 10'000});
    m_live->actions.remove(m_tower);
    QTRY_COMPARE(m_live->settings.speedLimits(m_tower.id), ui::SpeedLimits());
}

QTEST_MAIN(TestSpeedLimits)
#include "tst_speedlimits.moc"
