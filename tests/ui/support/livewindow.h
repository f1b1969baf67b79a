// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/session/session.h"
#include "tests/support/sandbox.h"
#include "ui/accountpage.h"
#include "ui/accounts/accountactions.h"
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

    /// Shows the window and starts the session.
    void open();
    /// The same, and waits until it is online.
    bool start();
    /// Drops files on the middle of the window, as a file manager does.
    void drop(const QStringList& paths);
    /// Drags files over the window without letting them go.
    void dragOver(const QStringList& paths);
    /// Stages, shares and waits until the gallery shows that many more.
    bool share(const QStringList& paths);

    /// Has an alt text of somebody else arrive before ours, which was written upon what was there
    /// before both. Waits until the window has been told; the key of our change.
    QString collide(int row, const QString& theirs, const QString& ours);
    /// Somebody else's change of an image, which this window is not told of.
    bool editElsewhere(const protocol::Image& image, const protocol::ImagePatch& patch);

    QAbstractItemModel& galleryModel();
    /// The row's whole image.
    protocol::Image image(int row);
    /// Selects these rows of what the gallery shows, as soon as it can be seen, and gives it the
    /// keyboard.
    void select(const QList<int>& rows);
    /// A key, to whatever has the keyboard.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);

    /// The Undo button of a notice that can be seen; nullptr if there is none.
    QPushButton* undoButton();

    /// Whether an act of the person is still on its way.
    bool hasUnsent();

    QString path(const QString& name) const { return directory.filePath(name); }

    ui::AccountPage& page() { return window.page(); }

    const std::shared_ptr<QTemporaryDir> home;
    QTemporaryDir& directory = *home;
    SystemClock clock;
    ui::AppSettings settings;
    const decoding::SandboxedPictureReader pictures{sandboxTerms()};
    const std::shared_ptr<access::TokenStore> signIns = access::makeMemoryTokenStore();
    session::Accounts accounts;
    ui::AccountActions actions;
    ui::MainWindow window;
    session::Session& session; ///< of the gallery on this computer
};

} // namespace vitrine::test
