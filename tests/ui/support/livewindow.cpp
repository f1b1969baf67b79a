// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/livewindow.h"

#include "ui/gallery/gallerypage.h"
#include "ui/gallery/galleryview.h"
#include "ui/staging/stagingpage.h"
#include "ui/window/noticestack.h"

#include <QApplication>
#include <QDropEvent>
#include <QMimeData>
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

} // namespace

LiveWindow::LiveWindow(std::shared_ptr<QTemporaryDir> where)
    : home(std::move(where))
    , settings(directory.filePath(u"vitrine.ini"_s))
    , session(Paths{directory.filePath(u"data"_s), directory.filePath(u"cache"_s)},
              session::Account::local(), access::makeMemoryTokenStore(), pictures, clock)
    , window(session, settings, clock)
{}

bool LiveWindow::start()
{
    window.show();
    session.start();
    return QTest::qWaitForWindowActive(&window) &&
           QTest::qWaitFor([this] { return session.state() == Session::State::Online; }, kPatience);
}

void LiveWindow::dragOver(const QStringList& paths)
{
    QMimeData data;
    fill(data, paths);
    QDragEnterEvent enter(window.rect().center(), Qt::CopyAction, &data, Qt::LeftButton,
                          Qt::NoModifier);
    QApplication::sendEvent(&window, &enter);
}

void LiveWindow::drop(const QStringList& paths)
{
    dragOver(paths); // Qt delivers a drop only where a drag was accepted before
    QMimeData data;
    fill(data, paths);
    QDropEvent event(window.rect().center(), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &event);
}

bool LiveWindow::share(const QStringList& paths)
{
    const auto& shared = session.gallery().model();
    const int before = shared.rowCount();
    drop(paths);
    const auto isStaged = [&] {
        return session.staging().shareableCount() == paths.size() &&
               window.stagingPage().isVisible();
    };
    if (!QTest::qWaitFor(isStaged, kPatience))
        return false;
    Q_EMIT window.stagingPage().shareRequested();
    const auto isShared = [&] {
        return shared.rowCount() == before + int(paths.size()) &&
               galleryModel().rowCount() == shared.rowCount();
    };
    return QTest::qWaitFor(isShared, kPatience);
}

QAbstractItemModel& LiveWindow::galleryModel()
{
    return *window.galleryPage().view().model();
}

protocol::Image LiveWindow::image(int row)
{
    return galleryModel().index(row, 0).data(GalleryModel::ImageRole).value<protocol::Image>();
}

void LiveWindow::select(const QList<int>& rows)
{
    ui::GalleryView& view = window.galleryPage().view();
    view.setFocus();
    view.selectionModel()->clear();
    for (int row : rows)
        view.selectionModel()->setCurrentIndex(galleryModel().index(row, 0),
                                               QItemSelectionModel::Select);
}

QPushButton* LiveWindow::undoButton()
{
    const auto buttons = window.toasts().findChildren<QPushButton*>();
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
