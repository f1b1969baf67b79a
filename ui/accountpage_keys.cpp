// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of AccountPage; ui/window/keysheet.cpp lists them for people.
#include "app/session/session.h"
#include "ui/accountpage.h"
#include "ui/details/detailspanel.h"
#include "ui/gallery/gallerypage.h"
#include "ui/gallery/galleryview.h"
#include "ui/window/browsepage.h"
#include "ui/window/galleryactions.h"
#include "ui/window/headerbar.h"
#include "ui/window/keysheet.h"
#include "ui/window/noticestack.h"
#include "ui/window/sharing.h"

#include <QShortcut>

namespace vitrine::ui {

void AccountPage::addKey(const QKeySequence& keys, Keys where, std::function<void()> act)
{
    QWidget* scope = where == Keys::Everywhere ? static_cast<QWidget*>(this) : m_galleryPage;
    auto* shortcut = new QShortcut(keys, scope);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, std::move(act));
}

void AccountPage::connectKeys()
{
    addKey(QKeySequence::Open, Keys::Everywhere, [this] { m_sharing->chooseFiles(); });
    addKey(QKeySequence::Paste, Keys::Everywhere, [this] { m_sharing->paste(); });
    addKey(QKeySequence::Undo, Keys::Everywhere, [this] { m_toasts->undoNewest(); });
    addKey(QKeySequence::Find, Keys::Everywhere, [this] { m_header->focusSearch(); });
    addKey(Qt::Key_F5, Keys::Everywhere, [this] { m_session.refresh(); });
    addKey(Qt::Key_F9, Keys::Everywhere, [this] { m_browse->toggleSidebar(); });
    addKey(Qt::Key_F11, Keys::Everywhere, [this] { m_browse->toggleDetails(); });
    addKey(Qt::Key_F1, Keys::Everywhere, [this] { m_keySheet->open(); });
    // Where the question mark is typed with Shift, some platforms tell of the Shift, too.
    addKey(Qt::Key_Question, Keys::Everywhere, [this] { m_keySheet->open(); });
    addKey(Qt::SHIFT | Qt::Key_Question, Keys::Everywhere, [this] { m_keySheet->open(); });
    connectSelectionKeys();
}

void AccountPage::connectSelectionKeys()
{
    GalleryView& view = m_galleryPage->view();
    addKey(Qt::Key_P, Keys::InGallery, [this] { m_actions->togglePrivate(selectedIds()); });
    addKey(Qt::Key_D, Keys::InGallery, [this] { m_actions->download(selectedIds()); });
    addKey(Qt::SHIFT | Qt::Key_D, Keys::InGallery,
           [this] { m_actions->downloadOriginals(selectedIds()); });
    addKey(QKeySequence::Delete, Keys::InGallery, [this] { m_actions->remove(selectedIds()); });
    addKey(Qt::Key_E, Keys::InGallery, [this] { editAlt(); });
    addKey(Qt::Key_O, Keys::InGallery,
           [this] { m_details->setAsOthers(!m_details->showsAsOthers()); });
    addKey(QKeySequence::SelectAll, Keys::InGallery, [&view] { view.selectAll(); });
    addKey(QKeySequence::ZoomIn, Keys::InGallery, [&view] { view.zoomIn(); });
    addKey(QKeySequence::ZoomOut, Keys::InGallery, [&view] { view.zoomOut(); });
    addKey(Qt::CTRL | Qt::Key_0, Keys::InGallery, [&view] { view.resetZoom(); });
}

} // namespace vitrine::ui
