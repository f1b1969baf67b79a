// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/livewindow.h"

#include "app/backend/server.h"
#include "app/backend/servicetokens.h"
#include "tests/support/futures.h"
#include "ui/gallery/gallerypage.h"
#include "ui/gallery/galleryview.h"
#include "ui/staging/stagingpage.h"
#include "ui/window/noticestack.h"

#include <QApplication>
#include <QDropEvent>
#include <QMimeData>
#include <QNetworkAccessManager>
#include <QPushButton>
#include <QTest>

namespace vitrine::test {

using namespace Qt::StringLiterals;
using gallery::GalleryModel;
using session::Session;

namespace {

constexpr int kPatience = 30'000; // milliseconds; sanitizers are slow

void fill(QMimeData& data, const QStringList& paths)
{
    QList<QUrl> urls;
    for (const QString& path : paths)
        urls += QUrl::fromLocalFile(path);
    data.setUrls(urls);
}

Paths pathsIn(const QTemporaryDir& directory)
{
    return {directory.filePath(u"data"_s), directory.filePath(u"cache"_s)};
}

} // namespace

LiveWindow::LiveWindow(std::shared_ptr<QTemporaryDir> where)
    : home(std::move(where))
    , settings(directory.filePath(u"vitrine.ini"_s))
    , accounts(pathsIn(directory), *signIns, pictures, clock)
    , actions(accounts, *signIns)
    , window(
          [this](const session::Account& account) {
              return std::make_unique<Session>(pathsIn(directory), account, signIns, pictures,
                                               clock);
          },
          actions, settings, clock)
    , session(window.pageOf(session::Account::local()).session())
{}

void LiveWindow::open()
{
    window.show();
    window.openAccount(session::Account::local());
}

bool LiveWindow::start()
{
    open();
    return QTest::qWaitForWindowActive(&window) &&
           QTest::qWaitFor([this] { return session.state() == Session::State::Online; }, kPatience);
}

void LiveWindow::dragOver(const QStringList& paths)
{
    QMimeData data;
    fill(data, paths);
    QDragEnterEvent enter(page().rect().center(), Qt::CopyAction, &data, Qt::LeftButton,
                          Qt::NoModifier);
    QApplication::sendEvent(&page(), &enter);
}

void LiveWindow::drop(const QStringList& paths)
{
    dragOver(paths); // Qt delivers a drop only where a drag was accepted before
    QMimeData data;
    fill(data, paths);
    QDropEvent event(page().rect().center(), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&page(), &event);
}

bool LiveWindow::share(const QStringList& paths)
{
    const auto& shared = session.gallery().model();
    const int before = shared.rowCount();
    drop(paths);
    const auto isStaged = [&] {
        return session.staging().shareableCount() == paths.size() &&
               page().stagingPage().isVisible();
    };
    if (!QTest::qWaitFor(isStaged, kPatience))
        return false;
    Q_EMIT page().stagingPage().shareRequested();
    const auto isShared = [&] {
        return shared.rowCount() == before + int(paths.size()) &&
               galleryModel().rowCount() == shared.rowCount() &&
               page().galleryPage().view().isVisible();
    };
    return QTest::qWaitFor(isShared, kPatience);
}

QString LiveWindow::collide(int row, const QString& theirs, const QString& ours)
{
    const protocol::Image seen = image(row);
    if (!editElsewhere(seen, {.alt = theirs}))
        return {};
    const QString key = await(session.outbox().edit(seen, {.alt = ours})).value_or(QString());
    return QTest::qWaitFor([this] { return !hasUnsent(); }, kPatience) ? key : QString();
}

bool LiveWindow::editElsewhere(const protocol::Image& image, const protocol::ImagePatch& patch)
{
    const QString data = pathsIn(directory).backend();
    const auto url = backend::Server::findRunning(data);
    const auto token = backend::issueServiceToken(data, u"somebody"_s, backend::TokenLife::ThisRun);
    if (!url || !token)
        return false;
    QNetworkAccessManager network;
    api::ApiClient somebody(network);
    somebody.setServer(*url, *token);
    return await(somebody.greet()) && await(somebody.patch(image.id, image.revision, patch));
}

bool LiveWindow::hasUnsent()
{
    return session.transfers().summary().unfinished > 0;
}

QAbstractItemModel& LiveWindow::galleryModel()
{
    return *page().galleryPage().view().model();
}

protocol::Image LiveWindow::image(int row)
{
    return galleryModel().index(row, 0).data(GalleryModel::ImageRole).value<protocol::Image>();
}

void LiveWindow::select(const QList<int>& rows)
{
    ui::GalleryView& view = page().galleryPage().view();
    // What was shared stands in it a moment before the staging page makes room.
    QTRY_VERIFY(view.isVisible());
    view.setFocus();
    view.selectionModel()->clear();
    for (int row : rows)
        view.selectionModel()->setCurrentIndex(galleryModel().index(row, 0),
                                               QItemSelectionModel::Select);
}

QPushButton* LiveWindow::undoButton()
{
    const auto buttons = page().toasts().findChildren<QPushButton*>();
    for (QPushButton* button : buttons) {
        if (button->isVisible() && button->text() == u"Undo"_s)
            return button;
    }
    return nullptr;
}

void LiveWindow::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QWidget* target = QApplication::focusWidget();
    QTest::keyClick(target ? target : &window, key, modifiers);
}

} // namespace vitrine::test
