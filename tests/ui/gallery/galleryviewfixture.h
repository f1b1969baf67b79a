// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/support/stubmodel.h"
#include "ui/gallery/galleryview.h"

#include <QItemSelectionModel>
#include <QTest>

#include <algorithm>
#include <memory>

namespace vitrine::test {

/// A gallery of 200 pictures, named "0.jpg" and on, in a window of 900 by 600; anew for each test.
class GalleryViewFixture : public QObject
{
    Q_OBJECT

protected:
    [[nodiscard]] QPoint centre(int row) const
    {
        return m_view->visualRect(m_model->index(row)).center();
    }
    [[nodiscard]] QList<int> selectedRows() const
    {
        QList<int> rows;
        for (const QModelIndex& index : m_view->selectionModel()->selectedIndexes())
            rows.append(index.row());
        std::sort(rows.begin(), rows.end());
        return rows;
    }
    void select(int row)
    {
        m_view->selectionModel()->setCurrentIndex(m_model->index(row),
                                                  QItemSelectionModel::ClearAndSelect);
        m_view->scrollTo(m_model->index(row));
    }
    void click(int row, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, modifiers, centre(row));
    }
    void moveMouse(const QPoint& point, Qt::MouseButtons buttons = Qt::LeftButton)
    {
        QMouseEvent event(QEvent::MouseMove, point, m_view->viewport()->mapToGlobal(point),
                          Qt::NoButton, buttons, Qt::NoModifier);
        QCoreApplication::sendEvent(m_view->viewport(), &event);
    }

    std::unique_ptr<StubModel> m_model;
    std::unique_ptr<ui::GalleryView> m_view;

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<StubModel>();
        m_model->reset(StubModel::images(200));
        m_view = std::make_unique<ui::GalleryView>();
        m_view->setModel(m_model.get());
        m_view->resize(900, 600);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
        m_view->setFocus();
    }
    void cleanup()
    {
        m_view.reset();
        m_model.reset();
    }
};

} // namespace vitrine::test
