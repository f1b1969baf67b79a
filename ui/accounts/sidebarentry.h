// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QColor>

#include <optional>

namespace vitrine::ui {

/// One line of the sidebar: a name, and at its end a count or a state's dot.
class SidebarEntry final : public QAbstractButton
{
    Q_OBJECT

public:
    /// Beside what it shows, in pixels; what stands above and below keeps to it, too.
    static constexpr int kPadding = 10;

    explicit SidebarEntry(const QString& text, QWidget* parent = nullptr);

    void setCount(int count);
    /// The one of its kind that is shown now.
    void setCurrent(bool isCurrent);
    /// A dot in \a color; \a meaning says in words what the colour tells.
    void setDot(const QColor& color, const QString& meaning);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void paintEnd(QPainter& painter, const QRect& area, const QColor& color) const;
    QString countText() const;

    std::optional<int> m_count;
    QColor m_dot;
    bool m_isCurrent = false;
};

} // namespace vitrine::ui
