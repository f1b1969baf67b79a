// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/droparea.h"

#include "ui/window/dropoverlay.h"
#include "ui/window/incoming.h"

#include <QApplication>
#include <QDropEvent>
#include <QMimeData>

namespace vitrine::ui {

DropArea::DropArea(QWidget& window)
    : QObject(&window), m_window(window), m_overlay(new DropOverlay(window))
{
    window.setAcceptDrops(true);
    // On the application: a text field under the pointer would else take a file as text.
    qApp->installEventFilter(this);
}

bool DropArea::eventFilter(QObject* object, QEvent* event)
{
    switch (event->type()) {
    case QEvent::DragLeave:
        if (isInside(object))
            m_overlay->hide();
        return false;
    case QEvent::DragEnter:
    case QEvent::DragMove:
    case QEvent::Drop:
        break;
    default:
        return false;
    }
    auto* drop = static_cast<QDropEvent*>(event);
    if (!isInside(object) || !drop->mimeData() || !carriesImages(*drop->mimeData()))
        return false;
    drop->setDropAction(Qt::CopyAction);
    drop->accept();
    if (event->type() == QEvent::DragEnter) {
        m_overlay->light(imageCount(*drop->mimeData()));
    } else if (event->type() == QEvent::Drop) {
        m_overlay->hide();
        Q_EMIT dropped(incomingFrom(*drop->mimeData()));
    }
    return true;
}

bool DropArea::isInside(const QObject* object) const
{
    const auto* widget = qobject_cast<const QWidget*>(object);
    return widget && (widget == &m_window || m_window.isAncestorOf(widget));
}

} // namespace vitrine::ui
