// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/stagingmodel.h"
#include "tests/support/futures.h"
#include "tests/support/localserver.h"
#include "tests/support/pictures.h"
#include "tests/ui/support/livewindow.h"
#include "ui/window/noticestack.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace vitrine;
using session::Account;
using session::Session;
using test::await;
using test::LiveWindow;

namespace {

constexpr int kPatience = 30'000; // milliseconds; sanitizers are slow

bool isShown(const QString& text, const QWidget& where)
{
    const auto labels = where.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
        return label->isVisible() && label->text().contains(text);
    });
}

using Act = std::function<void(LiveWindow&, const QString& photo)>;

} // namespace

/// Whoever is not signed in looks and downloads. All the rest says what it takes, and does nothing.
class TestGuests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_live.reset(); }

    void whatNeedsASignInSaysSo_data();
    void whatNeedsASignInSaysSo();
    void whatIsSelectedSaysSo();
    void watchedFoldersSayThatTheyWait();

private:
    Session& session() { return m_live->page().session(); }

    const decoding::SandboxedPictureReader m_pictures{test::sandboxTerms()};
    test::LocalServer m_server{m_pictures};
    const QTemporaryDir m_photos;
    std::unique_ptr<LiveWindow> m_live;
};

/// A gallery with one picture.
void TestGuests::initTestCase()
{
    const QString photo =
        test::writeTo(m_photos.path(), u"a.jpg"_s, test::jpeg(test::picture({300, 200})));
    VERIFY_OK(await(m_server.client().upload(
        {.file = photo, .name = u"a.jpg"_s, .idempotencyKey = u"a"_s}, {})));
}

void TestGuests::init()
{
    m_live = std::make_unique<LiveWindow>();
    m_live->settings.setUndoTime({});
    const Account tower = await(m_live->accounts.add(u"Tower"_s, m_server.url())).value();
    QVERIFY(m_live->start());
    m_live->window.openAccount(tower);
    QTRY_COMPARE_WITH_TIMEOUT(session().state(), Session::State::Online, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(m_live->galleryModel().rowCount(), 1, kPatience);
    QVERIFY(session().isGuest());
}

void TestGuests::whatNeedsASignInSaysSo_data()
{
    QTest::addColumn<Act>("act");
    const auto row = [](const char* name, const Act& act) { QTest::newRow(name) << act; };
    const auto key = [&](const char* name, Qt::Key pressed, Qt::KeyboardModifiers modifiers = {}) {
        row(name, [=](LiveWindow& live, const QString&) {
            live.select({0});
            live.press(pressed, modifiers);
        });
    };
    row("drop", [](LiveWindow& live, const QString& photo) { live.drop({photo}); });
    row("paste", [](LiveWindow& live, const QString& photo) {
        QGuiApplication::clipboard()->setImage(QImage(photo));
        live.press(Qt::Key_V, Qt::ControlModifier);
    });
    row("share", [](LiveWindow& live, const QString&) {
        for (auto* button : live.page().findChildren<QPushButton*>()) {
            if (button->isVisible() && button->text() == u"Share images"_s)
                button->click();
        }
    });
    key("choose", Qt::Key_O, Qt::ControlModifier);
    key("delete", Qt::Key_Delete);
    key("private", Qt::Key_P);
    key("original", Qt::Key_D, Qt::ShiftModifier);
}

void TestGuests::whatNeedsASignInSaysSo()
{
    QFETCH(const Act, act);
    const QString photo =
        test::writeTo(m_live->path({}), u"b.jpg"_s, test::jpeg(test::picture({300, 200}, 2)));
    act(*m_live, photo);
    const auto& toasts = m_live->page().toasts();
    QTRY_VERIFY(toasts.sentence(u"guest"_s).contains(u"Sign in"_s));
    QVERIFY(session().staging().isEmpty());
    QVERIFY(session().outbox().transfers().isEmpty());
    QCOMPARE(m_live->galleryModel().rowCount(), 1);
}

void TestGuests::whatIsSelectedSaysSo()
{
    m_live->select({0});
    QTRY_VERIFY(isShown(u"You are a guest here. Sign in to change something."_s, m_live->page()));
    m_live->press(Qt::Key_E);
    QVERIFY(session().outbox().transfers().isEmpty());
}

void TestGuests::watchedFoldersSayThatTheyWait()
{
    m_live->page().showWatchedFolders();
    QVERIFY(isShown(u"until you sign in"_s, m_live->window));
    m_live->window.openAccount(Account::local());
    m_live->page().showWatchedFolders();
    QVERIFY(!isShown(u"until you sign in"_s, m_live->page()));
}

QTEST_MAIN(TestGuests)
#include "tst_guests.moc"
