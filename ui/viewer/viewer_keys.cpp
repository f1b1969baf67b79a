// SPDX-License-Identifier: GPL-3.0-or-later
// What the keys do in Viewer.
#include "ui/viewer/picturecanvas.h"
#include "ui/viewer/viewer.h"

#include <QAbstractItemModel>
#include <QKeyEvent>

namespace vitrine::ui {

bool Viewer::zoomBy(const QKeyEvent& event)
{
    switch (event.key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: // the same key without Shift on many keyboards
        m_canvas->zoomIn();
        return true;
    case Qt::Key_Minus:
        m_canvas->zoomOut();
        return true;
    case Qt::Key_0:
        m_canvas->fit();
        return true;
    case Qt::Key_1:
        m_canvas->showActualPixels();
        return true;
    default:
        return false;
    }
}

bool Viewer::moveBy(const QKeyEvent& event)
{
    if (!m_canvas->isZoomed())
        return false;
    const QPointF step = QPointF(m_canvas->width(), m_canvas->height()) / 8;
    switch (event.key()) {
    case Qt::Key_Left:
        m_canvas->scrollBy({-step.x(), 0});
        return true;
    case Qt::Key_Right:
        m_canvas->scrollBy({step.x(), 0});
        return true;
    case Qt::Key_Up:
        m_canvas->scrollBy({0, -step.y()});
        return true;
    case Qt::Key_Down:
        m_canvas->scrollBy({0, step.y()});
        return true;
    default:
        return false;
    }
}

void Viewer::keyPressEvent(QKeyEvent* event)
{
    if (zoomBy(*event) || moveBy(*event))
        return;
    const bool leftToRight = layoutDirection() == Qt::LeftToRight;
    switch (event->key()) {
    case Qt::Key_Left:
        return go(leftToRight ? -1 : 1);
    case Qt::Key_Right:
        return go(leftToRight ? 1 : -1);
    case Qt::Key_PageUp:
        return go(-1);
    case Qt::Key_PageDown:
        return go(1);
    case Qt::Key_Home:
        return m_model != nullptr ? showImage(m_model->index(0, 0)) : void();
    case Qt::Key_End:
        return m_model != nullptr ? showImage(m_model->index(m_model->rowCount() - 1, 0)) : void();
    case Qt::Key_Escape:
    case Qt::Key_Back:
        Q_EMIT closed();
        return;
    case Qt::Key_P:
        return togglePrivate();
    case Qt::Key_O:
        return setAsOthers(!m_asOthers);
    case Qt::Key_D:
        if (event->modifiers() & Qt::ShiftModifier)
            Q_EMIT originalRequested(currentIds());
        else
            Q_EMIT downloadRequested(currentIds());
        return;
    case Qt::Key_E:
        Q_EMIT altEditRequested();
        return;
    case Qt::Key_Delete:
        if (abilities().noDeleting.isEmpty())
            Q_EMIT deleteRequested(currentIds());
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace vitrine::ui
