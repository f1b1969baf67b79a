// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/session/session.h"
#include "tests/support/sandbox.h"
#include "ui/mainwindow.h"
#include "ui/settings/appsettings.h"

#include <QTemporaryDir>

#include <memory>

class QPushButton;

namespace vitrine::test {

/// The real window on a real session with the real backend, in a directory of its own. Nothing of
/// the machine's own Vitrine is touched; the sign-in is kept in memory.
class LiveWindow
{
public:
    /// On the data of an earlier window, if \a home is that one's: what a restart finds.
    explicit LiveWindow(std::shared_ptr<QTemporaryDir> home = std::make_shared<QTemporaryDir>());

    /// Shows the window, starts the session and waits until it is online.
    bool start();
    /// Drops files on the middle of the window, as a file manager does.
    void drop(const QStringList& paths);
    /// Drags files over the window without letting them go.
    void dragOver(const QStringList& paths);
    /// Stages, shares and waits until the gallery shows that many more.
    bool share(const QStringList& paths);

    QAbstractItemModel& galleryModel();
    /// The row's whole image.
    protocol::Image image(int row);
    /// Selects these rows of what the gallery shows, and gives it the keyboard.
    void select(const QList<int>& rows);
    /// A key, to whatever has the keyboard.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);

    /// The Undo button of a notice that can be seen; nullptr if there is none.
    QPushButton* undoButton();

    QString path(const QString& name) const { return directory.filePath(name); }

    const std::shared_ptr<QTemporaryDir> home;
    QTemporaryDir& directory = *home;
    SystemClock clock;
    ui::AppSettings settings;
    const decoding::SandboxedPictureReader pictures{sandboxTerms()};
    session::Session session;
    ui::MainWindow window;
};

} // namespace vitrine::test
