// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QMimeData;

namespace vitrine::ui {

class DropOverlay;
struct Incoming;

/// Makes a whole window a place to drop pictures on, its text fields included, and lights it while
/// a drag is over it.
class DropArea final : public QObject
{
    Q_OBJECT

public:
    /// \a window must outlive the area, which becomes its child.
    explicit DropArea(QWidget& window);

Q_SIGNALS:
    void dropped(const vitrine::ui::Incoming& incoming);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    bool isInside(const QObject* object) const;

    QWidget& m_window;
    DropOverlay* const m_overlay;
};

} // namespace vitrine::ui
